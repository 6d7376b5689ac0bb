package shell

import (
	"context"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/widgets/dialog"
)

// Quit closes the window, unless the admin wants to keep what is not saved. What else
// was being asked is not answered.
func (s *Shell) Quit() {
	if s.pages.asks {
		return
	}
	s.guardContact(func() {
		dialog.CancelAll(s.window.Canvas())
		s.guard(func() {
			s.Save()
			s.window.Close()
			s.cfg.App.Quit()
		})
	})
}

// signOut ends the session at the sidecar, and forgets it.
func (s *Shell) signOut() {
	s.guard(func() {
		ended := s.session
		s.cfg.On.Go(func(ctx context.Context) {
			s.cfg.Vault.Forget(ctx, ended.Connection)
			_ = ended.SignOut(ctx) // it is over here in any case
		})
		s.leave("")
	})
}

// switchSidecar leaves for the connect screen; the session stays remembered.
func (s *Shell) switchSidecar() {
	s.guard(func() {
		s.session.Close()
		s.leave("")
	})
}

// guard calls then once nothing would be lost by leaving the session, or the admin has
// said that it may be.
func (s *Shell) guard(then func()) {
	s.guardWorks(func() { s.pages.guard(then) })
}

func (s *Shell) guardWorks(then func()) {
	if s.frame == nil || s.frame.lost() == "" {
		then()
		return
	}
	s.pages.askToLose(dialog.Config{
		Title: lang.L("Leave before it is done?"), Text: s.frame.lost(),
		Confirm: lang.L("Leave"), Cancel: lang.L("Stay"),
	}, then)
}

// guardContact is guard for what is typed into a dialog.
func (s *Shell) guardContact(then func()) {
	if s.contact == nil || !s.contact.Dirty() {
		then()
		return
	}
	name := lang.Data{"Name": s.contact.Client().Name}
	s.pages.askToDiscard(lang.L("What you changed for {{.Name}} is not saved.", name), then)
}

// leave ends what the session had running, and shows the connect screen.
func (s *Shell) leave(message string) {
	s.pages.clear()
	s.store.Close()
	s.scope.Close()
	s.frame.close()
	s.tray.Clear()
	s.frame, s.session, s.store = nil, nil, nil
	s.connect(message)
}
