package shell

import (
	"cmp"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/trail"
	auditscreen "sightline.example/desktop/screens/audit"
	"sightline.example/desktop/widgets/palette"
	"sightline.example/policy"
)

// auditPage returns the page with the audit log, which follows what happens.
func (s *Shell) auditPage() *Page {
	calls := trail.Calls(s.scope, s.session.Client)
	m := trail.New(calls, trail.Filter{})
	screen := auditscreen.New(auditscreen.Config{
		Model: m, Tips: s.tips, After: s.cfg.On.After, Now: s.cfg.Now, NameOf: s.nameOf, Hindrance: s.hindrance,
		OnActor: func() { s.chooseActor(m) }, OnRevert: s.askToRevert, OnOpen: s.openDetail,
		OnVerify: func() { s.verifyLog(calls) }, OnExport: func() { s.exportLog(calls, m.Filter()) }, OnChange: s.frame.refresh,
		Widths: s.cfg.Settings.layout(sectionAudit).Widths, OnResize: s.resized(sectionAudit),
	})
	m.ReadTeam()
	stop := s.store.Watch(m.Follow)
	menu := lang.L("Edit")
	return &Page{
		ID: sectionAudit, Title: lang.L("Audit log"), Content: screen.Content, Focus: screen.FocusRows, Reset: screen.ResetWidths,
		Commands: []Command{
			{ID: "find", Title: lang.L("Find a record"), Menu: menu, Key: fyne.KeyF, Mod: ctrl, Run: func() { screen.FocusSearch(s.window.Canvas()) }},
			{ID: "actor", Title: lang.L("Show what one person did…"), Menu: menu, Run: func() { s.chooseActor(m) }},
			{ID: "verify", Title: lang.L("Verify the audit log"), Menu: menu, Run: func() { s.verifyLog(calls) }},
			{ID: "export", Title: lang.L("Export the records shown…"), Menu: menu, Key: fyne.KeyE, Mod: ctrl, Run: func() { s.exportLog(calls, m.Filter()) }},
			{ID: "older", Title: lang.L("Show older ones"), Menu: menu, Enabled: m.CanMore, Run: m.More},
		},
		Status: func() string {
			if s := m.State(); s == trail.Loading || s == trail.Failed {
				return ""
			}
			return lang.N("{{.N}} records shown", m.Len())
		},
		Close: func() {
			stop()
			m.Close()
		},
	}
}

// activity shows the log of one client on the client's page.
func (s *Shell) activity(log *trail.Trail) fyne.CanvasObject {
	return auditscreen.NewActivity(auditscreen.Config{
		Model: log, Tips: s.tips, After: s.cfg.On.After, Now: s.cfg.Now,
		NameOf: s.nameOf, Hindrance: s.hindrance, OnRevert: s.askToRevert,
	})
}

// chooseActor has only what one person did shown.
func (s *Shell) chooseActor(m *trail.Trail) {
	m.ReadTeam() // in case it could not be read before
	var items []palette.Item
	types := map[string]policy.SubjectType{}
	for _, a := range m.Actors() {
		items = append(items, palette.Item{ID: a.ID, Title: cmp.Or(a.Name, a.ID), Detail: lang.Subject(a.Type)})
		types[a.ID] = a.Type
	}
	palette.ShowNames(s.window.Canvas(), items, func(id string) {
		f := m.Filter()
		f.Actor, f.ActorType = id, types[id]
		m.SetFilter(f)
	})
}
