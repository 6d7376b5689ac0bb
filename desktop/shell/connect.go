package shell

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/model"
	"sightline.example/desktop/screens/connect"
)

// connect shows the connect screen, with a message that says why; it is empty for
// none.
func (s *Shell) connect(message string) {
	m := model.NewConnect(model.ConnectConfig{On: s.cfg.On, Book: s.cfg.Book, Vault: s.cfg.Vault, Now: s.cfg.Now})
	screen := connect.New(m, message)
	screen.OnBrowse = func(path string, chosen func(string)) { s.browse(path, []string{".pem", ".crt", ".cer"}, chosen) }
	m.OnOpen, m.OnKept = s.Open, s.warnOfKeyring
	s.host.Objects = []fyne.CanvasObject{screen.Content}
	s.host.Refresh()
	s.refreshTitle()
	s.refreshMenu()
	screen.Focus(s.window.Canvas())
}

// warnOfKeyring says that the admin will have to sign in again, if that is so.
func (s *Shell) warnOfKeyring() {
	if s.frame != nil {
		s.frame.warnOfKeyring()
	}
}
