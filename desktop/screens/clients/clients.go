// Package clients is the list of clients: searched, filtered and sorted, with
// what can be done with one of them or with several at once.
package clients

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/state"
	"sightline.example/desktop/widgets/tooltip"
)

// Config says what the screen shows, and whom it tells what is wanted. Everything
// is required but Widths.
type Config struct {
	Model *model.Clients
	Tips  *tooltip.Layer
	After func(time.Duration, func()) (stop func())
	// Choose lets the admin choose one of some things by name.
	Choose func(things []Thing, chosen func(id string))
	// Groups and Projects are what there is to filter by.
	Groups, Projects func() []Thing
	// Writable reports whether anything can be changed now.
	Writable func() bool

	OnOpen    func(id string)
	OnEdit    func(id string)
	OnDetails func(id string)
	OnInvite  func() // nil where nobody can be invited from
	OnImport  func() // of the directory; nil where it can't be imported
	OnAct     func(act model.Act, ids []string)
	OnExport  func(ids []string) // of the ticked ones; none is of all that are listed
	OnRetry   func()
	OnChange  func() // others are listed, or ticked

	// Widths are those of columns, by their ids; OnResize is told of others.
	Widths   map[string]float32
	OnResize func(widths map[string]float32)
}

// Thing is a group or a project.
type Thing struct{ ID, Name string }

// Screen is the list of clients. It belongs to the UI goroutine.
type Screen struct {
	Content fyne.CanvasObject

	cfg    Config
	search *control.Search
	chips  *chip.FilterBar
	grid   *grid.Grid[*model.Client]
	pane   *state.Pane
	bulk   *bulk
	invite *control.Button
	// removals are those that the ticked ones have been looked through for.
	removals model.Removals

	body *fyne.Container // is laid out anew when what stands over the rows has grown
	over *fyne.Container // stands over them
	high float32         // how high that is
}

// New returns the screen.
func New(cfg Config) *Screen {
	s := &Screen{cfg: cfg, chips: chip.NewFilterBar()}
	s.search = control.NewSearch(lang.L("Search by name or address"), cfg.After)
	s.search.OnSearch = func(words string) {
		cfg.Model.Search(words)
		s.grid.ScrollToTop()
	}
	s.grid = s.newGrid()
	s.pane = state.NewPane(look.NewCard(look.Pad(1, s.grid)), cfg.After)
	s.search.OnDown = s.grid.Focus
	s.chips.OnRemove, s.chips.OnClear = s.remove, s.clear
	s.bulk = newBulk(s)
	s.invite = control.NewPrimary(lang.L("Invite a client"), cfg.OnInvite)
	if cfg.OnInvite == nil {
		s.invite.Hide()
	}
	s.Content = s.build()
	cfg.Model.OnChange, cfg.Model.OnCount = s.Refresh, s.counted
	s.Refresh()
	return s
}

// FocusSearch gives the keyboard to the search field.
func (s *Screen) FocusSearch(c fyne.Canvas) { c.Focus(s.search) }

// FocusRows gives the keyboard to the rows.
func (s *Screen) FocusRows() { s.grid.Focus() }

// ResetWidths gives the columns the widths they have at first.
func (s *Screen) ResetWidths() { s.grid.ResetWidths() }

// Ticked returns the ids of the ticked clients.
func (s *Screen) Ticked() []string { return s.grid.Ticked() }

// Selected returns the id of the selected client; it is empty for none.
func (s *Screen) Selected() string { return s.grid.Selected() }

// Select selects a client.
func (s *Screen) Select(id string) { s.grid.Select(id) }

// Untick ticks nothing any more.
func (s *Screen) Untick() {
	s.grid.SetTicked(nil)
	s.ticked()
}

// ticked shows what can be done with those that are ticked now.
func (s *Screen) ticked() {
	s.bulk.refresh()
	if high := s.over.MinSize().Height; high != s.high { // to do it each time is to paint all rows twice
		s.high = high
		s.body.Refresh()
	}
	s.cfg.OnChange()
}

