// Package audit shows the audit log: who did what to whom, when, and what it
// changed.
package audit

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/trail"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/tooltip"
)

// Config says what the screen shows, and whom it tells what is wanted. Everything
// is required but Now, Widths and OnResize.
type Config struct {
	Model *trail.Trail
	Tips  *tooltip.Layer
	After func(time.Duration, func()) (stop func())
	Now   func() time.Time // nil means time.Now
	// NameOf returns the name of a client, or of what is in the directory, by the type
	// and the id; nothing if there is none.
	NameOf func(kind, id string) string
	// Hindrance says why nothing can be changed now; it is empty if something can.
	Hindrance func() string

	OnActor  func() // one of Model.Actors is to be chosen
	OnRevert func(*trail.Row)
	OnOpen   func(client string)
	OnVerify func()
	OnExport func()
	OnChange func() // something else is shown

	// Widths are those of columns, by their ids; OnResize is told of others.
	Widths   map[string]float32
	OnResize func(widths map[string]float32)
}

// Screen is the log. It belongs to the UI goroutine.
type Screen struct {
	Content fyne.CanvasObject

	cfg    Config
	search *control.Search
	action *control.Select
	kind   *control.Select
	period *control.Select
	actor  *control.Button
	list   *list
}

// New returns the screen.
func New(cfg Config) *Screen {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	s := &Screen{cfg: cfg}
	s.list = newList(cfg, s.clear, columns(cfg))
	s.buildFilter()
	s.buildPeriod()
	s.search.OnDown = s.list.grid.Enter
	s.Content = s.build()
	cfg.Model.OnChange = s.Refresh
	s.Refresh()
	return s
}

// FocusRows gives the keyboard to the rows.
func (s *Screen) FocusRows() { s.list.grid.Focus() }

// ResetWidths gives the columns the widths they have at first.
func (s *Screen) ResetWidths() { s.list.grid.ResetWidths() }

// FocusSearch gives the keyboard to the search field.
func (s *Screen) FocusSearch(c fyne.Canvas) { c.Focus(s.search) }

func (s *Screen) buildFilter() {
	m := s.cfg.Model
	s.search = control.NewSearch(lang.L("Search by name, address or id"), s.cfg.After)
	s.search.OnSearch = func(text string) { s.filter(func(f *trail.Filter) { f.Text = text }) }
	s.action = newChoice(lang.L("Any act"), trail.Actions(), lang.Deed, func(action string) {
		s.filter(func(f *trail.Filter) { f.Action = action })
	})
	s.kind = newChoice(lang.L("Any kind"), trail.Kinds(), lang.Kind, func(kind string) {
		s.filter(func(f *trail.Filter) { f.Kind, f.ID = kind, "" })
	})
	s.actor = control.NewButton("", func() {
		if m.Filter().Actor == "" {
			s.cfg.OnActor()
			return
		}
		s.filter(func(f *trail.Filter) { f.Actor, f.ActorType = "", "" })
	})
}

// filter has other records shown.
func (s *Screen) filter(change func(*trail.Filter)) {
	f := s.cfg.Model.Filter()
	change(&f)
	s.cfg.Model.SetFilter(f)
}

// newChoice returns a field in which one of the values is chosen, or all of them.
func newChoice(all string, values []string, word func(string) string, chosen func(value string)) *control.Select {
	options, byOption := []string{all}, map[string]string{}
	for _, v := range values {
		options = append(options, word(v))
		byOption[word(v)] = v
	}
	choice := control.NewSelect(options, nil)
	choice.Selected = all
	choice.OnChanged = func(option string) { chosen(byOption[option]) }
	return choice
}

// build lays the screen out, in the order of the Tab key.
func (s *Screen) build() fyne.CanvasObject {
	period := container.NewGridWrap(fyne.NewSize(210, s.period.MinSize().Height), s.period)
	head := look.Head(look.Heading(lang.L("Audit log")), period,
		control.NewButton(lang.L("Verify"), s.cfg.OnVerify), control.NewButton(lang.L("Export…"), s.cfg.OnExport))
	choices := look.Row(wide(s.action), wide(s.kind), s.actor)
	choices = container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap/2, 0), choices) // beside the border's own space
	filters := container.New(layout.NewBorderLayout(nil, nil, nil, choices), choices, s.search)
	top := container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), look.Column(10, head, filters))
	return look.Pad(16, container.New(layout.NewBorderLayout(top, nil, nil, nil), top, s.list.content))
}

// wide gives a field the room its longer choices need.
func wide(choice fyne.CanvasObject) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(150, choice.MinSize().Height), choice)
}

// Refresh shows the model as it is now.
func (s *Screen) Refresh() {
	s.actor.SetText(actorText(s.cfg.Model))
	s.showPeriod()
	s.list.refresh()
	s.cfg.OnChange()
}

// clear shows all records.
func (s *Screen) clear() {
	s.search.Clear()
	s.action.SetSelectedIndex(0)
	s.kind.SetSelectedIndex(0)
	s.cfg.Model.SetFilter(trail.Filter{})
}

func actorText(m *trail.Trail) string {
	if actor := m.Filter().Actor; actor != "" {
		return lang.L("By {{.Name}} ×", lang.Data{"Name": m.ActorName(actor)})
	}
	return lang.L("Anybody…")
}
