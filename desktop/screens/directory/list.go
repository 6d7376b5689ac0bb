// Package directory shows the company's employees, groups and projects: the list
// of each kind, and the page on which one of them is changed.
package directory

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/directory"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/state"
	"sightline.example/desktop/widgets/tooltip"
	"sightline.example/policy"
)

// ListConfig says what a list shows, and whom it tells what is wanted. Everything
// is required but Widths.
type ListConfig struct {
	Model *directory.List
	Tips  *tooltip.Layer
	After func(time.Duration, func()) (stop func())
	// Writable reports whether anything can be changed now.
	Writable func() bool

	OnOpen   func(id string)
	OnNew    func()
	OnDelete func(id string)
	OnWho    func(id string) // who can see it is to be told
	OnImport func()
	OnRetry  func()
	OnChange func() // other rows are shown

	// Widths are those of columns, by their ids; OnResize is told of others.
	Widths   map[string]float32
	OnResize func(widths map[string]float32)
}

// List is all of a kind. It belongs to the UI goroutine.
type List struct {
	Content fyne.CanvasObject

	cfg    ListConfig
	search *control.Search
	load   *control.Button
	make   *control.Button
	grid   *grid.Grid[*directory.Row]
	pane   *state.Pane
}

// NewList returns the screen.
func NewList(cfg ListConfig) *List {
	s := &List{cfg: cfg}
	s.search = control.NewSearch(wordsOf(cfg.Model.Kind()).search, cfg.After)
	s.search.OnSearch = func(words string) {
		cfg.Model.Search(words)
		s.grid.ScrollToTop()
	}
	s.load = control.NewButton(lang.L("Import…"), cfg.OnImport)
	s.make = control.NewPrimary(wordsOf(cfg.Model.Kind()).make, cfg.OnNew)
	s.grid = s.newGrid()
	s.search.OnDown = s.grid.Enter
	s.pane = state.NewPane(look.NewCard(look.Pad(1, s.grid)), cfg.After)
	s.Content = s.build()
	cfg.Model.OnChange = s.Refresh
	s.Refresh()
	return s
}

// FocusRows gives the keyboard to the rows.
func (s *List) FocusRows() { s.grid.Focus() }

// FocusSearch gives the keyboard to the search field.
func (s *List) FocusSearch(c fyne.Canvas) { c.Focus(s.search) }

// ResetWidths gives the columns the widths they have at first.
func (s *List) ResetWidths() { s.grid.ResetWidths() }

// Selected returns the id of the row that is selected; it is empty for none.
func (s *List) Selected() string { return s.grid.Selected() }

// build lays the screen out, in the order of the Tab key.
func (s *List) build() fyne.CanvasObject {
	head := look.Head(look.Heading(Title(s.cfg.Model.Kind())), s.load, s.make)
	top := container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), look.Column(10, head, s.search))
	return look.Pad(16, container.New(layout.NewBorderLayout(top, nil, nil, nil), top, s.pane))
}

func (s *List) newGrid() *grid.Grid[*directory.Row] {
	m := s.cfg.Model
	return grid.New(grid.Config[*directory.Row]{
		Columns: columns(m.Kind()),
		Len:     m.Len,
		At:      func(i int) (*directory.Row, bool) { return m.At(i), true },
		ID:      func(r *directory.Row) string { return r.ID },
		Name:    func(r *directory.Row) string { return r.Name },
		Menu:    s.menu,
		Tips:    s.cfg.Tips,
		OnSort:  func(by grid.Sort) { m.Sort(model.Order{By: by.Key, Descending: by.Descending}) },
		OnOpen:  s.cfg.OnOpen,
		OnDelete: func(ids []string) {
			if s.cfg.Writable() {
				s.cfg.OnDelete(ids[0])
			}
		},
		Widths: s.cfg.Widths, OnResize: s.cfg.OnResize,
	})
}

func columns(kind directory.Kind) []grid.Column[*directory.Row] {
	type column = grid.Column[*directory.Row]
	count := func(title, by string, n func(*directory.Row) int) column {
		return column{
			ID: by, Title: title, Width: 100, Align: fyne.TextAlignTrailing, Sort: by,
			Text: func(r *directory.Row) string { return lang.Number(n(r)) },
		}
	}
	employees := count(lang.L("Employees"), directory.SortEmployees, func(r *directory.Row) int { return r.Employees })
	groups := count(lang.L("Groups"), directory.SortGroups, func(r *directory.Row) int { return r.Groups })
	projects := count(lang.L("Projects"), directory.SortProjects, func(r *directory.Row) int { return r.Projects })
	clients := count(lang.L("In scopes"), directory.SortClients, func(r *directory.Row) int { return r.Clients })
	employees.Width, clients.Width = 116, 130
	all := []column{
		{ID: "name", Title: lang.L("Name"), Width: 140, Grow: 3, Sort: directory.SortName, Text: func(r *directory.Row) string { return r.Name }},
		{ID: "id", Title: lang.L("Identifier"), Width: 100, Grow: 1, Sort: directory.SortID, Text: func(r *directory.Row) string { return r.ID }},
	}
	switch kind {
	case policy.TypeEmployee:
		return append(all, groups, projects)
	case policy.TypeProject:
		return append(all, employees, groups, clients)
	}
	return append(all, employees, projects, clients)
}

// menu returns what can be done with a row.
func (s *List) menu(r *directory.Row) *fyne.Menu {
	remove := fyne.NewMenuItem(lang.L("Delete…"), func() { s.cfg.OnDelete(r.ID) })
	remove.Disabled = !s.cfg.Writable()
	return fyne.NewMenu("",
		fyne.NewMenuItem(lang.L("Open"), func() { s.cfg.OnOpen(r.ID) }),
		fyne.NewMenuItem(lang.L("Who can see it?"), func() { s.cfg.OnWho(r.ID) }),
		fyne.NewMenuItemSeparator(),
		remove)
}

// Refresh shows the model as it is now.
func (s *List) Refresh() {
	m := s.cfg.Model
	s.grid.SetSort(grid.Sort{Key: m.Order().By, Descending: m.Order().Descending})
	s.grid.Reload()
	look.Enable(s.load, s.cfg.Writable())
	look.Enable(s.make, s.cfg.Writable())
	switch {
	case m.Read() && m.Len() > 0:
		s.pane.ShowContent()
	case !m.Read() && m.Link().Err != nil:
		s.pane.ShowFailed(lang.L("The directory could not be loaded"), lang.Error(m.Link().Err), s.cfg.OnRetry)
	case !m.Read():
		s.pane.ShowLoading(lang.L("Loading…"))
	case m.Total() > 0:
		s.pane.ShowEmpty(state.Message{
			Icon: theme.NewPrimaryThemedResource(theme.SearchIcon()), Title: lang.L("Nothing found"),
			Text:   lang.L("Nothing is found by “{{.Text}}”.", lang.Data{"Text": m.Words()}),
			Action: lang.L("Clear search"), OnAction: s.search.Clear,
		})
	default:
		message := state.Message{
			Icon: theme.NewPrimaryThemedResource(theme.FolderOpenIcon()), Title: lang.L("Nothing here yet"),
			Text: lang.L("Bring employees, groups and projects over from where your company has them: as tables, or as one file."),
		}
		if s.cfg.Writable() {
			message.Action, message.OnAction = lang.L("Import…"), s.cfg.OnImport
		}
		s.pane.ShowEmpty(message)
	}
	s.cfg.OnChange()
}
