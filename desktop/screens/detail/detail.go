// Package detail is the page of one client: whom and what the client sees, how
// far the invitation has come, what can be done about the access, and what has
// happened to it.
package detail

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/detail"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/desktop/widgets/tooltip"
)

// Config says what the screen shows, and whom it tells what is wanted. Everything
// is required that is not said to be nil sometimes.
type Config struct {
	Model *detail.Detail
	Tips  *tooltip.Layer
	After func(time.Duration, func()) (stop func())
	// Hindrance says why nothing can be changed now; it is empty if something can.
	Hindrance func() string
	// Activity shows what has happened to the client; nil leaves it out.
	Activity fyne.CanvasObject

	OnEdit    func()
	OnContact func() // the name or the address is to be changed
	OnAct     func(model.Act)
	OnClose   func() // there is nothing to be shown any more
	OnChange  func() // commands can be done, or can't any more

	// OnEmployee, OnProject and OnGroup are told what is to be opened. Nil where
	// there is no page of it.
	OnEmployee, OnProject, OnGroup func(id string)
}

// Screen is the page of a client. It belongs to the UI goroutine.
type Screen struct {
	Content fyne.CanvasObject

	cfg      Config
	head     *head
	banner   *notice.Banner
	sections *sections
	visible  *visible
	invite   *invitation
	access   *access
	frame    *fyne.Container
}

// New returns the screen.
func New(cfg Config) *Screen {
	s := &Screen{cfg: cfg, head: newHead(cfg), banner: notice.NewBanner(cfg.After)}
	s.visible, s.invite, s.access = newVisible(cfg), newInvitation(cfg), newAccess(cfg)
	s.sections = newSections(
		&section{title: lang.L("What they see"), content: s.visible.content},
		&section{title: lang.L("Invitation"), content: s.invite.content},
		&section{title: lang.L("Access"), content: s.access.content},
	)
	if cfg.Activity != nil {
		s.sections.add(&section{title: lang.L("Activity"), content: look.Scroll(cfg.Activity)})
	}
	s.Content = s.build()
	cfg.Model.OnChange = s.Refresh
	s.Refresh()
	return s
}

// Focus gives the keyboard to the sections.
func (s *Screen) Focus() { s.sections.focus() }

// build lays the screen out, in the order of the Tab key.
func (s *Screen) build() fyne.CanvasObject {
	top := container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), look.Column(10, s.head.content, s.banner, s.sections.bar))
	s.frame = container.New(layout.NewBorderLayout(top, nil, nil, nil), top, s.sections.body)
	return look.Pad(16, s.frame)
}

// Refresh shows the model as it is now.
func (s *Screen) Refresh() {
	m := s.cfg.Model
	why := s.hindrance()
	s.head.refresh(why)
	s.showBanner()
	s.sections.hide(1, m.Invitation.State() == detail.InvitationNone)
	s.visible.refresh()
	s.invite.refresh(why)
	s.access.refresh(why)
	s.sections.refresh()
	s.frame.Refresh()
	s.cfg.OnChange()
}

// hindrance says why nothing can be changed now.
func (s *Screen) hindrance() string {
	if s.cfg.Model.Gone() {
		return lang.L("This client does not exist any more.")
	}
	return s.cfg.Hindrance()
}

func (s *Screen) showBanner() {
	m := s.cfg.Model
	if !m.Gone() {
		s.banner.Clear()
		return
	}
	s.banner.Set(look.Danger, lang.L("{{.Name}} was deleted. What is shown here is of before.", lang.Data{"Name": m.Client().Name}),
		notice.Action{Text: lang.L("Close"), Do: s.cfg.OnClose})
}
