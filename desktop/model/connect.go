package model

import (
	"context"
	"net"
	"strings"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/desktop/file"
	"sightline.example/desktop/session"
	"sightline.example/policy"
)

// Connection and Certificate are what screens show of signing in.
type (
	Connection  = session.Connection
	Certificate = session.Certificate
)

// Way is how one signs in.
type Way string

// The ways.
const (
	WayPassword Way = "password" // e-mail address and password
	WayKey      Way = "key"      // an admin's key
	WaySetup    Way = "setup"    // the set-up code of a sidecar without an owner
)

// Form is what is filled in to sign in.
type Form struct {
	URL      string
	Way      Way
	Email    string
	Password string
	Code     string // a one-time code; asked for once it is needed
	Key      string
	Setup    string
	Name     string
	CAFile   string
	Remember bool // keep the session in the keyring
}

// Field names a field of a Form that is missing or wrong.
type Field string

// The fields that can be.
const (
	FieldURL      Field = "url"
	FieldEmail    Field = "email"
	FieldPassword Field = "password"
	FieldCode     Field = "code"
	FieldKey      Field = "key"
	FieldSetup    Field = "setup"
	FieldName     Field = "name"
	FieldCAFile   Field = "ca_file"
)

// ConnectConfig says what signing in works with.
type ConnectConfig struct {
	On    async.Dispatcher
	Book  *session.Book
	Vault *session.Vault
	Now   func() time.Time // nil means time.Now
}

// Connect is signing in at a sidecar: with what is filled in, or with what is
// remembered.
type Connect struct {
	// OnChange is called when something has changed, and OnOpen when somebody is
	// signed in. OnKept follows when that is remembered, or when it is known that it
	// can't be: a keyring may take its time.
	OnChange func()
	OnOpen   func(*session.Session)
	OnKept   func()

	cfg     ConnectConfig
	attempt async.Latest[attempt, *session.Session]
	last    attempt
	err     error
	field   Field // where it belongs
}

type attempt struct {
	at       session.Connection
	with     session.Credentials
	remember bool
	saved    bool // with what is in the vault
}

// NewConnect returns a model with nothing under way.
func NewConnect(cfg ConnectConfig) *Connect {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	m := &Connect{cfg: cfg}
	m.attempt = async.Latest[attempt, *session.Session]{On: cfg.On, Work: m.open, Install: m.opened}
	return m
}

// Connections returns those that are remembered, the last used first.
func (m *Connect) Connections() []session.Connection { return m.cfg.Book.Connections() }

// Busy reports whether signing in is under way.
func (m *Connect) Busy() bool { return m.attempt.Busy() }

// Problem returns what is wrong, nil if nothing is, and at which field, which is
// empty for none.
func (m *Connect) Problem() (at Field, err error) { return m.field, m.err }

// Certificate returns the one that nobody vouches for and that can be pinned by
// Trust, or nil.
func (m *Connect) Certificate() *session.Certificate {
	if f, ok := m.err.(*session.Fault); ok {
		return f.Certificate
	}
	return nil
}

// Open signs in with what is filled in. An attempt under way is given up.
func (m *Connect) Open(f Form) {
	f.trim()
	if field := f.missing(); field != "" {
		m.fail(&session.Fault{Kind: session.Missing}, field)
		return
	}
	at := session.Connection{URL: f.URL, CAFile: f.CAFile}
	if f.Way == WayPassword {
		at.Login = f.Email
	}
	for _, known := range m.Connections() {
		if known.URL == at.URL && known.Pin != "" {
			at.Pin = known.Pin
			break // another admin may have used the certificate of before
		}
	}
	m.start(attempt{at: at, with: f.credentials(), remember: f.Remember})
}

// OpenSaved signs in at a remembered connection, if what lets the admin in is
// remembered too; else the fault is session.WrongPassword.
func (m *Connect) OpenSaved(at session.Connection) {
	m.start(attempt{at: at, remember: true, saved: true})
}

// Trust pins the certificate that nobody vouches for, and goes on.
func (m *Connect) Trust() {
	if c := m.Certificate(); c != nil {
		m.last.at.Pin = c.Fingerprint
		m.start(m.last)
	}
}

// Forget removes a remembered connection and what lets the admin in.
func (m *Connect) Forget(at session.Connection) {
	err := m.cfg.Book.Forget(at)
	m.cfg.On.Go(func(ctx context.Context) { m.cfg.Vault.Forget(ctx, at) })
	m.fail(err, "")
}

