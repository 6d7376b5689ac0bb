package shell

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/trail"
	auditscreen "sightline.example/desktop/screens/audit"
	"sightline.example/desktop/session"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/form"
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
	name := control.NewEntry("")
	name.SetText(logPath(s.cfg.Now().Format("2006-01-02")))
	row := form.NewRow(lang.L("File"), name, lang.L("A table as CSV, or records in JSON if the name ends in .ndjson. An older file of this name is overwritten."))
	shown := dialog.Show(s.window.Canvas(), dialog.Config{
		Title: lang.L("Export the audit log"), Content: row, Confirm: lang.L("Export"), Width: 560,
		OnConfirm: func() { s.writeLog(name.Text, calls, f) },
	})
	name.OnKey = shown.Key
}

func logPath(day string) string {
	name := "audit-" + day + ".csv"
	if home, err := os.UserHomeDir(); err == nil {
		return filepath.Join(home, name)
	}
	return name
}

// writeLog makes the file in the background.
func (s *Shell) writeLog(path string, calls trail.Config, f trail.Filter) {
	kind := trail.CSV
	if filepath.Ext(path) == ".ndjson" {
		kind = trail.NDJSON
	}
	on := s.scope
	on.Go(func(ctx context.Context) {
		var text bytes.Buffer
		n, err := calls.Export(ctx, f, kind, &text, func(int) {})
		if err != nil {
			on.Main(func() { s.failed(lang.L("Nothing was exported."), err) })
			return
		}
		err = session.WriteFile(path, text.Bytes())
		on.Main(func() { s.logWritten(path, n, err) })
	})
}

func (s *Shell) logWritten(path string, n int, err error) {
	if err != nil {
		s.unwritable(path)
		return
	}
	s.tray.Add(notice.Toast{
		Text: lang.N("{{.N}} records were exported to {{.Path}}.", n, lang.Data{"Path": path}), Tone: look.Success,
		Action: lang.L("Copy path"), OnAction: func() { s.copy(path) },
	})
}
