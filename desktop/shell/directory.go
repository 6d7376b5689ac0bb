package shell

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/async"
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/directory"
	"sightline.example/desktop/model/review"
	directoryscreen "sightline.example/desktop/screens/directory"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/look"
)

// directoryPage returns the list of all of a kind.
func (s *Shell) directoryPage(id string, kind directory.Kind) *Page {
	m := directory.NewList(s.scope, s.store, kind)
	m.Sort(s.cfg.Settings.order(id))
	remove := func(id string) { s.askToRemove(kind, id) }
	screen := directoryscreen.NewList(directoryscreen.ListConfig{
		Model: m, Tips: s.tips, After: s.cfg.On.After, Writable: func() bool { return s.mayWrite(writeDirectory) },
		OnOpen: func(id string) { s.openThing(kind, id) }, OnNew: func() { s.openThing(kind, "") }, OnDelete: remove,
		OnWho: func(id string) { s.who(kind, id) }, OnImport: func() { s.openImport() }, OnRetry: s.store.Retry, OnChange: s.frame.refresh,
		Widths: s.cfg.Settings.layout(id).Widths, OnResize: s.resized(id),
	})
	keep := func() { s.cfg.Settings.reorder(id, m.Order()) }
	menu := lang.L("Edit")
	selected := func(do func(id string)) func() {
		return func() {
			if id := screen.Selected(); id != "" {
				do(id)
			}
		}
	}
	return &Page{
		ID: id, Title: directoryscreen.Title(kind), Content: screen.Content, Focus: screen.FocusRows, Save: keep,
		Dropped: s.dropImport,
		Reset: func() {
			screen.ResetWidths()
			m.Sort(s.cfg.Settings.order(id))
		},
		Close: func() {
			keep()
			m.Close()
		},
		Status: func() string { return listStatus(m) },
		Commands: []Command{
			{ID: "find", Title: lang.L("Find"), Menu: menu, Key: fyne.KeyF, Mod: ctrl, Run: func() { screen.FocusSearch(s.window.Canvas()) }},
			{ID: "new", Title: lang.L("New…"), Menu: menu, Key: fyne.KeyN, Mod: ctrl, Enabled: func() bool { return s.mayWrite(writeDirectory) }, Run: func() { s.openThing(kind, "") }},
			{ID: "who-row", Title: lang.L("Who can see it?"), Menu: menu, Key: fyne.KeyW, Mod: ctrl | shift, Run: selected(func(id string) { s.who(kind, id) })},
			{ID: "delete", Title: lang.L("Delete…"), Menu: menu, Enabled: func() bool { return s.mayWrite(writeDirectory) }, Run: selected(remove)},
			{ID: "import", Title: lang.L("Import…"), Menu: menu, Enabled: func() bool { return s.mayWrite(writeDirectory) }, Run: func() { s.openImport() }},
		},
	}
}

func listStatus(m *directory.List) string {
	if m.Len() == m.Total() {
		return directoryscreen.Count(m.Kind(), m.Total())
	}
	return lang.L("{{.Found}} of {{.All}}", lang.Data{"Found": lang.Number(m.Len()), "All": directoryscreen.Count(m.Kind(), m.Total())})
}

// openThing shows an employee, a group or a project to be changed; an empty id is
// for one that is yet to be made.
func (s *Shell) openThing(kind directory.Kind, id string) {
	if _, exists := directory.Find(s.store.Data(), kind, id); id != "" && !exists {
		s.missing(lang.L("It does not exist any more."))
		return
	}
	if id != "" && s.pages.reveal(thingID(kind, id)) {
		return
	}
	s.pages.push(s.thingPage(kind, id))
}

// thingID is the id of the page of an employee, a group or a project.
func thingID(kind directory.Kind, id string) string { return kind + " " + id }

