// Package selection is where a scope is made: the groups and projects to select,
// the switches beside them, and what the client would see of it. The editor and
// the invitation show it alike.
package selection

import (
	"cmp"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/sketch"
	"sightline.example/desktop/widgets/checklist"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/palette"
	"sightline.example/policy"
)

// Selection shows a sketch. It belongs to the UI goroutine.
type Selection struct {
	// Lists are the groups and projects side by side, Switches the rest of the
	// scope, Preview what the client would see.
	Lists, Switches, Preview fyne.CanvasObject

	model            *sketch.Sketch
	groups, projects *list
	screencasts      *control.Check
	from, until      *dateField
	preview          *preview
	refused          error
}

// New returns a view of a sketch, which shows it from the first Refresh on.
func New(m *sketch.Sketch) *Selection {
	s := &Selection{model: m, preview: newPreview(m)}
	s.groups = newList(lang.L("Groups"), lang.L("Filter groups"), func(ids []string) { m.SetGroups(typed[policy.GroupID](ids)) })
	s.projects = newList(lang.L("Projects"), lang.L("Filter projects"), func(ids []string) { m.SetProjects(typed[policy.ProjectID](ids)) })
	s.groups.list.OnReplace = func() {
		s.groups.choose(func(id string) { m.ReplaceDead(policy.GroupID(id), "") })
	}
	s.projects.list.OnReplace = func() {
		s.projects.choose(func(id string) { m.ReplaceDead("", policy.ProjectID(id)) })
	}
	s.screencasts = control.NewCheck(lang.L("Allow seeing screencasts"), func(on bool) {
		if on != m.Scope().Screencasts {
			m.SetScreencasts(on)
		}
	})
	s.from = newDateField(lang.L("From"), m.SetFrom)
	s.until = newDateField(lang.L("Until"), m.SetUntil)
	s.Lists = container.New(look.Beside{Space: look.Gap}, s.groups.content, s.projects.content)
	s.Switches = container.New(&switches{}, s.screencasts, s.from.row, s.until.row)
	s.Preview = s.preview.content
	return s
}

// Focus gives the groups the keyboard.
func (s *Selection) Focus() { s.groups.list.Focus() }

// Refused says why the sidecar refused the scope when it was to be stored; nil if it
// did not. Refresh shows it beside the field that it is about.
func (s *Selection) Refused(err error) { s.refused = err }

// beside says what the sidecar has against a member of the scope, be it when it was
// to be stored or previewed.
func (s *Selection) beside(member string) string {
	return cmp.Or(lang.Beside(s.refused, member), lang.Beside(s.model.Preview().Err, member))
}

// Refresh shows the sketch as it is now.
func (s *Selection) Refresh() {
	scope, directory := s.model.Scope(), s.model.Directory()
	dead := s.model.Dead()
	locked := s.model.Locked()
	s.groups.show(directory.Groups, strs(scope.Groups), strs(dead.Groups), locked)
	s.projects.show(directory.Projects, strs(scope.Projects), strs(dead.Projects), locked)
	s.screencasts.SetChecked(scope.Screencasts)
	look.Enable(s.screencasts, !locked)
	both := s.beside("scope")
	s.groups.mistake.Set(cmp.Or(s.beside("scope.groups"), both))
	s.projects.mistake.Set(cmp.Or(s.beside("scope.projects"), both))
	s.from.show(s.model.From(), s.beside("scope.from"), locked)
	s.until.show(s.model.Until(), s.beside("scope.until"), locked)
	s.preview.refresh()
}

// list is a list to select from, in a card with its name.
type list struct {
	content fyne.CanvasObject
	list    *checklist.CheckList
	mistake *form.Mistake
	things  []sketch.Thing // that are shown
	dead    []string
}

func newList(title, filter string, changed func([]string)) *list {
	l := &list{list: checklist.New(filter), mistake: form.NewMistake()}
	l.list.OnChange = func() { changed(l.list.Selected()) }
	head := look.Column(6, look.Flush(look.Strong(title)), l.mistake)
	body := container.New(layout.NewBorderLayout(head, nil, nil, nil), head, l.list)
	l.content = look.NewCard(look.Pad(8, body))
	return l
}

func (l *list) show(things []sketch.Thing, selected, dead []string, locked bool) {
	if !same(things, l.things) || !same(dead, l.dead) {
		l.things, l.dead = things, dead
		l.list.SetItems(items(things, dead))
	}
	if !same(selected, l.list.Selected()) {
		l.list.SetSelected(selected)
	}
	l.list.SetLocked(locked)
}

// choose has one of the things that exist chosen.
func (l *list) choose(chosen func(id string)) {
	all := make([]palette.Item, len(l.things))
	for i, t := range l.things {
		all[i] = palette.Item{ID: t.ID, Title: t.Name, Detail: lang.Number(t.Employees)}
	}
	palette.ShowNames(fyne.CurrentApp().Driver().CanvasForObject(l.content), all, chosen)
}

// items returns the lines of a list: what there is, and what is selected and gone.
func items(things []sketch.Thing, dead []string) []checklist.Item {
	all := make([]checklist.Item, 0, len(things)+len(dead))
	for _, t := range things {
		all = append(all, checklist.Item{ID: t.ID, Text: t.Name, Detail: lang.Number(t.Employees)})
	}
	for _, id := range dead {
		all = append(all, checklist.Item{ID: id, Text: id, Missing: true})
	}
	return all
}

// dateField is a field for a time.
type dateField struct {
	row   *form.Row
	entry *control.Entry
}

func newDateField(name string, changed func(string)) *dateField {
	d := &dateField{entry: control.NewEntry(lang.L("YYYY-MM-DD"))}
	d.row = form.NewRow(name, d.entry, "")
	d.entry.OnChanged = changed
	return d
}

// show shows a date, and what is wrong with it: that it is none, or what the sidecar
// has against it.
func (d *dateField) show(date sketch.Date, wrong string, locked bool) {
	d.entry.Put(date.Text)
	if date.Err != nil {
		wrong = lang.L("A day like 2026-04-30.")
	}
	d.row.SetError(wrong)
	look.Enable(d.entry, !locked)
}

// switches lays the check box out beside the two dates.
type switches struct{}

const dateWidth = 150

func (switches) MinSize(objects []fyne.CanvasObject) fyne.Size {
	height := max(objects[0].MinSize().Height, objects[1].MinSize().Height, objects[2].MinSize().Height)
	return fyne.NewSize(objects[0].MinSize().Width+2*(dateWidth+look.Gap), height)
}

func (switches) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	check, from, until := objects[0], objects[1], objects[2]
	least := check.MinSize()
	check.Resize(least)
	check.Move(fyne.NewPos(-6, 20)) // the box lines up with what is below
	for i, date := range []fyne.CanvasObject{from, until} {
		date.Resize(fyne.NewSize(dateWidth, size.Height))
		date.Move(fyne.NewPos(least.Width+look.Gap+float32(i)*(dateWidth+look.Gap), 0))
	}
}
