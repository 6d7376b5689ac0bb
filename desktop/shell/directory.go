package shell

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/directory"
	"sightline.example/desktop/model/review"
	directoryscreen "sightline.example/desktop/screens/directory"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/look"
)

// directoryPage returns the list of all of a kind.
func (s *Shell) directoryPage(id string, kind directory.Kind) *Page {
	m := directory.NewList(s.scope, s.store, kind)
	remove := func(id string) { s.askToRemove(kind, id) }
	screen := directoryscreen.NewList(directoryscreen.ListConfig{
		Model: m, Tips: s.tips, After: s.cfg.On.After, Writable: func() bool { return s.mayWrite(writeDirectory) },
		OnOpen: func(id string) { s.openThing(kind, id) }, OnNew: func() { s.openThing(kind, "") }, OnDelete: remove,
		OnWho: func(id string) { s.who(kind, id) }, OnImport: func() { s.openImport() }, OnRetry: s.store.Retry, OnChange: s.frame.refresh,
	})
	menu := lang.L("Edit")
	selected := func(do func(id string)) func() {
		return func() {
			if id := screen.Selected(); id != "" {
				do(id)
			}
		}
	}
	return &Page{
		ID: id, Title: directoryscreen.Title(kind), Content: screen.Content, Focus: screen.FocusRows, Close: m.Close,
		Dropped: s.dropImport,
		Status:  func() string { return listStatus(m) },
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
		s.toast(look.Warning, lang.L("It does not exist any more."))
		return
	}
	s.pages.push(s.thingPage(kind, id))
}

func (s *Shell) thingPage(kind directory.Kind, id string) *Page {
	m := directory.NewEdit(directory.Config{On: s.scope, Store: s.store, Client: s.session.Client}, kind, id)
	var who *review.Review
	if id != "" {
		who = review.New(review.Calls(s.scope, s.session.Client))
		who.Ask(review.Thing{Kind: kind, ID: id, Name: m.Name()})
	}
	screen := directoryscreen.NewEdit(directoryscreen.EditConfig{
		Model: m, Who: who, Tips: s.tips, After: s.cfg.On.After,
		Selecting: func() int { return len(directory.Selecting(s.store.Data(), kind, m.ID())) },
		Hindrance: func() string { return s.hindranceTo(writeDirectory) },
		OnClient:  s.openDetail, OnDelete: func() { s.askToRemove(kind, m.ID()) }, OnClose: func() { s.pages.pop() }, OnChange: s.frame.refresh,
	})
	m.OnSaved = func(saved directory.Thing) {
		s.toast(look.Success, lang.L("{{.Name}} is saved.", lang.Data{"Name": saved.Name}))
		if who == nil {
			s.pages.swap(s.thingPage(kind, saved.ID))
		} else {
			who.Again()
		}
	}
	menu := lang.L("Edit")
	return &Page{
		ID: kind + " " + id, Title: thingTitle(m), Content: screen.Content, Focus: screen.Focus,
		Commands: []Command{
			{ID: "save", Title: lang.L("Save"), Menu: menu, Key: fyne.KeyS, Mod: ctrl, Enabled: m.CanSave, Run: m.Save},
			{ID: "who-row", Title: lang.L("Who can see it?"), Menu: menu, Key: fyne.KeyW, Mod: ctrl | shift, Run: func() { s.who(kind, m.ID()) }},
			{ID: "delete", Title: lang.L("Delete…"), Menu: menu, Enabled: func() bool { return m.ID() != "" && s.mayWrite(writeDirectory) }, Run: func() { s.askToRemove(kind, m.ID()) }},
		},
		Dirty: func() string {
			if !m.Dirty() {
				return ""
			}
			return lang.L("What you changed for {{.Name}} is not saved.", lang.Data{"Name": m.Name()})
		},
		Discard: m.Discard,
		Close: func() {
			if who != nil {
				who.Close()
			}
			m.Close()
		},
	}
}

func thingTitle(m *directory.Edit) string {
	if m.ID() == "" {
		return lang.L("New…")
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
	t, exists := directory.Find(s.store.Data(), kind, id)
	if !exists {
		return
	}
	directory.FindLosses(s.scope, s.store, s.session.Client, kind, id, func(l directory.Losses, err error) {
		if err != nil {
			s.failed(lang.L("It could not be found out who would lose something by that."), err)
			return
		}
		if !s.covered() {
			s.askToRemoveKnowing(kind, t, l)
		}
	})
}

func (s *Shell) askToRemoveKnowing(kind directory.Kind, t directory.Thing, l directory.Losses) {
	cfg := dialog.Config{
		Title: lang.L("Delete {{.Name}}?", lang.Data{"Name": t.Name}), Text: lang.L("No client sees it, and no scope selects it. The id is never used again."),
		Confirm: lang.L("Delete"), Cancel: lang.L("Keep"), Destructive: true, Width: 560,
		OnConfirm: func() { s.remove(kind, t) },
	}
	if l.Count > 0 {
		cfg.Name = t.Name
		cfg.Text = lang.N("{{.N}} clients are concerned. This can't be taken back: one that is made anew under the same name gives nobody their access back.", l.Count)
		cfg.Content = directoryscreen.Losses(l)
	}
	dialog.Show(s.window.Canvas(), cfg)
}

func (s *Shell) remove(kind directory.Kind, t directory.Thing) {
	directory.Delete(s.scope, s.store, s.session.Client, kind, t.ID, func(err error) {
		if err != nil {
			s.failed(lang.L("{{.Name}} is still there.", lang.Data{"Name": t.Name}), err)
			return
		}
		s.toast(look.Success, lang.L("{{.Name}} is deleted.", lang.Data{"Name": t.Name}))
		if top := s.pages.top(); top.ID == kind+" "+t.ID {
			if top.Discard != nil {
				top.Discard()
			}
			s.pages.pop()
		}
	})
}
