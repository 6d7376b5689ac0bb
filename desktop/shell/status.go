package shell

import (
	"net/url"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/look"
)

// status is the bar at the bottom: what the page says, and how one stands with
// the sidecar.
type status struct {
	content fyne.CanvasObject
	page    *widget.Label
	where   *widget.Label
	link    *chip.Chip
}

func newStatus() *status {
	s := &status{page: look.Caption(""), where: look.Caption(""), link: chip.New("", look.Neutral)}
	s.where.Alignment = fyne.TextAlignTrailing
	ends := container.NewGridWithColumns(2, s.page, s.where)
	right := container.NewCenter(s.link)
	bar := container.New(layout.NewBorderLayout(nil, nil, nil, right), ends, right)
	s.content = container.New(layout.NewCustomPaddedLayout(2, 2, 8, 12), bar)
	return s
}

// statusHeight is how high the bar is, in Fyne's pixels.
const statusHeight = 40

// above keeps what is shown over the window from covering the bar.
func above(o fyne.CanvasObject) fyne.CanvasObject {
	return container.New(layout.NewCustomPaddedLayout(0, statusHeight, 0, 0), o)
}

func (s *status) set(page, where string, link model.Link) {
	setText(s.page, page)
	setText(s.where, where)
	words, tone := linkWords(link)
	s.link.Set(words, tone)
}

// setText changes what a label says, if it is something else: a refresh costs more
// than a look.
func setText(label *widget.Label, text string) {
	if label.Text != text {
		label.SetText(text)
	}
}

// whereText says who is signed in where, and as of what that is what is shown.
func (s *Shell) whereText() string {
	host := s.session.Connection.URL
	if u, err := url.Parse(host); err == nil {
		host = u.Host
	}
	text := lang.L("{{.Who}} at {{.Host}}, revision {{.Revision}}", lang.Data{
		"Who": s.session.Who.Name, "Host": host, "Revision": s.store.Data().Revision,
	})
	if now, _ := s.frame.health.Sidecar(); now != nil {
		text += ", " + lang.L("rules {{.Version}}", lang.Data{"Version": now.Rules})
	}
	return text
}

func linkWords(link model.Link) (string, look.Tone) {
	switch link.State {
	case model.LinkLive:
		return lang.L("Live"), look.Success
	case model.LinkReadOnly:
		return lang.L("Read only"), look.Warning
	case model.LinkLoading:
		return lang.L("Loading"), look.Info
	case model.LinkReconnecting:
		return lang.L("Reconnecting"), look.Warning
	case model.LinkSignedOut:
		return lang.L("Signed out"), look.Danger
	}
	return lang.L("Offline"), look.Danger
}
