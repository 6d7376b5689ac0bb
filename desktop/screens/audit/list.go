package audit

import (
	"cmp"

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
	"sightline.example/policy"
)

// list is the records, and below them what the selected one changed.
type list struct {
	content *fyne.Container

	cfg    Config
	clear  func() // shows all records; nil where there is no filter
	older  *control.Button
	grid   *grid.Grid[*trail.Row]
	pane   *state.Pane
	record *record
	foot   *fyne.Container // has the record
}

func newList(cfg Config, clear func(), columns []grid.Column[*trail.Row]) *list {
	l := &list{cfg: cfg, clear: clear, record: newRecord(cfg), older: control.NewButton(lang.L("Show older ones"), cfg.Model.More)}
	l.grid = l.newGrid(columns)
	l.pane = state.NewPane(look.NewCard(look.Pad(1, l.grid)), cfg.After)
	l.foot = container.New(layout.NewCustomPaddedLayout(10, 0, 0, 0), l.record.content)
	l.content = container.New(layout.NewBorderLayout(nil, l.foot, nil, nil), l.foot, l.pane)
	return l
}

func (l *list) newGrid(columns []grid.Column[*trail.Row]) *grid.Grid[*trail.Row] {
	m := l.cfg.Model
	return grid.New(grid.Config[*trail.Row]{
		Columns:  columns,
		Len:      m.Len,
		At:       func(i int) (*trail.Row, bool) { return m.At(i), true },
		ID:       func(r *trail.Row) string { return r.Key() },
		Tips:     l.cfg.Tips,
		OnSelect: func(string) { l.show() },
		OnOpen:   func(key string) { l.open(m.Find(key)) },
		Widths:   l.cfg.Widths,
		OnResize: l.cfg.OnResize,
	})
}

// selected returns the record that is selected; nil for none.
func (l *list) selected() *trail.Row { return l.cfg.Model.Find(l.grid.Selected()) }

// open shows the client whom a record is about, if it is about one.
func (l *list) open(r *trail.Row) {
	if r != nil && r.Client() != "" && l.cfg.OnOpen != nil {
		l.cfg.OnOpen(r.Client())
	}
}

// columns are those of the whole log.
func columns(cfg Config) []grid.Column[*trail.Row] {
	return append(columnsOfOne(cfg),
		column{ID: "whom", Title: lang.L("To what"), Width: 190, Grow: 4, Text: cfg.thing},
		columnFrom())
}

type column = grid.Column[*trail.Row]

// columnsOfOne are those of the records of one thing, but for where they came from.
func columnsOfOne(cfg Config) []column {
	return []column{
		{
			ID: "when", Title: lang.L("When"), Width: 124,
			Text: func(r *trail.Row) string { return lang.Ago(r.At, cfg.Now()) },
			Tip:  func(r *trail.Row) string { return lang.Moment(r.At) },
		},
		{ID: "who", Title: lang.L("Who"), Width: 108, Grow: 2, Text: who},
		{ID: "what", Title: lang.L("Did what"), Width: 112, Grow: 1, Text: func(r *trail.Row) string { return lang.Deed(r.Action) }},
	}
}

func columnFrom() column {
	return column{ID: "from", Title: lang.L("From where"), Width: 104, Grow: 1, Text: func(r *trail.Row) string { return r.Actor.From }}
}

func who(r *trail.Row) string {
	if r.Actor.Type == policy.SubjectSystem {
		return lang.L("The sidecar")
	}
	return cmp.Or(r.Actor.Name, r.Actor.ID)
}

// thing returns what something was done to. A session is no more than that: nobody
// knows one by its id.
func (c Config) thing(r *trail.Row) string {
	if r.Kind == string(policy.KindSessions) {
		return lang.Kind(r.Kind)
	}
	return lang.Kind(r.Kind) + " " + c.whom(r)
}

// whom returns what the thing is called that something was done to: a record that
// does not tell is about a client whose name may be known.
func (c Config) whom(r *trail.Row) string {
	return cmp.Or(r.Name(), c.NameOf(string(policy.SubjectClient), string(r.Client())), r.ID)
}

func (l *list) refresh() {
	m := l.cfg.Model
	l.grid.Reload()
	switch m.State() {
	case trail.Rows:
		l.pane.ShowContent()
	case trail.Failed:
		l.pane.ShowFailed(lang.L("The audit log could not be read"), lang.Error(m.Err()), m.Reload)
	case trail.Loading:
		l.pane.ShowLoading(lang.L("Looking…"))
	case trail.None:
		l.showNone()
	}
	if none := m.Len() == 0; none == l.foot.Visible() {
		look.Hide(l.foot, none)
		l.content.Refresh()
	}
	l.record.offer(l.older, m.CanMore())
	l.show()
}

// show shows what the selected record changed, for which the rows make room.
func (l *list) show() {
	r := l.selected()
	if l.record.show(r) {
		l.content.Refresh()
		l.grid.Select(l.grid.Selected())
	}
}

func (l *list) showNone() {
	none := state.Message{
		Icon: theme.NewPrimaryThemedResource(theme.SearchIcon()), Title: lang.L("Nothing found"), Text: lang.L("No record of the audit log fits."),
	}
	if l.clear != nil {
		none.Action, none.OnAction = lang.L("Show all"), l.clear
	}
	l.pane.ShowEmpty(none)
}
