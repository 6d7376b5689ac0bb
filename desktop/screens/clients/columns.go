package clients

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/grid/frame"
	"sightline.example/desktop/widgets/look"
	"sightline.example/policy"
)

type column = grid.Column[*model.Client]

func (s *Screen) newGrid() *grid.Grid[*model.Client] {
	m := s.cfg.Model
	return grid.New(grid.Config[*model.Client]{
		Columns: s.columns(), Ticks: true, Whole: s.cfg.Model.Whole, Has: s.cfg.Model.Lists, Tips: s.cfg.Tips,
		Len:    m.Len,
		At:     func(i int) (*model.Client, bool) { return m.At(i), true },
		ID:     func(c *model.Client) string { return string(c.ID) },
		Name:   func(c *model.Client) string { return c.Name },
		Menu:   s.rowMenu,
		OnSort: func(by grid.Sort) { m.Sort(model.Order{By: by.Key, Descending: by.Descending}) },
		OnOpen: s.cfg.OnOpen,
		OnEdit: s.cfg.OnEdit, EditTip: lang.L("Edit scope"),
		OnTick: s.ticked,
		OnDelete: func(ids []string) {
			if s.cfg.Writable() {
				s.cfg.OnAct(model.ActDelete, ids)
			}
		},
		Widths: s.cfg.Widths, OnResize: s.cfg.OnResize,
	})
}

func (s *Screen) columns() []column {
	now := s.cfg.Model.Now
	return []column{
		{ID: "name", Title: lang.L("Name"), Width: 138, Grow: 1, Sort: model.SortName, Text: func(c *model.Client) string { return c.Name }},
		{ID: "email", Title: lang.L("E-mail"), Width: 164, Grow: 4, Sort: model.SortEmail, Text: func(c *model.Client) string { return c.Email }},
		chips("status", lang.L("Status"), wide(lang.Standing, policy.Invited, policy.Active, policy.Suspended, policy.Expired), model.SortStanding, func(c *model.Client) (string, look.Tone) {
			standing := c.Standing(now())
			return lang.Standing(standing), standingTone(standing)
		}),
		s.modeColumn(),
		s.countColumn("employees", lang.L("Employees"), model.SortEmployees, titleWidth(lang.L("Employees")), func(n *model.Sees) int { return n.Employees }),
		s.countColumn("projects", lang.L("Projects"), model.SortProjects, 92, func(n *model.Sees) int { return n.Projects }),
		{ID: "screencasts", Title: lang.L("Screencasts"), Width: 114, Sort: model.SortScreencasts, Text: func(c *model.Client) string { return lang.YesNo(c.Scope.Screencasts) }},
		{
			ID: "seen", Title: lang.L("Last seen"), Width: 110, Sort: model.SortSeen,
			Text: func(c *model.Client) string { return lang.Ago(c.Seen, now()) },
			Tip:  func(c *model.Client) string { return lang.Moment(c.Seen) },
		},
		{
			ID: "changed", Title: lang.L("Changed"), Width: 150, Grow: 1, Sort: model.SortChanged,
			Text: func(c *model.Client) string { return changedText(c, now()) },
			Tip:  func(c *model.Client) string { return strings.TrimSpace(lang.Moment(c.Changed) + " " + c.ChangedBy) },
		},
		{ID: "selected", Title: lang.L("Selected"), Width: 150, Sort: model.SortSelected, Text: func(c *model.Client) string { return selectedText(c.Scope) }},
	}
}

// countColumn says how many of something a client sees: fainter while that is not
// known as of now.
func (s *Screen) countColumn(id, title, by string, width float32, number func(*model.Sees) int) column {
	sees := s.cfg.Model.Sees
	return column{
		ID: id, Title: title, Width: width, Align: fyne.TextAlignTrailing, Sort: by,
		Text: func(c *model.Client) string {
			n, current := sees(c)
			switch {
			case n != nil:
				return lang.Number(number(n))
			case current:
				return "–" // nobody knows
			}
			return "…"
		},
		Dim: func(c *model.Client) bool {
			_, current := sees(c)
			return !current
		},
	}
}

// dead stands before what a client sees by what does not exist any more.
const dead = "! "

