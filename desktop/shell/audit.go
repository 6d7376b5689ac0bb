package shell

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"path/filepath"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/editor"
	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/model/trail"
	auditscreen "sightline.example/desktop/screens/audit"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/desktop/widgets/palette"
	"sightline.example/policy"
	"sightline.example/sidecar/audit"
)

// auditPage returns the page with the audit log, which follows what happens.
func (s *Shell) auditPage() *Page {
	calls := trail.Calls(s.scope, s.session.Client)
	m := trail.New(calls, trail.Filter{})
	screen := auditscreen.New(auditscreen.Config{
		Model: m, Tips: s.tips, After: s.cfg.On.After, Now: s.cfg.Now, NameOf: s.nameOf, Hindrance: s.hindrance,
		OnActor: func() { s.chooseActor(m) }, OnRevert: s.askToRevert, OnOpen: s.openDetail,
		OnVerify: func() { s.verifyLog(calls) }, OnExport: func() { s.exportLog(calls, m.Filter()) }, OnChange: s.frame.refresh,
	})
	stop := s.store.Watch(m.Follow)
	menu := lang.L("Edit")
	return &Page{
		ID: sectionAudit, Title: lang.L("Audit log"), Content: screen.Content, Focus: screen.FocusRows,
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
	var items []palette.Item
	types := map[string]policy.SubjectType{}
	for _, a := range m.Actors() {
		items = append(items, palette.Item{ID: a.ID, Title: cmp.Or(a.Name, a.ID)})
		types[a.ID] = a.Type
	}
	palette.ShowNames(s.window.Canvas(), items, func(id string) {
		f := m.Filter()
		f.Actor, f.ActorType = id, types[id]
		m.SetFilter(f)
	})
}

// askToRevert takes the change of a scope back, by a change of its own, once the
// admin has seen what that does.
func (s *Shell) askToRevert(r *trail.Row) {
	before, after, ok := r.Scopes()
	c := s.client(r.ID)
	if !ok || c == nil {
		return
	}
	dialog.Show(s.window.Canvas(), dialog.Config{
		Title: lang.L("Take back this change of {{.Name}}?", lang.Data{"Name": c.Name}),
		Text: lang.L("It becomes another change: {{.Changes}}. What was changed since in other places stays.",
			lang.Data{"Changes": lang.Changes(scope.Compare(after, before))}),
		Confirm: lang.L("Take back"), Cancel: lang.L("Keep"),
		OnConfirm: func() {
			s.undoSave(editor.Calls(s.scope, s.session.Client), editor.Saved{Client: c.Client, Before: before, After: after})
		},
	})
}

// verifyLog checks the whole chain, and tells what was found.
func (s *Shell) verifyLog(calls trail.Config) {
	s.toast(look.Info, lang.L("The audit log is being verified…"))
	v := trail.Verify(calls)
	v.OnChange = func() {
		if verdict := v.Verdict(); verdict != nil {
			v.Close()
			s.tellVerdict(*verdict)
		}
	}
}

func (s *Shell) tellVerdict(v trail.Verdict) {
	if v.Err == nil {
		s.tray.Add(notice.Toast{
			Text: lang.N("All {{.N}} records of the audit log are whole. Keep the last one's number and hash elsewhere.", v.Records), Tone: look.Success,
			Action: lang.L("Copy"), OnAction: func() { s.copy(v.Last) },
		})
		return
	}
	if _, found := errors.AsType[*audit.Fault](v.Err); found {
		s.toast(look.Danger, lang.L("The audit log was tampered with after record {{.N}}. Compare it with its archive and your backups.", lang.Data{"N": lang.Number(v.Records)}))
		return
	}
	s.failed(lang.L("The audit log could not be verified."), v.Err)
}

// exportLog writes the records that fit a filter to a file.
func (s *Shell) exportLog(calls trail.Config, f trail.Filter) {
	s.export(export{
		title: lang.L("Export the audit log"), about: "audit",
		help:    lang.L("A table as CSV, or records in JSON if the name ends in .ndjson."),
		endings: []string{".csv", ".ndjson"},
		make:    func(path string, made func(content)) { s.readLog(path, calls, f, made) },
	})
}

// readLog reads the records in the background, in the form for a path.
func (s *Shell) readLog(path string, calls trail.Config, f trail.Filter, made func(content)) {
	kind := trail.CSV
	if filepath.Ext(path) == ".ndjson" {
		kind = trail.NDJSON
	}
	on := s.scope
	on.Go(func(ctx context.Context) {
		var text bytes.Buffer
		n, err := calls.Export(ctx, f, kind, &text, func(int) {})
		told := func(path string) string {
			return lang.N("{{.N}} records were exported to {{.Path}}.", n, lang.Data{"Path": path})
		}
		on.Main(func() { made(content{text.Bytes(), told, err}) })
	})
}
