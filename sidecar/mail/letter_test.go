package mail_test

import (
	"errors"
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

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
	return read(t, filepath.Join(dir, string(l.Kind)+"-"+l.ID+".eml"))
}

func read(t *testing.T, file string) mailtest.Message {
	t.Helper()
	raw, err := os.ReadFile(file)
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
	"Ann\r\n\r\n\r\n.\r\nMAIL FROM:<eve@evil.example>\r\n",
	`", <eve@evil.example>, "`,
	`Ann \" (` + "\\" + `<eve@evil.example>;:,`,
	"=?utf-8?q?Ann=0D=0ABcc:_eve@evil.example?=",
	"=?utf-8?b?QW5uDQpCY2M6IGV2ZUBldmlsLmV4YW1wbGU=?=",
	"==?utf-8?q?=0D=0ABcc:_eve@evil.example?=",
	"<script>alert(1)</script><img src=x onerror=alert(1)>",
	"{{.Link}} --boundary\r\nContent-Type: text/html",
	"not UTF-8 \xff\xfe, backwards \u202eelpmaxe",
	strings.Repeat("x", 5_000),
	"x" + strings.Repeat(" ", 5_000) + "x",
	strings.Repeat("é=?", 2_000),
	`é\ü`,
}

func TestNothingThatSomebodyWroteAddsAnything(t *testing.T) {
	for _, text := range hostile {
		l, s := setup(), studio
		l.By, l.Note, s.Company = text, text, text
		checkHarmless(t, written(t, l, s))
		l.Kind, l.Role = mail.AdminSetup, text
		checkHarmless(t, written(t, l, s))
	}
}

func checkHarmless(t *testing.T, m mailtest.Message) {
	t.Helper()
	names := []string{}
	for name, values := range m.Header {
		names = append(names, name)
		if len(values) != 1 {
			t.Errorf("there are %d headers %s", len(values), name)
		}
	}
	slices.Sort(names)
	want := []string{"Auto-Submitted", "Content-Type", "Date", "From", "Message-Id", "Mime-Version", "Subject", "To"}
	if diff := cmp.Diff(want, names); diff != "" {
		t.Error(diff)
	}
	if got := m.Header.Get("To"); got != "<ann@client.example>" {
		t.Errorf("it goes to %s", got)
	}
	from, err := m.Header.AddressList("From")
	if err != nil || len(from) != 1 || from[0].Address != "hello@harbour.example" {
		t.Fatalf("it is from %v (%v)", from, err)
	}
	for _, shown := range []string{m.Subject(), from[0].Name} {
		if strings.ContainsFunc(shown, unicode.IsControl) || strings.Contains(shown, "=?") || strings.ContainsRune(shown, '\u202e') {
			t.Errorf("%q is shown as something else", shown)
		}
	}
	checkBody(t, m)
}

func checkBody(t *testing.T, m mailtest.Message) {
	t.Helper()
	for line := range strings.Lines(string(m.Raw)) {
		if len(line) > 998+2 || !strings.HasSuffix(line, "\r\n") && !strings.HasSuffix(string(m.Raw), line) {
			t.Errorf("line %.80q of %d bytes", line, len(line))
		}
	}
	for _, markup := range []string{"<script", "<img", "onerror=alert(1)>"} {
		if strings.Contains(m.HTML, markup) {
			t.Errorf("the HTML has %s", markup)
		}
	}
	if n := strings.Count(m.HTML, `href="`); n != 3 { // button, address, portal
		t.Errorf("the HTML has %d links", n)
	}
	if !strings.Contains(m.Text, "\n"+setup().Link+"\n") || !strings.Contains(m.HTML, `href="`+setup().Link+`"`) {
		t.Errorf("the link is gone from:\n%s", m.Text)
	}
}

func FuzzLetter(f *testing.F) {
	for _, text := range hostile {
		f.Add(text, text, text)
	}
	f.Fuzz(func(t *testing.T, by, note, company string) {
		l, s := setup(), studio
		l.By, l.Note, s.Company = by, note, "Harbour "+company
		checkHarmless(t, written(t, l, s))
	})
}