func (s *Shell) thingPage(kind directory.Kind, id string) *Page {
	m := directory.NewEdit(directory.Config{On: s.scope, Store: s.store, Client: s.session.Client}, kind, id)
	page := &Page{ID: thingID(kind, id), Discard: m.Discard}
	var who *review.Review
	stop := func() {}
	if id != "" {
		who = review.New(review.Calls(s.scope, s.session.Client))
		who.Ask(review.Thing{Kind: kind, ID: id, Name: m.Name()})
		stop = s.keepAsking(who.Again)
	}
	writable := func() bool { return s.mayWrite(writeDirectory) }
	save := func() {
		if writable() {
			m.Save()
		}
	}
	remove := func() { s.askToRemove(kind, m.ID()) }
	selected := directory.NewSelected(s.scope, s.store, kind, id)
	page.Title = thingTitle(m)
	screen := directoryscreen.NewEdit(directoryscreen.EditConfig{
		Model: m, Who: who, Tips: s.tips, After: s.cfg.On.After, Selecting: selected.Count,
		Hindrance: func() string { return s.hindranceTo(writeDirectory) },
		OnSave:    save, OnClient: s.openDetail, OnDelete: remove, OnClose: func() { s.pages.remove(page) },
		OnChange: func() {
			page.Title = thingTitle(m)
			s.frame.refresh()
		},
	})
	selected.OnChange = screen.Refresh
	m.OnSaved = func(saved directory.Thing) {
		s.toast(look.Success, lang.L("{{.Name}} is saved.", lang.Data{"Name": saved.Name}))
		if who == nil {
			s.pages.exchange(page, func() *Page { return s.thingPage(kind, saved.ID) })
		}
	}
	m.OnFailed = func(err error) { s.failed(lang.L("Not everything was saved."), err) }
	menu := lang.L("Edit")
	page.Content, page.Focus = screen.Content, screen.Focus
	page.Commands = []Command{
		{ID: "save", Title: lang.L("Save"), Menu: menu, Key: fyne.KeyS, Mod: ctrl, Enabled: func() bool { return m.CanSave() && writable() }, Run: save},
		{ID: "who-row", Title: lang.L("Who can see it?"), Menu: menu, Key: fyne.KeyW, Mod: ctrl | shift, Enabled: func() bool { return m.ID() != "" }, Run: func() { s.who(kind, m.ID()) }},
		{ID: "delete", Title: lang.L("Delete…"), Menu: menu, Enabled: func() bool { return m.ID() != "" && writable() }, Run: remove},
	}
	page.Dirty = func() string { return unsavedText(m) }
	page.Close = func() {
		stop()
		selected.Close()
		if who != nil {
			who.Close()
		}
		m.Close()
	}
	return page
}

// unsavedText tells what would be lost; nothing if all is saved.
func unsavedText(m *directory.Edit) string {
	if !m.Dirty() {
		return ""
	}
	name := m.Name()
	if name == "" {
		name = thingTitle(m)
	}
	return lang.L("What you changed for {{.Name}} is not saved.", lang.Data{"Name": name})
}

// askRest is how long changes rest before it is asked again what they change.
const askRest = time.Second

// keepAsking has something asked again after changes, until stop is called.
func (s *Shell) keepAsking(again func()) (stop func()) {
	of, waiting := s.store.Data(), false
	on := async.NewScope(s.scope)
	unwatch := s.store.Watch(func() {
		if waiting || s.store.Data() == of {
			return
		}
		waiting = true
		on.After(askRest, func() {
			of, waiting = s.store.Data(), false
			again()
		})
	})
	return func() {
		unwatch()
		on.Close()
	}
}

func thingTitle(m *directory.Edit) string {
	if m.ID() == "" {
		return directoryscreen.NewTitle(m.Kind())
	}
	return m.Stored()
}

// who asks who can see an employee, a group or a project.
func (s *Shell) who(kind directory.Kind, id string) {
	if t, exists := directory.Find(s.store.Data(), kind, id); exists {
		s.pages.push(s.reviewOf(review.Thing{Kind: kind, ID: id, Name: t.Name}))
	}
}

