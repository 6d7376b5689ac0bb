package invite_test

import (
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
