package review

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/review"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/state"
	"sightline.example/desktop/widgets/tooltip"
)

// FindingsConfig says what the findings are, and whom the screen tells what is
// wanted. Everything is required.
type FindingsConfig struct {
	Model *review.Findings
	Tips  *tooltip.Layer
	After func(time.Duration, func()) (stop func())

	OnOpen   func(review.Finding) // what it is about is to be shown
	OnExport func()
	OnChange func() // something else is shown
}

// Findings lists what asks for a look. It belongs to the UI goroutine.
type Findings struct {
	Content fyne.CanvasObject

	cfg    FindingsConfig
	sort   *control.Select
	whats  []review.What // that can be chosen; the first is all
	export *control.Button
	grid   *grid.Grid[review.Finding]
	pane   *state.Pane
}

// NewFindings returns the screen.
func NewFindings(cfg FindingsConfig) *Findings {
	s := &Findings{cfg: cfg, export: control.NewButton(lang.L("Export…"), cfg.OnExport)}
	s.sort = control.NewSelect(nil, nil)
	s.grid = s.newGrid()
	s.pane = state.NewPane(look.NewCard(look.Pad(1, s.grid)), cfg.After)
	s.Content = s.build()
	cfg.Model.OnChange = s.Refresh
	s.Refresh()
	return s
}

// FocusRows gives the keyboard to the rows.
func (s *Findings) FocusRows() { s.grid.Focus() }

// build lays the screen out, in the order of the Tab key.
func (s *Findings) build() fyne.CanvasObject {
	again := control.NewIcon(theme.ViewRefreshIcon(), lang.L("Look again"), s.cfg.Tips, s.cfg.Model.Again)
	wide := container.NewGridWrap(fyne.NewSize(240, s.sort.MinSize().Height), s.sort)
	head := look.Head(look.Heading(lang.L("Findings")), wide, again, s.export)
	about := look.Paragraph(lang.L("Who sees too much or nothing, what refers to what is gone, and what nobody can be shown. The gravest comes first."))
	about.Importance = widget.LowImportance
	top := container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), look.Column(10, head, look.Flush(about)))
	return look.Pad(16, container.New(layout.NewBorderLayout(top, nil, nil, nil), top, s.pane))
}

func (s *Findings) newGrid() *grid.Grid[review.Finding] {
	m := s.cfg.Model
	open := func(key string) {
		if f, listed := m.Find(key); listed {
			s.cfg.OnOpen(f)
		}
	}
	return grid.New(grid.Config[review.Finding]{
		Columns: []grid.Column[review.Finding]{
			{
				ID: "what", Title: lang.L("Finding"), Width: 150, Build: func() fyne.CanvasObject { return chip.New("", look.Neutral) },
				Show: func(f review.Finding, cell fyne.CanvasObject) {
					cell.(*chip.Chip).Set(findingText(f.What), findingTone(f.What))
				},
			},
			{ID: "kind", Title: lang.L("What"), Width: 100, Text: func(f review.Finding) string { return lang.Type(f.Kind) }},
			{
				ID: "about", Title: lang.L("Name"), Width: 130, Grow: 2, Build: newLinkCell, Tip: nameOf,
				Show: func(f review.Finding, cell fyne.CanvasObject) {
					l := linkOf(cell)
					l.tapped = func() { s.cfg.OnOpen(f) }
					l.SetText(nameOf(f))
				},
			},
			{ID: "why", Title: lang.L("Why it matters"), Width: 200, Grow: 5, Wrap: true, Text: why},
		},
		Len:    func() int { return len(m.Rows()) },
		At:     func(i int) (review.Finding, bool) { return m.Rows()[i], true },
		ID:     review.Finding.Key,
		Name:   nameOf,
		Tips:   s.cfg.Tips,
		OnOpen: open,
		Menu: func(f review.Finding) *fyne.Menu {
			return fyne.NewMenu("", fyne.NewMenuItem(lang.L("Open"), func() { s.cfg.OnOpen(f) }))
		},
	})
}

// Refresh shows the model as it is now.
func (s *Findings) Refresh() {
	m := s.cfg.Model
	s.offer()
	look.Enable(s.export, len(m.Rows()) > 0)
	s.grid.Reload()
	switch {
	case m.Err() != nil:
		s.pane.ShowFailed(lang.L("The findings could not be found out"), lang.Error(m.Err()), m.Again)
	case !m.Read():
		s.pane.ShowLoading(lang.L("Looking…"))
	case len(m.Rows()) == 0:
		s.showNone()
	default:
		s.pane.ShowContent()
	}
	s.cfg.OnChange()
}

func (s *Findings) showNone() {
	none := state.Message{
		Icon: theme.NewSuccessThemedResource(theme.ConfirmIcon()), Title: lang.L("Nothing found"),
		Text: lang.L("Every access is as it should be, and whatever there is can be shown to somebody."),
	}
	if s.cfg.Model.Shown() != "" {
		none.Text = lang.L("Nothing of this sort is found any more.")
		none.Action, none.OnAction = lang.L("Show all"), func() { s.cfg.Model.Show("") }
	}
	s.pane.ShowEmpty(none)
}

// offer offers all there is to choose from: what was found, and what is chosen.
func (s *Findings) offer() {
	m := s.cfg.Model
	whats := slices.DeleteFunc(review.Whats(), func(w review.What) bool { return m.Count(w) == 0 && w != m.Shown() })
	s.whats = append([]review.What{""}, whats...)
	options := make([]string, len(s.whats))
	for i, w := range s.whats {
		if options[i] = findingText(w); !m.Read() {
			continue
		}
		options[i] = lang.L("{{.Name}} ({{.N}})", lang.Data{"Name": findingText(w), "N": lang.Number(m.Count(w))})
	}
	s.sort.OnChanged = nil
	s.sort.SetOptions(options)
	s.sort.SetSelectedIndex(slices.Index(s.whats, m.Shown()))
	s.sort.OnChanged = func(string) { m.Show(s.whats[s.sort.SelectedIndex()]) }
}

// nameOf returns the name of what it is about, or its id if it has none.
func nameOf(f review.Finding) string {
	if f.Name == "" {
		return f.ID
	}
	return f.Name
}
