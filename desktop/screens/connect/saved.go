package connect

import (
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// saved lists the remembered connections, each with a way to forget it.
type saved struct {
	content *fyne.Container
	open    func(model.Connection)
	forget  func(model.Connection)
}

func newSaved(open, forget func(model.Connection)) *saved {
	return &saved{content: look.Column(4), open: open, forget: forget}
}

func (s *saved) set(all []model.Connection) {
	s.content.RemoveAll()
	s.content.Hidden = len(all) == 0
	for _, c := range all {
		open := control.NewButton(connectionText(c), func() { s.open(c) })
		open.Icon, open.Alignment = theme.ComputerIcon(), widget.ButtonAlignLeading
		forget := control.NewIcon(theme.DeleteIcon(), lang.L("Forget"), nil, func() { s.forget(c) })
		s.content.Add(container.NewBorder(nil, nil, nil, forget, open))
	}
}

func connectionText(c model.Connection) string {
	host := c.URL
	if u, err := url.Parse(c.URL); err == nil {
		host = u.Host
	}
	who := c.Login
	if who == "" {
		who = lang.L("Admin key")
	}
	return who + " · " + host
}
