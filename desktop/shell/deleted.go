package shell

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/deleted"
	deletedscreen "sightline.example/desktop/screens/deleted"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/look"
	"sightline.example/sidecar/api"
)

// pageDeleted is the id of the page with the clients who were deleted.
const pageDeleted = "deleted"

// openDeleted shows the clients who were deleted.
func (s *Shell) openDeleted() { s.pages.push(s.deletedPage()) }

func (s *Shell) deletedPage() *Page {
	m := deleted.New(deleted.Calls(s.scope, s.session.Client))
	m.OnErased = func(d api.DeletedClient) {
		s.toast(look.Success, lang.L("Nothing but the id {{.ID}} is left of this client.", lang.Data{"ID": string(d.ID)}))
	}
	m.OnFailed = func(d api.DeletedClient, err error) {
		s.failed(lang.L("{{.Name}} is not erased.", lang.Data{"Name": nameOf(d)}), err)
	}
	screen := deletedscreen.New(deletedscreen.Config{
		Model: m, Tips: s.tips, After: s.cfg.On.After, Now: s.cfg.Now, Hindrance: s.hindrance,
		OnErase:  func(d api.DeletedClient) { s.askToErase(d, m.Erase) },
		OnChange: s.frame.refresh,
	})
	removals, live := s.store.Data().Removals(), s.writable()
	stop := s.store.Watch(func() {
		if d := s.store.Data(); d.Complete() && d.Removals() != removals { // somebody else was deleted
			removals = d.Removals()
			m.Reload()
		}
		if live != s.writable() {
			live = !live
			screen.Refresh()
		}
	})
	return &Page{
		ID: pageDeleted, Title: lang.L("Deleted clients"), Content: screen.Content, Focus: screen.FocusRows,
		Commands: []Command{
			{ID: "find", Title: lang.L("Find a client"), Menu: lang.L("Edit"), Key: fyne.KeyF, Mod: ctrl, Run: func() { screen.FocusSearch(s.window.Canvas()) }},
		},
		Status: func() string {
			return lang.N("{{.Shown}} of {{.N}} clients", m.Total(), lang.Data{"Shown": lang.Number(m.Len())})
		},
		Close: func() {
			stop()
			m.Close()
		},
	}
}

// nameOf returns what a deleted client is called.
func nameOf(d api.DeletedClient) string {
	if d.Name == "" {
		return string(d.ID)
	}
	return d.Name
}

func (s *Shell) askToErase(d api.DeletedClient, erase func(id string)) {
	data := lang.Data{"Name": nameOf(d), "ID": string(d.ID)}
	dialog.Show(s.window.Canvas(), dialog.Config{
		Title:       lang.L("Erase the personal data of {{.Name}}?", data),
		Text:        lang.L("The name, the address and the notes can't be read any more: not here, not in the audit log, and not in its archives. What stays is the id {{.ID}}, what was done, and when. This can't be taken back.", data),
		Name:        nameOf(d),
		Confirm:     lang.L("Erase"),
		Cancel:      lang.L("Keep"),
		Destructive: true,
		OnConfirm:   func() { erase(string(d.ID)) },
	})
}