// modeColumn says what a client sees, and warns of dead references.
func (s *Screen) modeColumn() column {
	warned := func(mode policy.Mode) string { return dead + lang.Mode(mode) }
	col := chips("mode", lang.L("Sees"), wide(warned, policy.ModeNone, policy.ModeGroups, policy.ModeProjects, policy.ModeBoth), model.SortMode, func(c *model.Client) (string, look.Tone) {
		mode := c.Scope.Mode()
		switch {
		case s.cfg.Model.Dead(c) > 0:
			return warned(mode), look.Warning
		case mode == policy.ModeNone:
			return lang.Mode(mode), look.Warning
		}
		return lang.Mode(mode), look.Neutral
	})
	col.Tip = func(c *model.Client) string {
		if n := s.cfg.Model.Dead(c); n > 0 {
			return lang.N("{{.N}} selected groups or projects do not exist any more", n)
		}
		return ""
	}
	return col
}

func chips(id, title string, width float32, by string, text func(*model.Client) (string, look.Tone)) column {
	return column{
		ID: id, Title: title, Width: width, Sort: by,
		Build: func() fyne.CanvasObject { return chip.New("", look.Neutral) },
		Show: func(c *model.Client, cell fyne.CanvasObject) {
			words, tone := text(c)
			cell.(*chip.Chip).Set(words, tone)
		},
	}
}

// wide is how wide a column has to be for the chips of all these values.
func wide[V any](text func(V) string, all ...V) (width float32) {
	for _, v := range all {
		width = max(width, chip.New(text(v), look.Neutral).MinSize().Width)
	}
	return width + 2*frame.Inset + 1
}

// titleWidth is how wide a column has to be for its title, and the arrow beside it.
func titleWidth(title string) float32 {
	const arrow = 18
	size := theme.Size(theme.SizeNameText) - 1
	return fyne.MeasureText(title, size, fyne.TextStyle{Bold: true}).Width + arrow + 2*frame.Inset + 1
}

func standingTone(s policy.Status) look.Tone {
	switch s {
	case policy.Active:
		return look.Success
	case policy.Invited:
		return look.Info
	case policy.Suspended:
		return look.Danger
	}
	return look.Warning
}

// selectedText counts what a scope selects.
func selectedText(scope policy.Scope) string {
	groups := lang.N("{{.N}} groups", len(scope.Groups))
	projects := lang.N("{{.N}} projects", len(scope.Projects))
	switch scope.Mode() {
	case policy.ModeGroups:
		return groups
	case policy.ModeProjects:
		return projects
	case policy.ModeBoth:
		return groups + ", " + projects
	}
	return "–"
}

func changedText(c *model.Client, now time.Time) string {
	if c.Changed.IsZero() {
		return "–"
	}
	if c.ChangedBy == "" {
		return lang.Ago(c.Changed, now)
	}
	return lang.L("{{.Ago}}, {{.Who}}", lang.Data{"Ago": lang.Ago(c.Changed, now), "Who": c.ChangedBy})
}

// rowMenu returns what can be done with a client.
func (s *Screen) rowMenu(c *model.Client) *fyne.Menu {
	id := string(c.ID)
	item := func(text string, enabled bool, do func()) *fyne.MenuItem {
		m := fyne.NewMenuItem(text, do)
		m.Disabled = !enabled
		return m
	}
	act := func(text string, a model.Act) *fyne.MenuItem {
		return item(text, s.cfg.Writable() && a.Fits(c), func() { s.cfg.OnAct(a, []string{id}) })
	}
	return fyne.NewMenu("",
		item(lang.L("Open"), true, func() { s.cfg.OnOpen(id) }),
		item(lang.L("Details"), true, func() { s.cfg.OnDetails(id) }),
		item(lang.L("Edit scope"), s.cfg.Writable(), func() { s.cfg.OnEdit(id) }),
		fyne.NewMenuItemSeparator(),
		act(lang.L("Suspend"), model.ActSuspend),
		act(lang.L("Resume"), model.ActResume),
		act(lang.L("Send the invitation again"), model.ActResend),
		act(lang.L("Revoke the invitation"), model.ActRevoke),
		fyne.NewMenuItemSeparator(),
		act(lang.L("Delete…"), model.ActDelete),
	)
}
