package model_test

import (
	"errors"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/file"
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/session"
	"sightline.example/sidecar/sidecartest"
)

// entrance is a Connect and what it opened.
type entrance struct {
	*model.Connect
	pump   *asynctest.Pump
	book   *session.Book
	opened *session.Session
}

func newEntrance(t *testing.T, vault *session.Vault) *entrance {
	t.Helper()
	book, err := session.OpenBook(filepath.Join(t.TempDir(), "connections.json"))
	if err != nil {
		t.Fatal(err)
	}
	e := &entrance{pump: asynctest.New(t), book: book}
	e.Connect = model.NewConnect(model.ConnectConfig{On: e.pump, Book: book, Vault: vault})
	e.OnOpen = func(s *session.Session) {
		e.opened = s
		t.Cleanup(s.Close)
	}
	return e
}

func ownerForm(url string) model.Form {
	return model.Form{URL: url, Way: model.WayPassword, Email: sidecartest.Email, Password: sidecartest.Password, Remember: true}
}

func (e *entrance) wantProblem(t *testing.T, field model.Field, kind session.Kind) {
	t.Helper()
	e.pump.Settle()
	at, err := e.Problem()
	fault, _ := errors.AsType[*session.Fault](err)
	if at != field || err == nil || kind != "" && (fault == nil || fault.Kind != kind) {
		t.Errorf("the problem is %v at %q, want %q at %q", err, at, kind, field)
	}
}

func TestWhatIsMissingIsSaidBeforeAnythingIsSent(t *testing.T) {
	e := newEntrance(t, &session.Vault{})
	for _, c := range []struct {
		form model.Form
		want model.Field
	}{
		{model.Form{Way: model.WayPassword, Email: "a@b.example", Password: "x"}, model.FieldURL},
		{model.Form{URL: "x", Way: model.WayPassword, Email: "  ", Password: "x"}, model.FieldEmail},
		{model.Form{URL: "x", Way: model.WayPassword, Email: "a@b.example"}, model.FieldPassword},
		{model.Form{URL: "x", Way: model.WayKey}, model.FieldKey},
		{model.Form{URL: "x", Way: model.WaySetup, Name: "N", Email: "a@b.example", Password: "x"}, model.FieldSetup},
	} {
		e.Open(c.form)
		if e.Busy() {
			t.Errorf("%+v is sent", c.form)
		}
		e.wantProblem(t, c.want, "")
	}
}

func TestASignInThatIsRememberedNeedsNoPasswordTheNextTime(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	keyring := &session.Memory{}
	e := newEntrance(t, &session.Vault{Keyring: keyring})
	e.Open(ownerForm(sidecar.URL))
	e.pump.Settle()
	if e.opened == nil {
		t.Fatal(e.Problem())
	}
	known := e.Connections()
	if len(known) != 1 || known[0].Login != sidecartest.Email || known[0].Used.IsZero() {
		t.Fatalf("remembered are %+v", known)
	}
	e.opened = nil
	e.OpenSaved(known[0])
	e.pump.Settle()
	if e.opened == nil {
		t.Error(e.Problem())
	}
	e.Forget(known[0])
	e.pump.Settle()
	if len(e.Connections()) != 0 {
		t.Error("it was not forgotten")
	}
	e.OpenSaved(known[0])
	e.wantProblem(t, "", session.WrongPassword)
}

func TestASignInThatIsNotRememberedLeavesNothing(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	e := newEntrance(t, &session.Vault{})
	form := ownerForm(sidecar.URL)
	form.Remember = false
	e.Open(form)
	e.pump.Settle()
	if e.opened == nil || len(e.Connections()) != 0 {
		t.Errorf("opened %v, remembered %+v", e.opened != nil, e.Connections())
	}
}

func TestProblemsStandAtTheirFields(t *testing.T) {
	e := newEntrance(t, &session.Vault{})
	e.Open(ownerForm("http://sightline.example"))
	e.wantProblem(t, model.FieldURL, session.Insecure)
	form := ownerForm("https://127.0.0.1:1")
	form.CAFile = "/no/such/file"
	e.Open(form)
	e.wantProblem(t, model.FieldCAFile, session.BadAuthority)
}

func TestTheFileOfAnAuthorityIsFoundFromTheHomeFolder(t *testing.T) {
	home := t.TempDir()
	t.Setenv("HOME", home)
	e := newEntrance(t, &session.Vault{})
	form := ownerForm("https://127.0.0.1:1")
	form.CAFile = "~/missing.pem"
	e.Open(form)
	e.wantProblem(t, model.FieldCAFile, session.BadAuthority)
	_, err := e.Problem()
	missing, ok := errors.AsType[*file.Fault](err)
	if !ok || missing.Kind != file.Missing || missing.Path != filepath.Join(home, "missing.pem") {
		t.Errorf("the error is %v", err)
	}
	if told := lang.Mistake(err); !strings.Contains(told, missing.Path) {
		t.Errorf("told is %q", told)
	}
}

func TestACertificateIsTrustedOnceItIsConfirmed(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	at, err := url.Parse(sidecar.URL)
	if err != nil {
		t.Fatal(err)
	}
	front := httptest.NewTLSServer(httputil.NewSingleHostReverseProxy(at))
	t.Cleanup(front.Close)
	e := newEntrance(t, &session.Vault{})
	e.Open(ownerForm(front.URL))
	e.wantProblem(t, "", session.Untrusted)
	pin := e.Certificate().Fingerprint
	e.Trust()
	e.pump.Settle()
	if e.opened == nil {
		t.Fatal(e.Problem())
	}
	if got := e.Connections()[0].Pin; got != pin {
		t.Errorf("the pin is %q, want %q", got, pin)
	}
	e.opened = nil
	before := session.Connection{URL: front.URL, Login: "another@team.example", Pin: strings.Repeat("0", len(pin))}
	used := e.Connections()[0]
	for _, at := range []session.Connection{before, used} { // the certificate was another one
		if err := e.book.Save(at); err != nil {
			t.Fatal(err)
		}
	}
	e.Open(ownerForm(front.URL)) // typed in again
	e.pump.Settle()
	if e.opened == nil {
		t.Error("the pin was not remembered")
	}
}

func TestAnAttemptThatIsCancelledOpensNothing(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	e := newEntrance(t, &session.Vault{})
	e.Open(ownerForm(sidecar.URL))
	e.Cancel()
	e.pump.Settle()
	if e.opened != nil || e.Busy() {
		t.Error("it was opened")
	}
}

func TestAddressesAreCompleted(t *testing.T) {
	for typed, want := range map[string]string{
		" sightline.example/ ": "https://sightline.example", "localhost:8470": "http://localhost:8470", "127.0.0.1": "http://127.0.0.1",
		"[::1]:8470": "http://[::1]:8470", "http://x.example": "http://x.example", "": "", "x.example/below": "https://x.example/below",
	} {
		if got := model.CompleteURL(typed); got != want {
			t.Errorf("%q becomes %q, want %q", typed, got, want)
		}
	}
}
