package invite_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/model/invite"
	"sightline.example/policy"
)

func TestAddressesAreReadAsPeopleWriteThem(t *testing.T) {
	known := func(email string) bool { return email == "old@client.example" }
	text := " ann@client.example, bob@client.example;\nCarl Lee <carl@client.example>\r\n\n,;" +
		"ANN@client.example, nobody, Old@Client.example, two@client.example three@client.example, <broken>"
	want := []invite.Address{
		{Email: "ann@client.example"},
		{Email: "bob@client.example"},
		{Email: "carl@client.example", Name: "Carl Lee"},
		{Email: "ANN@client.example", Fault: invite.Twice},
		{Email: "nobody", Fault: invite.NoAddress},
		{Email: "Old@Client.example", Fault: invite.Known},
		{Email: "two@client.example"},
		{Email: "three@client.example"},
		{Email: "<broken>", Fault: invite.NoAddress},
	}
	if diff := cmp.Diff(want, invite.ParseAddresses(text, known)); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestOfTooManyAddressesNoneIsLookedAt(t *testing.T) {
	asked := 0
	known := func(string) bool {
		asked++
		return true
	}
	all := invite.ParseAddresses(strings.Repeat("ann@client.example\n", invite.MaxAddresses+1), known)
	if len(all) != invite.MaxAddresses+1 || asked != 0 || all[0].Fault != invite.TooMany {
		t.Errorf("%d addresses, the first is %+v, %d were asked about", len(all), all[0], asked)
	}
	if all = invite.ParseAddresses(strings.Repeat("ann@client.example\n", invite.MaxAddresses), known); asked != 1 || all[1].Fault != invite.Twice {
		t.Errorf("the second is %+v, %d were asked about", all[1], asked)
	}
}

func FuzzParseAddresses(f *testing.F) {
	f.Add("ann@client.example, Carl <carl@client.example>")
	f.Add("\"a,b\" <c@d.example>;;\n")
	f.Fuzz(func(t *testing.T, text string) {
		for _, a := range invite.ParseAddresses(text, func(string) bool { return false }) {
			if a.Fault == "" && policy.CheckEmail("email", a.Email) != nil {
				t.Errorf("%q was taken", a.Email)
			}
		}
	})
}
