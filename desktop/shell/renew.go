package shell

import (
	"context"
	"errors"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/session"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/look"
	"sightline.example/policy"
)

// renew asks the admin whose session is over to sign in again, in place: what is
// being edited stays.
func (s *Shell) renew() {
	if s.session != nil && !s.covered() { // the banner asks too
		s.askAgain(session.Credentials{}, nil)
	}
}

// askAgain asks for the first time, or after a try that failed.
func (s *Shell) askAgain(tried session.Credentials, failed error) {
	if s.session == nil {
		return
	}
	isKey := s.session.Who.Type != policy.SubjectAdmin
	secret, code := control.NewEntry(""), control.NewEntry("123456")
	secret.Password = true
	name := lang.L("Password")
	if isKey {
		name = lang.L("Admin key")
	}
	first := form.NewRow(name, secret, "")
	second := form.NewRow(lang.L("One-time code"), code, lang.L("Only if your account has them."))
	second.Hidden = isKey
	shown := dialog.Show(s.window.Canvas(), dialog.Config{
		Title:   lang.L("Sign in again"),
		Text:    lang.L("Your session as {{.Who}} is over. Nothing you were editing is lost.", lang.Data{"Who": s.session.Who.Name}),
		Content: look.Column(14, first, second), Confirm: lang.L("Sign in"), Cancel: lang.L("Later"),
		OnConfirm: func() { s.signInAgain(s.credentials(isKey, secret.Text, code.Text)) },
	})
	for _, e := range []*control.Entry{secret, code} {
		e.OnKey = shown.Key
	}
	switch {
	case wantsCode(failed):
		secret.SetText(tried.Password)
		second.SetError(lang.Error(failed))
		s.window.Canvas().Focus(code)
	case failed != nil:
		first.SetError(lang.Error(failed))
	}
	shown.Fit()
}

// wantsCode reports whether nothing but a one-time code was missing.
func wantsCode(err error) bool {
	fault, ok := errors.AsType[*session.Fault](err)
	return ok && fault.Kind == session.CodeRequired
}

func (s *Shell) credentials(isKey bool, secret, code string) session.Credentials {
	if isKey {
		return session.Credentials{Token: secret}
	}
	return session.Credentials{Email: s.session.Who.Admin.Email, Password: secret, Code: code}
}

func (s *Shell) signInAgain(with session.Credentials) {
	at, store, scope := s.session, s.store, s.scope
	scope.Go(func(ctx context.Context) {
		err := at.Renew(ctx, with)
		scope.Main(func() {
			if err != nil {
				s.askAgain(with, err)
				return
			}
			store.Retry()
			s.remember(at)
			s.toast(look.Success, lang.L("You are signed in again."))
		})
	})
}

// remember keeps a renewed session if the one before was kept.
func (s *Shell) remember(at *session.Session) {
	for _, known := range s.cfg.Book.Connections() {
		if known.Same(at.Connection) {
			s.cfg.On.Go(func(ctx context.Context) {
				s.cfg.Vault.Keep(ctx, at.Connection, at.Token(), true)
				s.cfg.On.Main(s.warnOfKeyring)
			})
		}
	}
}
