package clients

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/policy"
)

// Ids of the filters, as chips name them.
const (
	filterStanding    = "standing"
	filterMode        = "mode"
	filterScreencasts = "screencasts"
	filterGroup       = "group"
	filterProject     = "project"
	filterDead        = "dead"
	filterNever       = "never"
	filterExpiring    = "expiring"
	filterFinding     = "finding"
)

// filterButtons returns the buttons that add filters.
func (s *Screen) filterButtons() []fyne.CanvasObject {
	return []fyne.CanvasObject{
		s.menuButton(lang.L("Status"), s.standings),
		s.menuButton(lang.L("Sees"), s.modes),
		s.menuButton(lang.L("More"), s.more),
	}
}

func (s *Screen) menuButton(text string, items func() []*fyne.MenuItem) fyne.CanvasObject {
	b := control.NewButton(text, nil)
	b.Icon, b.IconPlacement = theme.MenuDropDownIcon(), widget.ButtonIconTrailingText
	b.OnTapped = func() { under(b, items()...) }
	return b
}

// change changes the filter.
func (s *Screen) change(with func(f *model.Filter)) {
	f := s.cfg.Model.Query().Filter
	with(&f)
	s.cfg.Model.SetFilter(f)
	s.grid.ScrollToTop()
}

func (s *Screen) item(text string, with func(f *model.Filter)) *fyne.MenuItem {
	return fyne.NewMenuItem(text, func() { s.change(with) })
}

func (s *Screen) standings() (items []*fyne.MenuItem) {
	for _, standing := range model.Standings() {
		items = append(items, s.item(lang.Standing(standing), func(f *model.Filter) { f.Standing = standing }))
	}
	return items
}

func (s *Screen) modes() (items []*fyne.MenuItem) {
	for _, mode := range model.Modes() {
		items = append(items, s.item(lang.Mode(mode), func(f *model.Filter) { f.Mode = mode }))
	}
	return items
}

func (s *Screen) more() []*fyne.MenuItem {
	return []*fyne.MenuItem{
		s.item(lang.L("Screencasts: on"), func(f *model.Filter) { f.Screencasts = new(true) }),
		s.item(lang.L("Screencasts: off"), func(f *model.Filter) { f.Screencasts = new(false) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem(lang.L("Group…"), func() {
			s.cfg.Choose(s.cfg.Groups(), func(id string) { s.change(func(f *model.Filter) { f.Group = policy.GroupID(id) }) })
		}),
		fyne.NewMenuItem(lang.L("Project…"), func() {
			s.cfg.Choose(s.cfg.Projects(), func(id string) { s.change(func(f *model.Filter) { f.Project = policy.ProjectID(id) }) })
		}),
		fyne.NewMenuItemSeparator(),
		s.item(lang.L("With dead references"), func(f *model.Filter) { f.Dead = true }),
		s.item(lang.L("Never used the portal"), func(f *model.Filter) { f.Never = true }),
		s.item(lang.L("Access ends soon"), func(f *model.Filter) { f.Expiring = true }),
	}
}

// remove takes a filter off.
func (s *Screen) remove(id string) {
	s.change(func(f *model.Filter) {
		switch id {
		case filterStanding:
			f.Standing = ""
		case filterMode:
			f.Mode = ""
		case filterScreencasts:
			f.Screencasts = nil
		case filterGroup:
			f.Group = ""
		case filterProject:
			f.Project = ""
		case filterDead:
			f.Dead = false
		case filterNever:
			f.Never = false
		case filterExpiring:
			f.Expiring = false
		case filterFinding:
			f.Finding, f.Only = "", nil
		}
	})
}

// filterChips returns the filters that are set, in words.
func (s *Screen) filterChips(f model.Filter) (all []chip.Filter) {
	add := func(set bool, id, text string) {
		if set {
			all = append(all, chip.Filter{ID: id, Text: text})
		}
	}
	value := func(name, value string) string { return name + ": " + value }
	add(f.Finding != "", filterFinding, lang.Finding(f.Finding))
	add(f.Standing != "", filterStanding, value(lang.L("Status"), lang.Standing(f.Standing)))
	add(f.Mode != "", filterMode, value(lang.L("Sees"), lang.Mode(f.Mode)))
	if f.Screencasts != nil {
		add(true, filterScreencasts, value(lang.L("Screencasts"), lang.YesNo(*f.Screencasts)))
	}
	if f.Group != "" {
		add(true, filterGroup, value(lang.L("Group"), s.groupName(f.Group)))
	}
	if f.Project != "" {
		add(true, filterProject, value(lang.L("Project"), s.projectName(f.Project)))
	}
	add(f.Dead, filterDead, lang.L("With dead references"))
	add(f.Never, filterNever, lang.L("Never used the portal"))
	add(f.Expiring, filterExpiring, lang.L("Access ends soon"))
	return all
}

// groupName returns what a group is called, or its id if it is gone. It is asked for
// at each change, and so not looked for in a list.
func (s *Screen) groupName(id policy.GroupID) string {
	if g := s.cfg.Model.Data().Groups.Find(string(id)); g != nil {
		return g.Name
	}
	return string(id)
}

func (s *Screen) projectName(id policy.ProjectID) string {
	if p := s.cfg.Model.Data().Projects.Find(string(id)); p != nil {
		return p.Name
	}
	return string(id)
}
