package shell

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/editor"
	editorscreen "sightline.example/desktop/screens/editor"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/policy"
)

// openClient shows a client's scope to be edited.
func (s *Shell) openClient(id string) {
	if s.store == nil || s.pages.reveal(editorID(id)) {
		return
	}
	if c := s.client(id); c != nil {
		s.pages.push(s.editorPage(c.Client, c.Revision))
	}
}

// editorID is the id of the page on which the client's scope is edited.
func editorID(client string) string { return "client " + client }

// editorPage returns the page on which a client's scope is edited. It follows
// what others change meanwhile.
func (s *Shell) editorPage(c policy.Client, revision int64) *Page {
	calls := editor.Calls(s.scope, s.session.Client)
	calls.Keep, calls.Forget = s.keepDraft, s.forgetDraft
	m := editor.New(calls, c, revision)
	page := &Page{ID: editorID(string(c.ID)), Title: c.Name, Commands: s.editorCommands(m)}
	m.OnSaved = func(saved editor.Saved) { s.tellSaved(calls, saved) }
	m.OnRecreated = func(again policy.Client) { s.tellRecreated(page, again) }
	follow := func() { s.followClient(m, page) }
	m.Sketch.SetDirectory(s.selectable()) // before there is a screen: it would be painted again and again
	follow()
	s.resumeDraft(m)
	screen := editorscreen.New(editorscreen.Config{
		Model: m, Tips: s.tips, After: s.cfg.On.After, OnClose: func() { s.pages.pop() }, OnChange: s.frame.refresh,
		OnDetails: func() { s.openDetail(string(c.ID)) },
		InFront:   func() bool { return s.pages.top() == page && !s.covered() },
		OnHeld:    func() { s.tellOfHeld(m.Client()) },
	})
	stop := s.store.Watch(follow)
	page.Content = screen.Content
	page.Focus, page.Dirty, page.Discard, page.Save = screen.Focus, screen.Dirty, m.Discard, m.Flush
	page.Close = func() {
		stop()
		m.Close()
	}
	return page
}

// followClient tells an editor what has become of its client and of what there is to
// select.
func (s *Shell) followClient(m *editor.Editor, page *Page) {
	m.SetOffline(!s.writable())
	if !s.store.Data().Complete() {
		return
	}
	m.Sketch.SetDirectory(s.selectable())
	if now := s.store.Client(m.Client().ID); now != nil {
		m.Remote(&now.Client, now.Revision)
		s.retitle(page, now.Name)
	} else {
		m.Remote(nil, 0)
	}
}

// editorCommands returns what can be done on the page of an editor.
func (s *Shell) editorCommands(m *editor.Editor) []Command {
	menu := lang.L("Edit")
	details := func() { s.openDetail(string(m.Client().ID)) }
	return []Command{
		{ID: "save", Title: lang.L("Save"), Menu: menu, Key: fyne.KeyS, Mod: ctrl, Enabled: m.CanSave, Run: m.Save},
		{ID: "undo-edit", Title: lang.L("Undo"), Menu: menu, Key: fyne.KeyZ, Mod: ctrl, Enabled: m.Sketch.CanUndo, Run: m.Sketch.Undo},
		{ID: "details", Title: lang.L("Details of the client"), Menu: lang.L("Clients"), Key: fyne.KeyI, Mod: ctrl, Run: details},
		{ID: "redo-edit", Title: lang.L("Redo"), Menu: menu, Key: fyne.KeyZ, Mod: ctrl | shift, Enabled: m.Sketch.CanRedo, Run: m.Sketch.Redo},
	}
}

// tellSaved tells what was saved, and offers to take it back.
func (s *Shell) tellSaved(calls editor.Config, saved editor.Saved) {
	s.tray.Add(notice.Toast{
		Text: lang.L("The scope of {{.Name}} is saved.", lang.Data{"Name": saved.Client.Name}), Tone: look.Success,
		Action: lang.L("Undo"), OnAction: func() { s.undoSave(calls, saved) },
	})
}

// tellRecreated tells that somebody who was deleted is invited again, and leaves the
// editor of the one that is gone.
func (s *Shell) tellRecreated(page *Page, again policy.Client) {
	s.toast(look.Success, lang.L("{{.Name}} gets another invitation.", lang.Data{"Name": again.Name}))
	if s.pages.top() == page {
		s.pages.pop()
	}
}

// tellOfHeld leads back to a save that has to be asked about.
func (s *Shell) tellOfHeld(c policy.Client) {
	s.tray.Add(notice.Toast{
		Text: lang.L("The scope of {{.Name}} is not saved yet: it takes something away. Save it once more to see what.", lang.Data{"Name": c.Name}),
		Tone: look.Warning, Action: lang.L("Go on"), OnAction: func() {
			if !s.covered() {
				s.openClient(string(c.ID))
			}
		},
	})
}

// undoSave takes a save back, and tells what became of that.
func (s *Shell) undoSave(calls editor.Config, saved editor.Saved) {
	calls.Undo(saved, func(err error) { s.tellUndone(saved, err) })
}

// tellUndone tells what became of taking a save back.
func (s *Shell) tellUndone(saved editor.Saved, err error) {
	name := lang.Data{"Name": saved.Client.Name}
	switch policy.CodeOf(err) {
	case "":
		s.toast(look.Success, lang.L("The scope of {{.Name}} is what it was before.", name))
	case policy.Conflict:
		s.toast(look.Warning, lang.L("The scope of {{.Name}} stays as it is: somebody has changed the same since.", name))
	default:
		s.failed(lang.L("The scope of {{.Name}} stays as it is.", name), err)
	}
}