// FuzzAddress holds that what is sent at all goes to one address, and from one.
func FuzzAddress(f *testing.F) {
	for _, text := range append(notAddresses, "ann@client.example", "o'neil+x@client.example") {
		f.Add(text, "letter-1", setup().Link)
		f.Add("ann@client.example", text, text)
	}
	f.Fuzz(func(t *testing.T, to, id, link string) {
		l, s, dir := setup(), studio, t.TempDir()
		l.To, s.From, l.ID, l.Link = to, to, id, link
		err := mail.Folder{Sender: s, Dir: dir, Now: clock}.Send(t.Context(), l)
		if _, ok := errors.AsType[*mail.Error](err); ok {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		m := read(t, filepath.Join(dir, "setup-"+id+".eml"))
		headers := []string{m.Header.Get("To"), m.Header.Get("From"), m.Header.Get("Message-Id")}
		want := []string{"<" + to + ">", `"Harbour Studio" <` + to + ">", "<" + id + to[strings.LastIndex(to, "@"):] + ">"}
		if diff := cmp.Diff(want, headers); diff != "" || len(m.Header) != 8 {
			t.Errorf("%s, %d headers", diff, len(m.Header))
		}
		list, err := m.Header.AddressList("To")
		if err != nil || len(list) != 1 || list[0].Address != to {
			t.Errorf("it goes to %v (%v), want %q", list, err, to)
		}
	})
}

// notAddresses are texts that are not one bare address.
var notAddresses = []string{
	"", "ann", "@client.example", "ann@", "ann@client.example, eve@evil.example", "ann@client.example,eve@evil.example",
	"ann@client.example\r\nBcc: eve@evil.example", "ann@client.example\nBcc: eve@evil.example", "ann@client.example\x00",
	"Ann <ann@client.example>", "<ann@client.example>", "friends: ann@client.example;", "ann@client.example (Ann)",
	`"ann\r\nBcc: eve"@client.example`, `"ann> SIZE=1"@client.example`, "=?utf-8?q?ann?=\t<ann@client.example>",
	"ann@[127.0.0.1]", "änn@client.example", "ann@clïent.example", " ann@client.example", "ann@client.example ",
}

func TestAddressThatIsNoneIsRefusedForGood(t *testing.T) {
	for _, to := range notAddresses {
		l := setup()
		l.To = to
		wantRefused(t, l, "the address is none that mail can be sent to")
	}
}

func TestLetterThatLacksSomethingIsRefusedForGood(t *testing.T) {
	for want, changes := range map[string][]func(*mail.Letter){
		"the letter's id can't be the one of a message": {
			func(l *mail.Letter) { l.ID = "" },
			func(l *mail.Letter) { l.ID = "../letter" },
			func(l *mail.Letter) { l.ID = "a>\r\nBcc: eve@evil.example" },
			func(l *mail.Letter) { l.ID = "a\n" },
			func(l *mail.Letter) { l.ID = strings.Repeat("x", 65) },
		},
		"the letter is of no kind that there is": {
			func(l *mail.Letter) { l.Kind = "" },
			func(l *mail.Letter) { l.Kind = "layout" },
			func(l *mail.Letter) { l.Kind = "../templates/setup" },
		},
		"the letter has a link, which its kind must not": {
			func(l *mail.Letter) { l.Kind = mail.Changed },
		},
		"the letter has no link that can be opened until some time": {
			func(l *mail.Letter) { l.Link = "" },
			func(l *mail.Letter) { l.Link = "javascript:alert(1)" },
			func(l *mail.Letter) { l.Link = "https://portal.harbour.example/\nBcc: eve@evil.example" },
			func(l *mail.Letter) { l.Link = "https://portal.harbour.example/ setup" },
			func(l *mail.Letter) { l.Link = `https://portal.harbour.example/">` },
			func(l *mail.Letter) { l.Link = "https://portal@evil.example/" },
			func(l *mail.Letter) { l.Link = "https:/setup" },
			func(l *mail.Letter) { l.Link = "ftp://portal.harbour.example/setup" },
			func(l *mail.Letter) { l.Expires = time.Time{} },
			func(l *mail.Letter) { l.Kind, l.Link = mail.Reset, "" },
			func(l *mail.Letter) { l.Kind, l.Link, l.Role = mail.AdminSetup, "", "owner" },
		},
		"the letter does not say which role the admin has": {
			func(l *mail.Letter) { l.Kind = mail.AdminSetup },
		},
	} {
		for _, change := range changes {
			l := setup()
			change(&l)
			wantRefused(t, l, want)
		}
	}
}

// wantRefused sends a letter in vain, and checks that nothing is left of it.
func wantRefused(t *testing.T, l mail.Letter, detail string) {
	t.Helper()
	dir := t.TempDir()
	wantFault(t, mail.Folder{Sender: studio, Dir: dir}.Send(t.Context(), l), true, detail)
	files, err := os.ReadDir(dir)
	if err != nil || len(files) > 0 {
		t.Errorf("%+v: there is a file (%v)", l, err)
	}
}

func TestNotesAreShownAsTheyWereWritten(t *testing.T) {
	l := setup()
	l.By, l.Note = "", "\n\r\n  Tom & <Ann>,\r\n\r\nsee\tyou \r\x00 soon\u202e!\n\n"
	m := written(t, l, studio)
	text := "A note for you:\n\n>   Tom & <Ann>,\n>\n> see you\n>   soon !\n\nSet up"
	if !strings.Contains(m.Text, text) {
		t.Errorf("the text is\n%q\nwithout\n%q", m.Text, text)
	}
	if html := "A note for you:"; !strings.Contains(m.HTML, html) {
		t.Errorf("the HTML lacks %q", html)
	}
	if html := ">  Tom &amp; &lt;Ann&gt;,<br><br>see you<br>  soon !</p>"; !strings.Contains(m.HTML, html) {
		t.Errorf("the HTML is\n%s\nwithout\n%s", m.HTML, html)
	}
}
