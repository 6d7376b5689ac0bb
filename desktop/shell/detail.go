package shell

import (
	"slices"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/detail"
	"sightline.example/desktop/model/trail"
	detailscreen "sightline.example/desktop/screens/detail"
	"sightline.example/desktop/widgets/look"
	"sightline.example/policy"
)

// openDetail shows everything there is to know of a client.
func (s *Shell) openDetail(id string) {
	if s.pages.reveal(detailID(id)) {
		return
	}
	if c := s.client(id); c != nil {
		s.pages.push(s.detailPage(c))
	}
}

// openSelected is openDetail for the row of a list that is selected, if one is.
func (s *Shell) openSelected(id string) {
	if id == "" {
		s.toast(look.Info, lang.L("Select a client first."))
		return
	}
	s.openDetail(id)
}

// detailID is the id of the page with all there is to know of a client.
func detailID(client string) string { return "detail " + client }

// detailPage returns the page of a client, which follows what happens to the
// client.
func (s *Shell) detailPage(c *model.Client) *Page {
	id := string(c.ID)
	calls := detail.Calls(s.scope, s.session.Client)
	calls.Now = s.cfg.Now
	m := detail.New(calls, c, s.store.Data())
	m.Invitation.OnSent = func(sent detail.Sent) { s.invited(m.Client().Name, sent) }
	m.Invitation.OnFailed = func(err error) {
		s.failed(lang.L("{{.Name}} gets no other invitation.", lang.Data{"Name": m.Client().Name}), err)
	}
	act := func(a model.Act) { s.act(a, []*model.Client{m.Client()}, func() {}) }
	edit, contact := func() { s.openClient(id) }, func() { s.editContact(m.Client()) }
	log := trail.New(trail.Calls(s.scope, s.session.Client), trail.Filter{Kind: string(policy.KindClients), ID: id})
	screen := detailscreen.New(detailscreen.Config{
		Model: m, Tips: s.tips, After: s.cfg.On.After, Hindrance: s.hindrance,
		Activity:   s.activity(log),
		OnEmployee: s.whyFrom(id, policy.TypeEmployee), OnProject: s.whyFrom(id, policy.TypeProject), OnGroup: s.whyFrom(id, policy.TypeGroup),
		OnEdit: edit, OnContact: contact, OnAct: act, OnClose: func() { s.pages.pop() }, OnChange: s.frame.refresh,
	})
	page := &Page{ID: detailID(id), Title: c.Name, Content: screen.Content, Focus: screen.Focus}
	follow := func() {
		m.SetOffline(s.store.Link().State != model.LinkLive)
		if d := s.store.Data(); d.Complete() {
			m.Follow(s.store.Client(c.ID), d)
		}
		log.Follow()
		s.retitle(page, m.Client().Name)
	}
	follow()
	stop := s.store.Watch(follow)
	page.Commands = s.detailCommands(m, act, edit, contact)
	page.Status = func() string { return detailStatus(m) }
	page.Acted = func(o model.Outcome) {
		m.Invitation.Ask()
		if o.Act == model.ActDelete && slices.ContainsFunc(o.Done, func(done *model.Client) bool { return done.ID == c.ID }) {
			s.pages.pop()
		}
	}
	page.Close = func() {
		stop()
		log.Close()
		m.Close()
	}
	return page
}

// retitle gives a page the title that what it shows has come to have.
func (s *Shell) retitle(p *Page, title string) {
	if p.Title != title {
		p.Title = title
		s.frame.refresh()
	}
}

// detailCommands returns what can be done with one client.
func (s *Shell) detailCommands(m *detail.Detail, act func(model.Act), edit, contact func()) []Command {
	menu := lang.L("Clients")
	command := func(id, title string, a model.Act) Command {
		return Command{ID: id, Title: title, Menu: menu, Run: func() { act(a) }, Enabled: func() bool {
			return s.writable() && !m.Gone() && a.Fits(m.Client())
		}}
	}
	return []Command{
		{ID: "edit-scope", Title: lang.L("Edit scope"), Menu: menu, Key: fyne.KeyE, Mod: ctrl, Enabled: func() bool { return !m.Gone() }, Run: edit},
		{ID: "contact", Title: lang.L("Change name and address…"), Menu: menu, Key: fyne.KeyF2, Enabled: func() bool { return s.writable() && !m.Gone() }, Run: contact},
		{ID: "why", Title: lang.L("What the client can see, and why…"), Menu: menu, Key: fyne.KeyW, Mod: ctrl | shift, Run: func() { s.askWhy(string(m.Client().ID)) }},
		command("suspend", lang.L("Suspend"), model.ActSuspend),
		command("resume", lang.L("Resume"), model.ActResume),
		command("revoke", lang.L("Revoke the invitation"), model.ActRevoke),
		command("delete", lang.L("Delete…"), model.ActDelete),
	}
}

func detailStatus(m *detail.Detail) string {
	if m.Visible().Value == nil {
		return ""
	}
	return lang.N("{{.N}} employees", m.Employees.Total()) + ", " + lang.N("{{.N}} projects", m.Projects.Total())
}

// invited tells of another invitation, and puts its link on the clipboard if that
// is what it was for.
func (s *Shell) invited(name string, sent detail.Sent) {
	data := lang.Data{"Name": name, "When": lang.Moment(sent.Expires)}
	switch {
	case !sent.Wanted:
		s.toast(look.Success, lang.L("{{.Name}} gets another invitation. Its link opens until {{.When}}.", data))
	case sent.Link == "":
		s.toast(look.Warning, lang.L("{{.Name}} gets another invitation, whose link is not told. Ask for a new one.", data))
	default:
		s.cfg.App.Clipboard().SetContent(sent.Link)
		s.toast(look.Success, lang.L("A new link for {{.Name}} is on the clipboard. It opens until {{.When}}; those before open nothing any more.", data))
	}
}

// hindrance says why no client can be changed now; it is empty if one can.
func (s *Shell) hindrance() string { return s.hindranceTo(writeClients) }

// hindranceTo says why what takes the permission can't be done now.
func (s *Shell) hindranceTo(p policy.Permission) string {
	switch {
	case s.session == nil || s.mayWrite(p):
		return ""
	case !s.session.May(p) && s.session.May(writeClients):
		return lang.L("Your role does not allow this.")
	case !s.session.May(p):
		return lang.L("You can look at everything and change nothing: your role is {{.Role}}.", lang.Data{"Role": lang.Role(s.session.Who.Role)})
	case s.store.Link().State == model.LinkReadOnly:
		return lang.L("Changes have to wait until the sidecar has its store back.")
	}
	return lang.L("Changes have to wait until the sidecar can be reached again.")
}
