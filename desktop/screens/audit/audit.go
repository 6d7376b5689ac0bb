// Package audit shows the audit log: who did what to whom, when, and what it
// changed.
package audit

import (
	"cmp"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/trail"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/state"
	"sightline.example/desktop/widgets/tooltip"
	"sightline.example/policy"
)

// Config says what the screen shows, and whom it tells what is wanted. Everything
// is required but Now.
type Config struct {
	Model *trail.Trail
	Tips  *tooltip.Layer
	After func(time.Duration, func()) (stop func())
	Now   func() time.Time // nil means time.Now
	// ClientName returns the name of a client, or nothing if there is none of the id.
	ClientName func(id string) string
	// Hindrance says why nothing can be changed now; it is empty if something can.
	Hindrance func() string

	OnActor  func() // one of Model.Actors is to be chosen
	OnRevert func(*trail.Row)
	OnOpen   func(client string)
	OnVerify func()
	OnExport func()
	OnChange func() // something else is shown
}

// Screen is the log. It belongs to the UI goroutine.
type Screen struct {
	Content fyne.CanvasObject

	cfg    Config
	search *control.Search
	action *control.Select
	kind   *control.Select
	actor  *control.Button
	older  *control.Button
	grid   *grid.Grid[*trail.Row]
	pane   *state.Pane
	record *record
}

// New returns the screen.
func New(cfg Config) *Screen {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	s := &Screen{cfg: cfg, record: newRecord(cfg)}
	s.buildFilter()
	s.older = control.NewButton(lang.L("Show older ones"), cfg.Model.More)
	s.grid = s.newGrid()
	s.search.OnDown = s.grid.Focus
	s.pane = state.NewPane(look.NewCard(look.Pad(1, s.grid)), cfg.After)
	s.Content = s.build()
	cfg.Model.OnChange = s.Refresh
	s.Refresh()
	return s
}

// FocusRows gives the keyboard to the rows.
func (s *Screen) FocusRows() { s.grid.Focus() }

// FocusSearch gives the keyboard to the search field.
func (s *Screen) FocusSearch(c fyne.Canvas) { c.Focus(s.search) }

// Selected returns the record that is selected; nil for none.
func (s *Screen) Selected() *trail.Row { return s.cfg.Model.Find(s.grid.Selected()) }

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
	title := look.Flush(look.Heading(lang.L("Audit log")))
	actions := look.Row(control.NewButton(lang.L("Verify"), s.cfg.OnVerify), control.NewButton(lang.L("Export…"), s.cfg.OnExport))
	head := container.New(layout.NewBorderLayout(nil, nil, nil, actions), title, actions)
	choices := look.Row(wide(s.action), wide(s.kind), s.actor)
	filters := container.New(layout.NewBorderLayout(nil, nil, nil, choices), choices, s.search)
	top := container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), look.Column(10, head, filters))
	foot := container.New(layout.NewCustomPaddedLayout(10, 0, 0, 0), s.record.content)
	return look.Pad(16, container.New(layout.NewBorderLayout(top, foot, nil, nil), top, foot, s.pane))
}

// wide gives a field the room its longer choices need.
func wide(choice fyne.CanvasObject) fyne.CanvasObject {
	return container.NewGridWrap(fyne.NewSize(150, choice.MinSize().Height), choice)
}

func (s *Screen) newGrid() *grid.Grid[*trail.Row] {
	m := s.cfg.Model
	return grid.New(grid.Config[*trail.Row]{
		Columns:  s.columns(),
		Len:      m.Len,
		At:       func(i int) (*trail.Row, bool) { return m.At(i), true },
		ID:       func(r *trail.Row) string { return r.Key() },
		Tips:     s.cfg.Tips,
		OnSelect: func(string) { s.record.show(s.Selected()) },
		OnOpen:   func(key string) { s.open(m.Find(key)) },
	})
}

// open shows the client whom a record is about, if it is about one.
func (s *Screen) open(r *trail.Row) {
	if r != nil && r.Client() != "" {
		s.cfg.OnOpen(r.Client())
	}
}

func (s *Screen) columns() []grid.Column[*trail.Row] {
	type column = grid.Column[*trail.Row]
	return []column{
		{
			ID: "when", Title: lang.L("When"), Width: 120,
			Text: func(r *trail.Row) string { return lang.Ago(r.At, s.cfg.Now()) },
			Tip:  func(r *trail.Row) string { return lang.Moment(r.At) },
		},
		{ID: "who", Title: lang.L("Who"), Width: 120, Grow: 2, Text: who},
		{ID: "what", Title: lang.L("Did what"), Width: 130, Grow: 1, Text: func(r *trail.Row) string { return lang.Deed(r.Action) }},
		{ID: "kind", Title: lang.L("To what"), Width: 100, Text: func(r *trail.Row) string { return lang.Kind(r.Kind) }},
		{ID: "whom", Title: lang.L("Name or id"), Width: 140, Grow: 3, Text: s.cfg.whom},
		{ID: "from", Title: lang.L("From where"), Width: 120, Grow: 1, Text: func(r *trail.Row) string { return r.Actor.From }},
	}
}

func who(r *trail.Row) string {
	if r.Actor.Type == policy.SubjectSystem {
		return lang.L("The sidecar")
	}
	return cmp.Or(r.Actor.Name, r.Actor.ID)
}

// whom returns what the thing is called that something was done to: a record that
// does not tell is about a client whose name may be known.
func (c Config) whom(r *trail.Row) string {
	return cmp.Or(r.Name(), c.ClientName(r.Client()), r.ID)
}

// Refresh shows the model as it is now.
func (s *Screen) Refresh() {
	m := s.cfg.Model
	s.grid.Reload()
	s.actor.SetText(actorText(m))
	switch m.State() {
	case trail.Rows:
		s.pane.ShowContent()
	case trail.Failed:
		s.pane.ShowFailed(lang.L("The audit log could not be read"), lang.Error(m.Err()), m.Reload)
	case trail.Loading:
		s.pane.ShowLoading(lang.L("Looking…"))
	case trail.None:
		s.pane.ShowEmpty(state.Message{
			Icon: theme.NewPrimaryThemedResource(theme.SearchIcon()), Title: lang.L("Nothing found"), Text: lang.L("No record of the audit log fits."),
			Action: lang.L("Show all"), OnAction: s.clear,
		})
	}
	s.record.offer(s.older, m.CanMore())
	s.record.show(s.Selected())
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
