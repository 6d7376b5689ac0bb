// Package review shows who can see something, and why a client can see it or can't.
package review

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/review"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/state"
	"sightline.example/desktop/widgets/tooltip"
	"sightline.example/policy"
)

// Config says what the screen shows, and whom it tells what is wanted. Everything
// is required but Widths.
type Config struct {
	Model *review.Review
	Tips  *tooltip.Layer
	After func(time.Duration, func()) (stop func())

	OnChoose func(kind string) // a thing of the kind is to be chosen
	OnAsk    func()            // a client is to be chosen, to ask whether that one can see the thing
	OnOpen   func(client string)
	OnEdit   func(client string) // the scope is to be edited
	OnWhy    func(client string, thing review.Thing)
	OnExport func()
	// OnFindings is to show what asks for a look.
	OnFindings func()
	OnChange   func() // something else is shown

	// Widths are those of columns, by their ids; OnResize is told of others.
	Widths   map[string]float32
	OnResize func(widths map[string]float32)
}

// Screen is who can see something. It belongs to the UI goroutine.
type Screen struct {
	Content fyne.CanvasObject

	cfg    Config
	title  *widget.Label
	with   *control.Select // screencasts
	again  *control.Button
	export *control.Button
	grid   *grid.Grid[review.Client]
	pane   *state.Pane
}

// New returns the screen.
func New(cfg Config) *Screen {
	s := &Screen{cfg: cfg, title: look.Heading("")}
	s.again = control.NewIcon(theme.ViewRefreshIcon(), lang.L("Ask again"), cfg.Tips, cfg.Model.Again)
	s.export = control.NewButton(lang.L("Export…"), cfg.OnExport)
	s.with = control.NewSelect([]string{lang.L("All clients"), lang.L("Screencasts: on"), lang.L("Screencasts: off")}, nil)
	s.with.OnChanged = func(string) { cfg.Model.Show(withs()[s.with.SelectedIndex()]) }
	s.grid = s.newGrid()
	s.pane = state.NewPane(look.NewCard(look.Pad(1, s.grid)), cfg.After)
	s.Content = s.build()
	cfg.Model.OnChange = s.Refresh
	s.Refresh()
	return s
}

// FocusRows gives the keyboard to the rows.
func (s *Screen) FocusRows() { s.grid.Focus() }

// ResetWidths gives the columns the widths they have at first.
func (s *Screen) ResetWidths() { s.grid.ResetWidths() }

// build lays the screen out, in the order of the Tab key.
func (s *Screen) build() fyne.CanvasObject {
	choose := func(text, kind string) *control.Button {
		return control.NewButton(text, func() { s.cfg.OnChoose(kind) })
	}
	kinds := look.Row(
		choose(lang.L("Choose an employee…"), policy.TypeEmployee),
		choose(lang.L("Choose a project…"), policy.TypeProject),
		choose(lang.L("Choose a group…"), policy.TypeGroup),
		container.NewGridWrap(fyne.NewSize(160, s.with.MinSize().Height), s.with))
	ask := control.NewButton(lang.L("Can a client see it?…"), s.cfg.OnAsk)
	head := look.Head(s.title, s.again, ask, control.NewButton(lang.L("Findings"), s.cfg.OnFindings), s.export)
	top := container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), look.Column(10, head, kinds))
	return look.Pad(16, container.New(layout.NewBorderLayout(top, nil, nil, nil), top, s.pane))
}

// withs are what the field of screencasts offers: both, with, and without.
func withs() []*bool { return []*bool{nil, new(true), new(false)} }

func (s *Screen) newGrid() *grid.Grid[review.Client] {
	m := s.cfg.Model
	return grid.New(grid.Config[review.Client]{
		Columns: columns(m),
		Len:     m.Len,
		At:      func(i int) (review.Client, bool) { return m.At(i), true },
		ID:      func(c review.Client) string { return string(c.ID) },
		Name:    func(c review.Client) string { return c.Name },
		Tips:    s.cfg.Tips,
		OnOpen:  s.cfg.OnOpen,
		OnEdit:  s.cfg.OnEdit,
		Menu: func(c review.Client) *fyne.Menu {
			return fyne.NewMenu("",
				fyne.NewMenuItem(lang.L("Details"), func() { s.cfg.OnOpen(string(c.ID)) }),
				fyne.NewMenuItem(lang.L("Edit scope"), func() { s.cfg.OnEdit(string(c.ID)) }),
				fyne.NewMenuItem(lang.L("Why?"), func() { s.cfg.OnWhy(string(c.ID), m.Thing()) }))
		},
		Widths: s.cfg.Widths, OnResize: s.cfg.OnResize,
	})
}