// askToRemove asks whether something is to be deleted, and names who loses what.
func (s *Shell) askToRemove(kind directory.Kind, id string) {
	if t, exists := directory.Find(s.store.Data(), kind, id); exists {
		s.findLosses(kind, t, func(shown *dialog.Dialog, l directory.Losses, of *model.Data) {
			shown.Turn(s.removalKnowing(kind, t, l, of))
		})
	}
}

// findLosses finds out who would lose what by a deletion, and of which data that is so.
// It takes a while, which a dialog says that is handed on.
func (s *Shell) findLosses(kind directory.Kind, t directory.Thing, then func(shown *dialog.Dialog, l directory.Losses, of *model.Data)) {
	looking, of := async.NewScope(s.scope), s.store.Data()
	cfg := removal(t)
	cfg.Text = lang.L("Finding out who would lose something by that…")
	cfg.OnCancel = looking.Close
	shown := dialog.Show(s.window.Canvas(), cfg)
	directory.FindLosses(looking, s.store, s.session.Client, kind, t.ID, func(l directory.Losses, err error) {
		if err != nil {
			shown.Turn(s.notFoundOut(kind, t, err))
		} else {
			then(shown, l, of)
		}
	})
}

// removal is what the dialogs about a deletion have in common.
func removal(t directory.Thing) dialog.Config {
	return dialog.Config{Title: lang.L("Delete {{.Name}}?", lang.Data{"Name": t.Name}), Width: 560}
}

// notFoundOut tells that it is not known who would lose something by a deletion.
func (s *Shell) notFoundOut(kind directory.Kind, t directory.Thing, err error) dialog.Config {
	cfg := removal(t)
	cfg.Text = lang.L("It could not be found out who would lose something by that.") + " " + lang.Error(err)
	cfg.Confirm, cfg.OnConfirm = lang.L("Try again"), func() { s.askToRemove(kind, t.ID) }
	return cfg
}

// removalKnowing asks about a deletion of which it is known who loses what.
func (s *Shell) removalKnowing(kind directory.Kind, t directory.Thing, l directory.Losses, of *model.Data) dialog.Config {
	cfg := removal(t)
	cfg.Text = lang.L("No client sees it, and no scope selects it. The id is never used again.")
	cfg.Confirm, cfg.Cancel, cfg.Destructive = lang.L("Delete"), lang.L("Keep"), true
	cfg.OnConfirm = func() { s.removeKnowing(kind, t, l, of) }
	if n := l.Count(); n > 0 {
		cfg.Name = t.Name
		cfg.Text = lang.N("{{.N}} clients are concerned. This can't be taken back: one that is made anew under the same name gives nobody their access back.", n)
		cfg.Content = directoryscreen.Losses(l)
	}
	return cfg
}

// removeKnowing deletes something, unless others than were named lose by that now: then
// it asks again.
func (s *Shell) removeKnowing(kind directory.Kind, t directory.Thing, named directory.Losses, of *model.Data) {
	if s.store.Data() == of {
		s.remove(kind, t)
		return
	}
	s.findLosses(kind, t, func(shown *dialog.Dialog, now directory.Losses, of *model.Data) {
		if now.Equal(named) {
			shown.Close()
			s.remove(kind, t)
			return
		}
		cfg := s.removalKnowing(kind, t, now, of)
		cfg.Text = lang.L("Who loses something by that has changed meanwhile.") + " " + cfg.Text
		shown.Turn(cfg)
	})
}

func (s *Shell) remove(kind directory.Kind, t directory.Thing) {
	directory.Delete(s.scope, s.store, s.session.Client, kind, t.ID, func(err error) {
		if err != nil {
			s.failed(lang.L("{{.Name}} is still there.", lang.Data{"Name": t.Name}), err)
			return
		}
		s.toast(look.Success, lang.L("{{.Name}} is deleted.", lang.Data{"Name": t.Name}))
		for _, p := range slices.Clone(s.pages.pages) {
			if p.ID == kind+" "+t.ID {
				s.pages.remove(p)
			}
		}
	})
}