// build lays the screen out, in the order of the Tab key.
func (s *Screen) build() fyne.CanvasObject {
	export := control.NewButton(lang.L("Export"), func() { s.cfg.OnExport(nil) })
	actions := look.Row(export, s.invite)
	title := look.Middle(look.Flush(look.Heading(lang.L("Clients"))))
	head := container.New(layout.NewBorderLayout(nil, nil, nil, actions), title, actions)
	filters := container.New(layout.NewCustomPaddedLayout(0, 0, look.Gap, 0), look.Row(s.filterButtons()...))
	find := container.New(layout.NewBorderLayout(nil, nil, nil, filters), s.search, filters)
	top := look.Column(10, head, find, s.chips, s.bulk.content)
	s.over = container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), top)
	s.body = container.New(layout.NewBorderLayout(s.over, nil, nil, nil), s.over, s.pane)
	return look.Pad(16, s.body)
}

// Refresh shows the model as it is now.
func (s *Screen) Refresh() {
	m := s.cfg.Model
	q := m.Query()
	s.chips.Set(s.filterChips(q.Filter))
	s.grid.SetSort(grid.Sort{Key: q.Order.By, Descending: q.Order.Descending})
	s.untickRemoved(m.Data())
	s.grid.Reload()
	look.Enable(s.invite, s.cfg.Writable())
	s.show(m)
	s.ticked()
}

// untickRemoved unticks the clients that are gone for good.
func (s *Screen) untickRemoved(d *model.Data) {
	if now := d.Removals(); d.Complete() && now != s.removals {
		s.removals = now
		s.grid.Untick(func(id string) bool { return d.Clients.Find(id) == nil })
	}
}

// counted shows how much the clients see, as far as it is known now.
func (s *Screen) counted() {
	s.grid.Refresh()
	s.cfg.OnChange()
}

// show shows the rows, or what stands in for them.
func (s *Screen) show(m *model.Clients) {
	switch m.State() {
	case model.ClientsRows:
		s.pane.ShowContent()
	case model.ClientsLoading:
		s.pane.ShowLoading(lang.L("Loading clients…"))
	case model.ClientsFailed:
		s.pane.ShowFailed(lang.L("The clients could not be loaded"), lang.Error(m.Link().Err), s.cfg.OnRetry)
	case model.ClientsNoMatch:
		s.pane.ShowEmpty(s.noMatch(m.Query()))
	case model.ClientsNone:
		s.pane.ShowEmpty(s.begin())
	}
}

// begin says what to begin with where there are no clients: with what they could
// see, if there is nothing of that either.
func (s *Screen) begin() state.Message {
	message := state.Message{
		Icon: theme.NewPrimaryThemedResource(theme.AccountIcon()), Title: lang.L("No clients yet"),
		Text: lang.L("Clients are guests from outside. You decide whose work they see, and on which projects."),
	}
	bare := len(s.cfg.Groups()) == 0 && len(s.cfg.Projects()) == 0
	switch {
	case !s.cfg.Writable():
	case bare && s.cfg.OnImport != nil:
		message.Text = lang.L("Begin with your employees, groups and projects, which are what clients can be shown. Then invite clients.")
		message.Action, message.OnAction = lang.L("Import the directory"), s.cfg.OnImport
	case s.cfg.OnInvite != nil:
		message.Action, message.OnAction = lang.L("Invite a client"), s.cfg.OnInvite
	}
	return message
}

func (s *Screen) noMatch(q model.Query) state.Message {
	searched := lang.Data{"Text": q.Search}
	message := state.Message{
		Icon: theme.NewPrimaryThemedResource(theme.SearchIcon()), Title: lang.L("Nothing found"),
		Text: lang.L("No client is found by “{{.Text}}” and fits the filters.", searched), Action: lang.L("Clear search and filters"),
		OnAction: s.clear,
	}
	switch {
	case q.Search == "":
		message.Text, message.Action = lang.L("No client fits all of the filters."), lang.L("Clear filters")
	case len(s.filterChips(q.Filter)) == 0:
		message.Text, message.Action = lang.L("No client is found by “{{.Text}}”.", searched), lang.L("Clear search")
	}
	return message
}

func (s *Screen) clear() {
	q := s.cfg.Model.Query()
	q.Search, q.Filter = "", model.Filter{}
	s.search.SetText("")
	s.cfg.Model.SetQuery(q)
	s.grid.ScrollToTop()
}
