package shell

import (
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/contact"
	contactscreen "sightline.example/desktop/screens/contact"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/policy"
)

// editContact lets the admin change what a client is called and reached by.
func (s *Shell) editContact(c *model.Client) {
	calls := contact.Calls(s.scope, s.session.Client, s.addressKnown)
	m := contact.New(calls, c.Client, c.Revision)
	m.SetOffline(!s.writable())
	screen := contactscreen.New(m, s.hindrance)
	stop := s.followContact(m, c.ID)
	s.contact = m
	end := func() {
		s.contact = nil
		stop()
		m.Close()
	}
	shown := dialog.Show(s.window.Canvas(), dialog.Config{
		Title:   lang.L("Name and address of {{.Name}}", lang.Data{"Name": c.Name}),
		Content: screen.Content, Confirm: lang.L("Save"), Width: 560,
		OnTry: m.Save, OnCancel: end,
	})
	screen.Keys(shown.Key)
	m.OnChange = func() {
		screen.Refresh()
		shown.SetEnabled(m.CanSave())
		shown.Fit()
	}
	m.OnSaved = func(saved contact.Saved) {
		shown.Close()
		end()
		s.contactSaved(calls, saved)
	}
	m.OnFailed = func(err error) {
		if shown.Closed() { // else it is told there
			s.failed(lang.L("The name and the address of {{.Name}} stay as they were.", lang.Data{"Name": c.Name}), err)
		}
	}
	m.OnChange()
}

// editSelected is editContact for the row of a list that is selected, if one is.
func (s *Shell) editSelected(id string) {
	if id == "" {
		s.toast(look.Info, lang.L("Select a client first."))
		return
	}
	if c := s.client(id); c != nil {
		s.editContact(c)
	}
}

// followContact has the editing follow what happens to the client, until stop is
// called.
func (s *Shell) followContact(m *contact.Edit, id policy.ClientID) (stop func()) {
	return s.store.Watch(func() {
		m.SetOffline(!s.writable())
		if !s.store.Data().Complete() {
			return
		}
		if now := s.store.Client(id); now != nil {
			m.Follow(&now.Client, now.Revision)
		} else {
			m.Follow(nil, 0)
		}
	})
}

func (s *Shell) contactSaved(calls contact.Config, saved contact.Saved) {
	s.tray.Add(notice.Toast{
		Text: contactText(saved), Tone: look.Success,
		Action: lang.L("Undo"), OnAction: func() { s.undoContact(calls, saved) },
	})
}

// contactText tells what was saved, and what is left to be done.
func contactText(saved contact.Saved) string {
	c := saved.Client
	data := lang.Data{"Before": saved.Before(contact.Name), "Name": c.Name, "Email": c.Email}
	text := lang.L("The address of {{.Name}} is {{.Email}} now.", data)
	switch {
	case !saved.Changed(contact.Email):
		return lang.L("{{.Before}} is called {{.Name}} now.", data)
	case saved.Changed(contact.Name):
		text = lang.L("{{.Before}} is called {{.Name}} now, with the address {{.Email}}.", data)
	}
	if c.Status == policy.Invited {
		text += " " + lang.L("Nothing was sent there: send the invitation again.")
	}
	return text
}

// undoContact takes a save back, and tells what became of that.
func (s *Shell) undoContact(calls contact.Config, saved contact.Saved) {
	name := lang.Data{"Name": saved.Client.Name}
	calls.Undo(saved, func(err error) {
		switch policy.CodeOf(err) {
		case "":
			s.toast(look.Success, lang.L("The name and the address of {{.Name}} are what they were before.", name))
		case policy.Stale:
			s.toast(look.Warning, lang.L("The name and the address of {{.Name}} stay as they are: somebody has changed the same since.", name))
		default:
			s.failed(lang.L("The name and the address of {{.Name}} stay as they are.", name), err)
		}
	})
}
