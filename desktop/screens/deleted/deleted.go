// Package deleted is the list of clients who were deleted, and where what is
// personal of them is erased.
package deleted

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/deleted"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/state"
	"sightline.example/desktop/widgets/tooltip"
)

// Config says what the screen shows, and whom it tells what is wanted. Everything
// is required but Now.
type Config struct {
	Model *deleted.Deleted
	Tips  *tooltip.Layer
	After func(time.Duration, func()) (stop func())
	Now   func() time.Time // nil means time.Now
	// Hindrance says why nothing can be changed now; it is empty if something can.
	Hindrance func() string

	OnErase  func(deleted.Client) // is wanted, and has to be asked about
	OnChange func()               // other rows are shown
}

// Screen is the list. It belongs to the UI goroutine.
type Screen struct {
	Content fyne.CanvasObject

	cfg    Config
	search *control.Search
	erase  *control.Button
	grid   *grid.Grid[deleted.Client]
	pane   *state.Pane
}

// New returns the screen.
func New(cfg Config) *Screen {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	s := &Screen{cfg: cfg}
	s.search = control.NewSearch(lang.L("Search by name, address or id"), cfg.After)
	s.search.OnSearch = cfg.Model.Search
	s.erase = control.NewButton(lang.L("Erase personal data…"), func() { s.ask(s.grid.Selected()) })
	s.erase.Tips = cfg.Tips
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

// build lays the screen out, in the order of the Tab key.
func (s *Screen) build() fyne.CanvasObject {
	title := look.Middle(look.Flush(look.Heading(lang.L("Deleted clients"))))
	actions := look.Row(s.erase)
	head := container.New(layout.NewBorderLayout(nil, nil, nil, actions), title, actions)
	about := look.Paragraph(lang.L("Their ids are never used again. Names and addresses stay here and in the audit log until they are erased."))
	top := container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), look.Column(10, head, look.Flush(about), s.search))
	return look.Pad(16, container.New(layout.NewBorderLayout(top, nil, nil, nil), top, s.pane))
}

func (s *Screen) newGrid() *grid.Grid[deleted.Client] {
	m := s.cfg.Model
	return grid.New(grid.Config[deleted.Client]{
		Columns:  s.columns(),
		Len:      m.Len,
		At:       func(i int) (deleted.Client, bool) { return m.At(i), true },
		ID:       func(d deleted.Client) string { return string(d.ID) },
		Name:     func(d deleted.Client) string { return d.Name },
		Menu:     s.menu,
		Tips:     s.cfg.Tips,
		OnSelect: func(string) { s.enable() },
		OnDelete: func(ids []string) { s.ask(ids[0]) },
	})
}

func (s *Screen) columns() []grid.Column[deleted.Client] {
	type column = grid.Column[deleted.Client]
	return []column{
		{ID: "name", Title: lang.L("Name"), Width: 120, Grow: 3, Text: func(d deleted.Client) string { return orDash(d.Name) }},
		{ID: "email", Title: lang.L("E-mail"), Width: 120, Grow: 2, Text: func(d deleted.Client) string { return orDash(d.Email) }},
		{ID: "id", Title: lang.L("Client id"), Width: 90, Grow: 1, Text: func(d deleted.Client) string { return string(d.ID) }},
		{
			ID: "deleted", Title: lang.L("Deleted"), Width: 120, Grow: 1,
			Text: s.when,
			Tip:  func(d deleted.Client) string { return lang.Moment(d.Deleted) },
		},
		{
			ID: "data", Title: lang.L("Personal data"), Width: 136,
			Build: func() fyne.CanvasObject { return chip.New("", look.Neutral) },
			Show:  s.showData,
		},
	}
}

func (s *Screen) when(d deleted.Client) string {
	if d.Deleted.IsZero() {
		return "–"
	}
	return lang.Who(d.By, d.Deleted, s.cfg.Now())
}

func (s *Screen) showData(d deleted.Client, cell fyne.CanvasObject) {
	text, tone := lang.L("Kept"), look.Info
	switch {
	case d.Erased:
		text, tone = lang.L("Erased"), look.Neutral
	case s.cfg.Model.Erasing(d.ID):
		text, tone = lang.L("Erasing…"), look.Warning
	}
	cell.(*chip.Chip).Set(text, tone)
}

func (s *Screen) menu(d deleted.Client) *fyne.Menu {
	item := fyne.NewMenuItem(lang.L("Erase personal data…"), func() { s.ask(string(d.ID)) })
	item.Disabled = s.why(d) != ""
	return fyne.NewMenu("", item)
}

// why says why a client can't be erased; it is empty if that can be done.
func (s *Screen) why(d deleted.Client) string {
	if d.Erased {
		return lang.L("Nothing but the id is left of this client.")
	}
	return s.cfg.Hindrance()
}

// ask wants a client to be erased, if that can be done.
func (s *Screen) ask(id string) {
	if d, known := s.cfg.Model.Find(id); known && s.why(d) == "" {
		s.cfg.OnErase(d)
	}
}

// Refresh shows the model as it is now.
func (s *Screen) Refresh() {
	m := s.cfg.Model
	s.grid.Reload()
	switch {
	case m.Len() > 0:
		s.pane.ShowContent()
	case !m.Read() && m.Err() != nil:
		s.pane.ShowFailed(lang.L("The deleted clients could not be loaded"), lang.Error(m.Err()), m.Reload)
	case !m.Read():
		s.pane.ShowLoading(lang.L("Loading clients…"))
	case m.Total() > 0:
		s.pane.ShowEmpty(state.Message{
			Icon: theme.NewPrimaryThemedResource(theme.SearchIcon()), Title: lang.L("Nothing found"),
			Text: lang.L("No deleted client is found by “{{.Text}}”.", lang.Data{"Text": m.Words()}), Action: lang.L("Clear search"), OnAction: s.search.Clear,
		})
	default:
		s.pane.ShowEmpty(state.Message{
			Icon: theme.NewPrimaryThemedResource(theme.AccountIcon()), Title: lang.L("No client was deleted"),
			Text: lang.L("When one is, the name stays here until it is erased."),
		})
	}
	s.enable()
	s.cfg.OnChange()
}

func (s *Screen) enable() {
	why := lang.L("Select a client first.")
	if d, known := s.cfg.Model.Find(s.grid.Selected()); known {
		why = s.why(d)
	}
	s.erase.Tip = why
	if why == "" {
		s.erase.Enable()
	} else {
		s.erase.Disable()
	}
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}
