package policy

import (
	"errors"
	"strings"
	"testing"
)

func TestCheckEmail(t *testing.T) {
	label := strings.Repeat("y", 60) + "."
	longest := strings.Repeat("x", 64) + "@" + strings.Repeat(label, 3) + "yy.com"
	const form, long, mixed, foreign = "must be one address", "bytes long", "letters, so it could pass for another", "outside of ASCII"
	for email, complaint := range map[string]string{
		"ann@example.com":                   "",
		"Ann.O'Hara+inbox@mail.example.com": "",
		"ann@localhost":                     "",
		"ann@xn--bcher-kva.example":         "",
		longest:                             "",
		"x" + longest:                       long,
		"":                                  form,
		"ann":                               form,
		"@example.com":                      form,
		"ann@":                              form,
		"ann@@example.com":                  form,
		"Ann <ann@example.com>":             form,
		"<ann@example.com>":                 form,
		`"ann"@example.com`:                 form,
		`"a b"@example.com`:                 form,
		"ann(comment)@example.com":          form,
		"ann@example.com,bob@example.com":   form,
		"ann@example.com\r\nBcc: bob@example.com": form,
		"ann@example.com\x00":                     form,
		" ann@example.com":                        form,
		"ann@example..com":                        form,
		"ann@-example.com":                        form,
		"ann@example-.com":                        form,
		"ann@exa_mple.com":                        form,
		"ann@[127.0.0.1]":                         form,
		"ann@" + strings.Repeat("y", 64) + ".com": form,
		"аnn@example.com":                         mixed, // a Cyrillic а
		"ann@exаmple.com":                         mixed,
		"анна@почта.рф":                           foreign,
		"ann@bücher.example":                      foreign,
		"ann@example.com\u200b":                   foreign,
		"😀@example.com":                           foreign,
	} {
		e, refused := errors.AsType[*Error](CheckEmail("to", email))
		switch {
		case !refused && complaint == "":
		case !refused:
			t.Errorf("%q is taken", email)
		case complaint == "" || e.Code != Invalid || e.Field != "to" || !strings.Contains(e.Message, complaint):
			t.Errorf("%q: %v, want %q", email, e, complaint)
		}
	}
}

func TestAddressesAreTheSameInAnyCase(t *testing.T) {
	if got := CanonicalEmail("Ann.B@Example.COM"); got != "ann.b@example.com" {
		t.Errorf("CanonicalEmail = %q", got)
	}
}

func FuzzCheckEmail(f *testing.F) {
	for _, seed := range []string{"ann@example.com", "a\r\nb@c.d", "аnn@example.com", `"a"@b`, "a@b,c@d"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, email string) {
		if CheckEmail("email", email) == nil && (strings.ContainsAny(email, "\r\n\x00 ,;<>\"") || strings.Count(email, "@") != 1) {
			t.Errorf("%q is taken", email)
		}
	})
}
