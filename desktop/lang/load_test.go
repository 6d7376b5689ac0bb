package lang

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// asked is set in the environment of a process that is to say in which language
// its texts are: Fyne's are loaded once for a process.
const asked = "SIGHTLINE_TEST_LANGUAGE"

func TestMain(m *testing.M) {
	switch how, asking := os.LookupEnv(asked); {
	case !asking:
		m.Run()
	case strings.HasPrefix(how, "as "):
		say(as(Language(how[3:]), "en"))
	default:
		say(Load(Language(how)))
	}
}

func say(err error) {
	if err != nil {
		panic(err)
	}
	os.Stdout.WriteString(L("Save") + ", " + N("{{.N}} clients", 2) + ", " + os.Getenv(localeVariable) + "\n")
}

func TestTheLanguageIsTheOneThatWasChosen(t *testing.T) {
	for _, test := range []struct{ desktop, how, want string }{
		{"de_DE.UTF-8", "", "Speichern, 2 Kunden, de_DE.UTF-8"},
		{"de_DE.UTF-8", "en", "Save, 2 clients, de_DE.UTF-8"},
		{"en_US.UTF-8", "de", "Speichern, 2 Kunden, en_US.UTF-8"},
		{"C", "de", "Speichern, 2 Kunden, C"},
		{"en_US.UTF-8", "nonsense", "Save, 2 clients, en_US.UTF-8"},
		{"en_US.UTF-8", "as de", "Speichern, 2 Kunden, en_US.UTF-8"},
	} {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), localeVariable+"="+test.desktop, asked+"="+test.how)
		text, err := cmd.Output()
		if got := strings.TrimSpace(string(text)); err != nil || got != test.want {
			t.Errorf("%q on a desktop in %s: got %q, want %q; %v", test.how, test.desktop, got, test.want, err)
		}
	}
}
