package mail_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/sidecar/mail"
	"sightline.example/sidecar/mail/mailtest"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

// written returns the message of a letter, by way of a folder.
func written(t *testing.T, l mail.Letter, s mail.Sender) mailtest.Message {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "mail")
	if err := (mail.Folder{Sender: s, Dir: dir, Now: clock}).Send(t.Context(), l); err != nil {
		t.Fatal(err)
	}
	raw, err := os.ReadFile(filepath.Join(dir, string(l.Kind)+"-"+l.ID+".eml"))
	if err != nil {
		t.Fatal(err)
	}
	m, err := mailtest.Parse(raw)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestLettersReadAsTheyShould(t *testing.T) {
	admin := setup()
	admin.Kind, admin.Role, admin.Note = mail.AdminSetup, "auditor", ""
	reset := setup()
	reset.Kind, reset.By, reset.Note, reset.Link = mail.Reset, "", "", "https://portal.harbour.example/portal/reset/"+secret
	for name, l := range map[string]mail.Letter{
		"setup": setup(), "admin_setup": admin, "reset": reset,
		"changed": {ID: "letter-2", Kind: mail.Changed, To: "ann@client.example"},
	} {
		t.Run(name, func(t *testing.T) {
			m := written(t, l, studio)
			golden(t, name+".txt", "Subject: "+m.Subject()+"\n\n"+m.Text)
			golden(t, name+".html", m.HTML)
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}

func TestHeadersOfAMessage(t *testing.T) {
	m := written(t, setup(), studio)
	got := map[string]string{}
	for name, values := range m.Header {
		got[name] = strings.Join(values, "|")
	}
	delete(got, "Content-Type") // its boundary is random
	want := map[string]string{
		"Auto-Submitted": "auto-generated",
		"Date":           "Tue, 10 Mar 2026 12:00:00 +0000",
		"From":           `"Harbour Studio" <hello@harbour.example>`,
		"Message-Id":     "<letter-1@harbour.example>",
		"Mime-Version":   "1.0",
		"Subject":        "Harbour Studio invites you to see its work",
		"To":             "<ann@client.example>",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// hostile are texts that try to add headers, recipients, markup or parts.
var hostile = []string{
	"Ann\r\nBcc: eve@evil.example",
	"Ann\nTo: eve@evil.example\n\nHello",
	"Ann\rBcc: eve@evil.example",
	"Ann\x00\u2028Bcc: eve@evil.example",
	`", <eve@evil.example>, "`,
	"=?utf-8?q?Ann=0D=0ABcc:_eve@evil.example?=",
	"<script>alert(1)</script><img src=x onerror=alert(1)>",
	"{{.Link}} --boundary\r\nContent-Type: text/html",
	strings.Repeat("x", 5_000),
}

func TestNothingThatSomebodyWroteAddsAnything(t *testing.T) {
	for _, text := range hostile {
		l, s := setup(), studio
		l.By, l.Note, s.Company = text, text, text
		checkHarmless(t, written(t, l, s))
	}
}

func checkHarmless(t *testing.T, m mailtest.Message) {
	t.Helper()
	for name, values := range m.Header {
		if len(values) != 1 {
			t.Errorf("there are %d headers %s", len(values), name)
		}
	}
	if got := m.Header.Get("To"); got != "<ann@client.example>" {
		t.Errorf("it goes to %s", got)
	}
	if len(m.Header) != 8 || m.Header.Get("Bcc")+m.Header.Get("Cc") != "" {
		t.Errorf("the headers are %v", m.Header)
	}
	from, err := m.Header.AddressList("From")
	if err != nil || len(from) != 1 || from[0].Address != "hello@harbour.example" {
		t.Errorf("it is from %v (%v)", from, err)
	}
	for _, markup := range []string{"<script", "<img", "onerror=alert(1)>"} {
		if strings.Contains(m.HTML, markup) {
			t.Errorf("the HTML has %s", markup)
		}
	}
	if _, got := m.Link(t); got != secret {
		t.Errorf("the link's secret is %s", got)
	}
}

func FuzzLetter(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, text, text)
	}
	f.Fuzz(func(t *testing.T, by, note, company string) {
		l, s := setup(), studio
		l.By, l.Note, s.Company = strings.ToValidUTF8(by, ""), strings.ToValidUTF8(note, ""), strings.ToValidUTF8(company, "")
		if strings.Contains(by+note+company, "/setup/") {
			t.Skip("has a link of its own")
		}
		checkHarmless(t, written(t, l, s))
	})
}

func TestAddressThatIsNoneIsRefusedForGood(t *testing.T) {
	for _, to := range []string{"", "ann", "ann@client.example, eve@evil.example", "ann@client.example\r\nBcc: eve@evil.example"} {
		l := setup()
		l.To = to
		dir := t.TempDir()
		err := mail.Folder{Sender: studio, Dir: dir}.Send(t.Context(), l)
		wantFault(t, err, true, "the address is none that mail can be sent to")
		files, err := os.ReadDir(dir)
		if err != nil || len(files) > 0 {
			t.Errorf("%q: there is a file (%v)", to, err)
		}
	}
}
