package shell

import (
	"slices"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/directory"
	"sightline.example/desktop/screens/clients"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/palette"
	"sightline.example/policy"
)

// clientsPage returns the list of clients as it was left.
func (s *Shell) clientsPage() *Page { return s.clientsBy(s.cfg.Settings.Filter) }

// clientsBy returns the list of the clients that a filter lists.
func (s *Shell) clientsBy(f model.Filter) *Page {
	m := model.NewClients(s.scope, s.store)
	m.SetQuery(model.Query{Filter: f, Order: s.cfg.Settings.order(sectionClients)})
	var importing func()
	if s.session.May(writeDirectory) {
		importing = func() { s.openImport() }
	}
	var screen *clients.Screen
	screen = clients.New(clients.Config{
		Model: m, Tips: s.tips, After: s.cfg.On.After, Choose: s.chooseThing,
		Groups: s.filterThings(policy.TypeGroup), Projects: s.filterThings(policy.TypeProject), Writable: s.writable,
		OnOpen: s.openClient, OnEdit: s.openClient, OnDetails: s.openDetail, OnInvite: s.invite, OnImport: importing, OnRetry: s.store.Retry, OnChange: s.frame.refresh,
		OnAct:    func(act model.Act, ids []string) { s.act(act, m.Find(ids), screen.Untick) },
		OnExport: func(ids []string) { s.exportClients(m, ids) },
		Widths:   s.cfg.Settings.layout(sectionClients).Widths,
		OnResize: s.resized(sectionClients),
	})
	keep := func() {
		q := m.Query()
		s.cfg.Settings.reorder(sectionClients, q.Order)
		s.cfg.Settings.Filter = q.Filter.Lasting()
	}
	return &Page{
		ID: sectionClients, Title: lang.L("Clients"), Content: screen.Content,
		Commands: s.clientCommands(m, screen),
		Status:   func() string { return clientsStatus(m) },
		Focus:    screen.FocusRows,
		Save:     keep,
		Reset: func() {
			screen.ResetWidths()
			m.SetQuery(model.Query{Search: m.Query().Search, Order: s.cfg.Settings.order(sectionClients)})
		},
		Close: func() {
			keep()
			m.Close()
		},
	}
}

// resized returns what keeps the widths of the columns of a list.
func (s *Shell) resized(list string) func(widths map[string]float32) {
	return func(widths map[string]float32) { s.cfg.Settings.resize(list, widths) }
}

func clientsStatus(m *model.Clients) string {
	if m.Link().State == model.LinkLoading && m.Link().Total > 0 {
		return lang.L("Loading {{.N}} of {{.Total}} clients…", lang.Data{"N": lang.Number(m.Link().Loaded), "Total": lang.Number(m.Link().Total)})
	}
	if done, total := m.Counting(); total > 0 {
		return lang.L("Counting what clients see: {{.N}} of {{.Total}}…", lang.Data{"N": lang.Number(done), "Total": lang.Number(total)})
	}
	if state := m.State(); state == model.ClientsLoading || state == model.ClientsFailed {
		return ""
	}
	if m.Len() == m.Total() {
		return lang.N("{{.N}} clients", m.Total())
	}
	return lang.N("{{.Shown}} of {{.N}} clients", m.Total(), lang.Data{"Shown": lang.Number(m.Len())})
}

// clientCommands returns what can be done on the list.
func (s *Shell) clientCommands(m *model.Clients, screen *clients.Screen) []Command {
	menu := lang.L("Clients")
	chosen := func() []string {
		if ids := screen.Ticked(); len(ids) > 0 {
			return ids
		}
		return slices.DeleteFunc([]string{screen.Selected()}, func(id string) bool { return id == "" })
	}
	act := func(id, title string, a model.Act) Command {
		return Command{ID: id, Title: title, Menu: menu, Enabled: s.writable, Run: func() {
			if found := m.Find(chosen()); len(found) > 0 {
				s.act(a, found, screen.Untick)
			} else {
				s.toast(look.Info, lang.L("Tick the clients first."))
			}
		}}
	}
	return []Command{
		{ID: "find", Title: lang.L("Find a client"), Menu: lang.L("Edit"), Key: fyne.KeyF, Mod: ctrl, Run: func() { screen.FocusSearch(s.window.Canvas()) }},
		{ID: "invite", Title: lang.L("Invite a client"), Menu: menu, Key: fyne.KeyN, Mod: ctrl, Enabled: s.writable, Run: s.invite},
		{ID: "invite-table", Title: lang.L("Invite from a table…"), Menu: menu, Enabled: s.writable, Run: s.askForTable},
		{ID: "details", Title: lang.L("Details of the client"), Menu: menu, Key: fyne.KeyI, Mod: ctrl, Run: func() { s.openSelected(screen.Selected()) }},
		{ID: "contact", Title: lang.L("Change name and address…"), Menu: menu, Key: fyne.KeyF2, Enabled: s.writable, Run: func() { s.editSelected(screen.Selected()) }},
		{ID: "why", Title: lang.L("What the client can see, and why…"), Menu: menu, Key: fyne.KeyW, Mod: ctrl | shift, Run: func() { s.askWhy(screen.Selected()) }},
		{ID: "deleted", Title: lang.L("Deleted clients…"), Menu: menu, Run: s.openDeleted},
		{ID: "export", Title: lang.L("Export the clients shown…"), Menu: menu, Key: fyne.KeyE, Mod: ctrl, Run: func() { s.exportClients(m, screen.Ticked()) }},
		act("suspend", lang.L("Suspend the ticked clients"), model.ActSuspend),
		act("resume", lang.L("Resume the ticked clients"), model.ActResume),
		act("resend", lang.L("Send the ticked clients their invitations again"), model.ActResend),
	}
}

// chooseThing lets the admin choose one of some things by name.
func (s *Shell) chooseThing(things []clients.Thing, chosen func(id string)) {
	items := make([]palette.Item, len(things))
	for i, t := range things {
		items[i] = palette.Item{ID: t.ID, Title: t.Name}
	}
	palette.ShowNames(s.window.Canvas(), items, chosen)
}

// filterThings returns all there are of a kind to filter clients by, by name.
func (s *Shell) filterThings(kind directory.Kind) func() []clients.Thing {
	return func() []clients.Thing {
		var all []clients.Thing
		for _, t := range directory.ByName(directory.Things(s.store.Data(), kind)) {
			all = append(all, clients.Thing(t))
		}
		return all
	}
}

// client returns the client with the id, or tells that there is none any more, or
// none yet.
func (s *Shell) client(id string) *model.Client {
	c := s.store.Client(policy.ClientID(id))
	if c == nil {
		s.missing(lang.L("This client does not exist any more."))
	}
	return c
}

// missing tells that something does not exist any more, if that is known.
func (s *Shell) missing(text string) {
	if s.store.Data().Complete() {
		s.toast(look.Warning, text)
		return
	}
	s.toast(look.Info, lang.L("Not everything has been read from the sidecar yet. Try again in a moment."))
}