func columns(m *review.Review) []grid.Column[review.Client] {
	return []grid.Column[review.Client]{
		{ID: "name", Title: lang.L("Client"), Width: 140, Grow: 2, Text: func(c review.Client) string { return c.Name }},
		{ID: "email", Title: lang.L("E-mail"), Width: 140, Grow: 2, Text: func(c review.Client) string { return c.Email }},
		{ID: "mode", Title: lang.L("Sees by"), Width: 140, Text: func(c review.Client) string { return lang.Mode(c.Mode) }},
		{ID: "screencasts", Title: lang.L("Screencasts"), Width: 118, Text: func(c review.Client) string { return lang.YesNo(m.Screencasts(c)) }},
		{ID: "through", Title: lang.L("Through"), Width: 140, Grow: 3, Text: through},
	}
}

// through names the groups and projects of the scope that let the client see it.
func through(c review.Client) string {
	var names []string
	for _, n := range c.Groups {
		names = append(names, n.Name)
	}
	for _, n := range c.Projects {
		names = append(names, n.Name)
	}
	if len(names) == 0 {
		return c.Sentence
	}
	return strings.Join(names, ", ")
}

// Refresh shows the model as it is now.
func (s *Screen) Refresh() {
	m := s.cfg.Model
	s.showTitle(titleOf(m.Thing()))
	look.Enable(s.again, m.Thing() != review.Thing{})
	look.Enable(s.export, m.Read() && m.Len() > 0)
	s.grid.Reload()
	i := slices.IndexFunc(withs(), func(with *bool) bool {
		return with == nil && m.Shown() == nil || with != nil && m.Shown() != nil && *with == *m.Shown()
	})
	s.with.Selected = s.with.Options[i]
	s.with.Refresh()
	switch {
	case m.Thing() == review.Thing{}:
		s.pane.ShowEmpty(state.Message{
			Icon: theme.NewPrimaryThemedResource(theme.VisibilityIcon()), Title: lang.L("Who can see it?"),
			Text:   lang.L("Choose an employee, a project or a group. All clients who can see it now are listed, with what in their scope lets them."),
			Action: lang.L("Choose an employee…"), OnAction: func() { s.cfg.OnChoose(policy.TypeEmployee) },
		})
	case m.Err() != nil:
		s.pane.ShowFailed(lang.L("Who can see it could not be found out"), lang.Error(m.Err()), m.Again)
	case !m.Read():
		s.pane.ShowLoading(lang.L("Looking…"))
	case m.Total() > 0 && m.Len() == 0:
		s.showNone()
	case m.Len() == 0:
		s.pane.ShowEmpty(state.Message{
			Icon: theme.NewPrimaryThemedResource(theme.VisibilityOffIcon()), Title: lang.L("No client can see it"),
			Text: lang.L("Invited, suspended and expired clients see nothing, whatever their scope says."),
		})
	default:
		s.pane.ShowContent()
	}
	s.cfg.OnChange()
}

// showNone says that nobody is listed because of what was chosen.
func (s *Screen) showNone() {
	m := s.cfg.Model
	text := lang.L("All who can see it see it without screencasts.")
	if !*m.Shown() {
		text = lang.L("All who can see it see its screencasts, too.")
	}
	s.pane.ShowEmpty(state.Message{
		Icon: theme.NewPrimaryThemedResource(theme.SearchIcon()), Title: lang.L("Nothing found"), Text: text,
		Action: lang.L("Show all"), OnAction: func() { m.Show(nil) },
	})
}

// longTitle is how many letters a title may have that is shown whole, on more than one
// line where the window is narrow.
const longTitle = 90

func (s *Screen) showTitle(text string) {
	s.title.Wrapping, s.title.Truncation = fyne.TextWrapWord, fyne.TextTruncateOff
	if utf8.RuneCountInString(text) > longTitle {
		s.title.Wrapping, s.title.Truncation = fyne.TextWrapOff, fyne.TextTruncateEllipsis
	}
	s.title.SetText(text)
}

// titleOf asks who can see a thing, in words.
func titleOf(t review.Thing) string {
	name := lang.Data{"Name": t.Name}
	switch t.Kind {
	case policy.TypeEmployee:
		return lang.L("Who can see the employee {{.Name}}?", name)
	case policy.TypeProject:
		return lang.L("Who can see the project {{.Name}}?", name)
	case policy.TypeGroup:
		return lang.L("Who can see the group {{.Name}}?", name)
	}
	return lang.L("Access review")
}
