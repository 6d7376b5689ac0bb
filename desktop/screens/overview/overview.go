// Package overview is what an admin sees of everything at a glance: how many
// clients there are of each sort, and whose access asks for a look. Every number
// leads to the list of those it counts.
package overview

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// Screen shows a model.Overview.
type Screen struct {
	Content fyne.CanvasObject

	model     *model.Overview
	cfg       Config
	standings *fyne.Container
	modes     *fyne.Container
	attention *fyne.Container
	directory *fyne.Container
	sidecar   *fyne.Container
}

// Config says what the screen shows, and whom it tells what is wanted. Everything
// is required.
type Config struct {
	Model *model.Overview

	OnClients                         func(model.Filter) // those that are counted by a number
	OnEmployees, OnGroups, OnProjects func()
	OnFindings                        func() // all that asks for a look, one by one
}

// New returns the screen.
func New(cfg Config) *Screen {
	m := cfg.Model
	s := &Screen{cfg: cfg, model: m}
	for _, row := range []**fyne.Container{&s.standings, &s.modes, &s.attention, &s.directory, &s.sidecar} {
		*row = container.New(&flow{})
	}
	title := look.Flush(look.Heading(lang.L("Overview")))
	body := look.Column(14,
		title,
		part(lang.L("Needs a look"), look.Column(8, s.attention, look.Row(control.NewButton(lang.L("Show all findings"), cfg.OnFindings)))),
		part(lang.L("Clients by status"), s.standings),
		part(lang.L("Clients by what they see"), s.modes),
		part(lang.L("Directory"), s.directory),
		part(lang.L("Sidecar"), s.sidecar),
	)
	s.Content = container.NewVScroll(look.Pad(16, body))
	m.OnChange = s.Refresh
	s.Refresh()
	return s
}

func part(title string, content fyne.CanvasObject) fyne.CanvasObject {
	return look.Column(8, look.Flush(look.Strong(title)), content)
}

// Refresh shows the model as it is now.
func (s *Screen) Refresh() {
	s.fill(s.standings, s.model.Standings(), func(f model.Filter) string { return lang.Standing(f.Standing) })
	s.fill(s.modes, s.model.Modes(), func(f model.Filter) string { return lang.Mode(f.Mode) })
	s.showAttention()
	employees, groups, projects := s.model.Directory()
	shown := numbers(s.directory)
	s.directory.Objects = []fyne.CanvasObject{
		shown.of(employees, lang.L("Employees"), s.cfg.OnEmployees),
		shown.of(groups, lang.L("Groups"), s.cfg.OnGroups),
		shown.of(projects, lang.L("Projects"), s.cfg.OnProjects),
	}
	s.sidecar.Objects = s.health()
	s.Content.Refresh()
}

// health returns what there is to say of the sidecar.
func (s *Screen) health() []fyne.CanvasObject {
	now, err := s.model.Sidecar()
	switch {
	case err != nil:
		return []fyne.CanvasObject{newNote(lang.Error(err))}
	case now == nil:
		return []fyne.CanvasObject{newFact("…", lang.L("Looking…"))}
	}
	state := lang.L("Up to date")
	if now.State != "fresh" {
		state = lang.L("Cut off")
	}
	return []fyne.CanvasObject{
		newFact(state, lang.L("Its data")),
		newFact(now.Rules, lang.L("Version of the rules")),
	}
}

func (s *Screen) showAttention() {
	s.fill(s.attention, s.model.Attention(), attentionText)
	pending, err := s.model.Pending()
	switch {
	case err != nil:
		s.attention.Add(newNote(lang.Error(err)))
	case pending:
		s.attention.Add(newFact("…", lang.L("Looking…")))
	case len(s.attention.Objects) == 0:
		s.attention.Add(newNote(lang.L("Nothing. Every access is as it should be.")))
	}
}

func attentionText(f model.Filter) string {
	switch {
	case f.Dead:
		return lang.L("With dead references")
	case f.Expiring:
		return lang.L("Access ends soon")
	}
	return lang.Finding(f.Finding)
}

func (s *Screen) fill(row *fyne.Container, counts []model.Count, text func(model.Filter) string) {
	shown := numbers(row)
	row.Objects = nil
	for _, c := range counts {
		row.Objects = append(row.Objects, shown.of(c.Clients, text(c.Filter), func() { s.cfg.OnClients(c.Filter) }))
	}
}

// known are the numbers that are shown, by their words. They are used again: one may
// have the keyboard, or be pressed right now.
type known map[string]*number

// numbers returns those of a row.
func numbers(row *fyne.Container) known {
	shown := known{}
	for _, o := range row.Objects {
		if n, is := o.(*number); is {
			shown[n.text] = n
		}
	}
	return shown
}

// of returns the number with the words, as it is now.
func (k known) of(n int, text string, tapped func()) *number {
	shown := k[text]
	if shown == nil {
		return newNumber(n, text, tapped)
	}
	shown.count.SetText(lang.Number(n))
	shown.tapped = tapped
	return shown
}

func newNote(text string) fyne.CanvasObject {
	return look.NewCard(look.Pad(4, look.Middle(look.Paragraph(text))))
}

// number is a count with its words, and leads somewhere when it is tapped.
type number struct {
	widget.BaseWidget
	panel  *look.Panel
	count  *widget.Label
	text   string
	tapped func()
}

func newNumber(n int, text string, tapped func()) *number {
	count := look.Strong(lang.Number(n))
	count.SizeName = theme.SizeNameHeadingText
	return newTile(count, text, tapped)
}

func newFact(fact, text string) *number { return newTile(look.Heading(fact), text, nil) }

func newTile(count *widget.Label, text string, tapped func()) *number {
	column := container.New(layout.NewCustomPaddedVBoxLayout(-8), count, look.Line(text))
	o := &number{panel: look.NewCard(look.Pad(4, look.Middle(column))), count: count, text: text, tapped: tapped}
	o.ExtendBaseWidget(o)
	return o
}

// CreateRenderer is for Fyne.
func (n *number) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(n.panel) }

// Tapped goes to the list of what is counted.
func (n *number) Tapped(*fyne.PointEvent) { n.follow() }

// Cursor shows that the number leads somewhere.
func (n *number) Cursor() desktop.Cursor {
	if n.tapped == nil {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

func (n *number) follow() {
	if n.tapped != nil {
		n.tapped()
	}
}

// FocusGained puts a ring round the number.
func (n *number) FocusGained() { n.ring(look.Ring, 2) }

// FocusLost takes it away.
func (n *number) FocusLost() { n.ring(theme.ColorNameSeparator, 1) }

func (n *number) ring(name fyne.ThemeColorName, width float32) {
	n.panel.Stroke, n.panel.Width = name, width
	n.panel.Refresh()
}

// TypedRune does nothing.
func (n *number) TypedRune(rune) {}

// TypedKey goes to the list on Enter and Space.
func (n *number) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		n.follow()
	}
}