// Cancel gives up what is under way.
func (m *Connect) Cancel() {
	m.attempt.Cancel()
	m.fail(nil, "")
}

func (m *Connect) start(a attempt) {
	m.last, m.err, m.field = a, nil, ""
	m.attempt.Set(a)
	m.changed()
}

// open runs in the background.
func (m *Connect) open(ctx context.Context, a attempt) (*session.Session, error) {
	if a.saved {
		token, known := m.cfg.Vault.Token(ctx, a.at)
		if !known {
			return nil, &session.Fault{Kind: session.WrongPassword, Err: session.ErrNoSecret}
		}
		a.with.Token = token
	}
	return session.Open(ctx, a.at, a.with)
}

func (m *Connect) opened(s *session.Session, err error) {
	if err != nil {
		m.fail(err, fieldOf(err))
		return
	}
	if m.last.remember {
		at := s.Connection
		at.Used = m.cfg.Now()
		err = m.cfg.Book.Save(at)
	}
	remember := m.last.remember
	m.cfg.On.Go(func(ctx context.Context) { // keyrings ask, and nobody has to wait for the answer
		m.cfg.Vault.Keep(ctx, s.Connection, s.Token(), remember)
		m.cfg.On.Main(m.kept)
	})
	m.fail(err, "") // not to be remembered does not keep the admin out
	if m.OnOpen != nil {
		m.OnOpen(s)
	}
}

func (m *Connect) fail(err error, field Field) {
	m.err, m.field = err, field
	m.changed()
}

func (m *Connect) kept() {
	m.changed()
	if m.OnKept != nil {
		m.OnKept()
	}
}

func (m *Connect) changed() {
	if m.OnChange != nil {
		m.OnChange()
	}
}

func (f *Form) trim() {
	f.URL, f.CAFile = CompleteURL(f.URL), file.Complete(f.CAFile)
	f.Email, f.Name, f.Code = strings.TrimSpace(f.Email), strings.TrimSpace(f.Name), strings.TrimSpace(f.Code)
	f.Key, f.Setup = strings.TrimSpace(f.Key), strings.TrimSpace(f.Setup)
}

// missing returns the first field that has to be filled in and is not.
func (f *Form) missing() Field {
	needed := map[Way][]Field{
		WayPassword: {FieldURL, FieldEmail, FieldPassword},
		WayKey:      {FieldURL, FieldKey},
		WaySetup:    {FieldURL, FieldSetup, FieldName, FieldEmail, FieldPassword},
	}
	has := map[Field]string{
		FieldURL: f.URL, FieldEmail: f.Email, FieldPassword: f.Password,
		FieldKey: f.Key, FieldSetup: f.Setup, FieldName: f.Name,
	}
	for _, field := range needed[f.Way] {
		if has[field] == "" {
			return field
		}
	}
	return ""
}

func (f *Form) credentials() session.Credentials {
	switch f.Way {
	case WayKey:
		return session.Credentials{Token: f.Key}
	case WaySetup:
		return session.Credentials{Setup: f.Setup, Name: f.Name, Email: f.Email, Password: f.Password}
	}
	return session.Credentials{Email: f.Email, Password: f.Password, Code: f.Code}
}

// fieldOf returns the field that a fault is about.
func fieldOf(err error) Field {
	fault, ok := err.(*session.Fault)
	if !ok {
		return ""
	}
	switch fault.Kind {
	case session.BadAddress, session.Insecure, session.NoHost, session.Refused, session.NotSightline, session.TooOld:
		return FieldURL
	case session.CodeRequired:
		return FieldCode
	case session.BadAuthority:
		return FieldCAFile
	case session.Invalid:
		return refusedField(fault)
	}
	return ""
}

// refusedField returns the field the sidecar names.
func refusedField(fault *session.Fault) Field {
	refused, ok := fault.Err.(*policy.Error)
	if !ok {
		return ""
	}
	switch field := Field(refused.Field); field {
	case FieldEmail, FieldPassword, FieldName, FieldCode:
		return field
	}
	return ""
}

// CompleteURL returns an address with what one leaves out when typing it: https,
// or http on this machine.
func CompleteURL(text string) string {
	text = strings.TrimRight(strings.TrimSpace(text), "/")
	if text == "" || strings.Contains(text, "://") {
		return text
	}
	host, _, _ := strings.Cut(text, "/")
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	if ip := net.ParseIP(host); host == "localhost" || ip != nil && ip.IsLoopback() {
		return "http://" + text
	}
	return "https://" + text
}
