package password_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/password"
)

// long has 128 characters.
const long = "rvg38jfeb3udqztmgspbstnkvuzfx2rmr8tfvauvn45u56kqvscfc7t8xjne4n6t" +
	"my5wnwgdqtrhxmu7bcyfuwbwuwj4eun6uis2kxazc7kzzug6p5phdddkjc9rwchu"

func TestCheck(t *testing.T) {
	context := []string{"Lumen Agency", "Sightline", "Olive Owner", "olive.owner@lumen.example"}
	for name, c := range map[string]struct {
		password, want string
	}{
		"a phrase":                  {"four quiet herons at dawn", ""},
		"random":                    {"Xq7vLp2mRz9wTk4", ""},
		"15 characters":             {"mvq pzt wjk xrh", ""},
		"14 characters":             {"mvq pzt wjk xr", "has 14 characters; it needs at least 15"},
		"none":                      {"", "has 0 characters; it needs at least 15"},
		"128 characters":            {long, ""},
		"129 characters":            {long + "x", "has 129 characters; the limit is 128"},
		"characters, not bytes":     {"гречка-рифма-снег", ""},
		"14 characters of 4 bytes":  {strings.Repeat("🦩", 14), "has 14 characters; it needs at least 15"},
		"spaces and signs":          {"  ~ mvq \t pzt ~  ", ""},
		"NUL":                       {"four quiet herons\x00at dawn", "has a NUL character"},
		"not UTF-8":                 {"four quiet herons\xff at dawn", "is not valid UTF-8"},
		"a common one":              {"qwertyuiop[]asdfghjkl", "is too easy to guess: it is made of common words, repetitions or sequences"},
		"from the list":             {"passwordpassword", "is too easy to guess: it is made of common words, repetitions or sequences"},
		"digits in order":           {"123456789012345", "is too easy to guess: it is made of common words, repetitions or sequences"},
		"one character":             {strings.Repeat("a", 40), "is too easy to guess: it is made of common words, repetitions or sequences"},
		"long but easy at first":    {strings.Repeat("ab", 60), "is too easy to guess: it is made of common words, repetitions or sequences"},
		"the person":                {"OliveOwner12345", "is too easy to guess: it is made of names or an address that belong to it"},
		"the address":               {"olive.owner@lumen.example", "is too easy to guess: it is made of names or an address that belong to it"},
		"the product":               {"sightline-sightline", "is too easy to guess: it is made of names or an address that belong to it"},
		"the product thrice":        {"sightline.Sightline-SIGHTLINE:1", "is too easy to guess: it is made of names or an address that belong to it"},
		"the company":               {"Lumen Agency 2026", "is too easy to guess: it is made of names or an address that belong to it"},
		"a name within a good one":  {"four olive herons at dawn", ""},
		"another company's is fine": {"Corvid Botanics 7 plums", ""},
	} {
		t.Run(name, func(t *testing.T) {
			err := password.Check(c.password, context...)
			if c.want == "" {
				if err != nil {
					t.Error(err)
				}
				return
			}
			e, ok := errors.AsType[*policy.Error](err)
			if !ok || e.Code != policy.Invalid || e.Field != "password" || e.Message != c.want {
				t.Errorf("the error is %v, want %q", err, c.want)
			}
		})
	}
}

func TestCheckTakesNoTime(t *testing.T) {
	for _, hostile := range []string{
		strings.Repeat("4@5$3€1!0", 14), strings.Repeat("aab", 42), strings.Repeat("12", 64), strings.Repeat("1.1.11", 21), strings.Repeat("()[]{}", 21),
	} {
		begun := time.Now()
		_ = password.Check(hostile, strings.Repeat("4 ", 100))
		if took := time.Since(begun); took > 2*time.Second {
			t.Errorf("%q takes %s", hostile, took)
		}
	}
}

func FuzzCheck(f *testing.F) {
	f.Add("four quiet herons at dawn", "Olive Owner")
	f.Add("passw0rd\x00", "")
	f.Add("\xff\xfe", "\xff")
	f.Fuzz(func(t *testing.T, text, context string) {
		if err := password.Check(text, context); err != nil && policy.CodeOf(err) != policy.Invalid {
			t.Error(err)
		}
	})
}
