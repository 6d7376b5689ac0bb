package gallery_test

import (
	"fmt"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/widgets/checklist"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/diff"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/desktop/widgets/palette"
	"sightline.example/desktop/widgets/state"
	"sightline.example/desktop/widgets/tooltip"
	"sightline.example/desktop/widgets/widgetstest"
)

func exhibits() []exhibit {
	return []exhibit{
		{name: "clients", width: 1180, height: 640, build: clientsPage, act: useClients},
		{name: "clients-narrow", width: 620, height: 420, build: clientsPage},
		{name: "editor", width: 1180, height: 640, build: editorPage, act: useEditor},
		{name: "form", width: 560, height: 620, build: formPage, act: useForm},
		{name: "dialog", width: 760, height: 480, build: blank, act: ask},
		{name: "delete", width: 760, height: 480, build: blank, act: askToDelete},
		{name: "palette", width: 900, height: 560, build: blank, act: command},
		{name: "notices", width: 900, height: 560, build: noticesPage},
		{name: "empty", width: 760, height: 440, build: emptyPage},
		{name: "failed", width: 760, height: 440, build: failedPage},
		{name: "loading", width: 760, height: 440, build: loadingPage, act: wait},
		{name: "merge", width: 860, height: 360, build: mergePage},
		{name: "loading-rows", width: 900, height: 360, build: halfLoaded},
	}
}

type client struct {
	id, name, email, status, mode string
	screencasts                   bool
	employees, projects           int
	seen                          string
}

func clients() []client {
	names := []string{"Acme Bank", "Borealis Shipping", "Cobalt Mines", "Delta Foods", "Dune Optics", "Ember Lighting", "Fjord Textiles", "Granite Law", "Harbour Trust", "Iris Clinics", "Juniper Hotels", "Kestrel Airways"}
	statuses := []string{"Active", "Active", "Invited", "Active", "Suspended", "Expired"}
	modes := []string{"Groups", "Projects", "Groups + projects", "Nothing"}
	var all []client
	for i := range 400 {
		name := names[i%len(names)]
		if i == 5 {
			name = "The Very Long Named Company of Northern Lights, Lanterns and Lamps, Limited"
		}
		all = append(all, client{
			fmt.Sprint("c", i), name, strings.ToLower(strings.Fields(name)[0]) + fmt.Sprintf("%d@client.example", i), statuses[i%len(statuses)], modes[i%len(modes)],
			i%3 == 0, i * 13 % 240, i * 7 % 90, []string{"2 min ago", "Yesterday", "3 weeks ago", "Never"}[i%4],
		})
	}
	return all
}

func clientGrid(rows []client, missing func(i int) bool, tips *tooltip.Layer) *grid.Grid[client] {
	tones := map[string]look.Tone{"Active": look.Success, "Invited": look.Info, "Suspended": look.Danger, "Expired": look.Warning}
	chips := func(id, title string, width float32, text func(client) (string, look.Tone)) grid.Column[client] {
		return grid.Column[client]{
			ID: id, Title: title, Width: width, Sort: id,
			Build: func() fyne.CanvasObject { return chip.New("", look.Neutral) },
			Show: func(c client, o fyne.CanvasObject) {
				words, tone := text(c)
				o.(*chip.Chip).Set(words, tone)
			},
		}
	}
	return grid.New(grid.Config[client]{
		Ticks: true, Tips: tips,
		Len: func() int { return len(rows) },
		At:  func(i int) (client, bool) { return rows[i], missing == nil || !missing(i) },
		ID:  func(c client) string { return c.id },
		Menu: func(c client) *fyne.Menu {
			return fyne.NewMenu("", fyne.NewMenuItem("Edit scope", nil), fyne.NewMenuItem("Suspend", nil))
		},
		Columns: []grid.Column[client]{
			{ID: "name", Title: "Name", Width: 180, Grow: 2, Sort: "name", Text: func(c client) string { return c.name }},
			{ID: "email", Title: "E-mail", Width: 190, Grow: 1, Sort: "email", Text: func(c client) string { return c.email }, Tip: func(c client) string { return c.email }},
			chips("status", "Status", 116, func(c client) (string, look.Tone) { return c.status, tones[c.status] }),
			chips("mode", "Sees", 156, func(c client) (string, look.Tone) {
				if c.mode == "Nothing" {
					return c.mode, look.Warning
				}
				return c.mode, look.Neutral
			}),
			{ID: "employees", Title: "Employees", Width: 116, Align: fyne.TextAlignTrailing, Sort: "employees", Text: func(c client) string { return fmt.Sprint(c.employees) }},
			{ID: "projects", Title: "Projects", Width: 104, Align: fyne.TextAlignTrailing, Sort: "projects", Text: func(c client) string { return fmt.Sprint(c.projects) }},
			{ID: "seen", Title: "Last seen", Width: 120, Text: func(c client) string { return c.seen }},
		},
	})
}

// page puts a heading and content on a page.
func page(title string, actions, content fyne.CanvasObject) fyne.CanvasObject {
	head := container.NewBorder(nil, nil, nil, actions, look.Flush(look.Heading(title)))
	head = look.Pad(0, container.New(layout.NewCustomPaddedLayout(0, 12, 0, 0), head))
	return look.Pad(16, container.New(layout.NewBorderLayout(head, nil, nil, nil), head, content))
}

func clientsPage(pump *asynctest.Pump) fyne.CanvasObject {
	tips := tooltip.NewLayer(pump.After)
	g := clientGrid(clients(), nil, tips)
	g.SetSort(grid.Sort{Key: "name"})
	g.SetTicked([]string{"c2", "c3"})
	filters := chip.NewFilterBar()
	filters.Set([]chip.Filter{{ID: "s", Text: "Status: not expired"}, {ID: "m", Text: "Screencasts: on"}})
	search := control.NewSearch("Search clients", pump.After)
	top := container.New(layout.NewCustomPaddedVBoxLayout(10), search, filters, container.NewStack())
	actions := look.Row(control.NewButton("Export", nil), control.NewPrimary("Invite a client", nil))
	body := container.New(layout.NewBorderLayout(top, nil, nil, nil), top, look.NewCard(look.Pad(1, g)))
	return container.NewStack(page("Clients", actions, body), tips)
}

func useClients(w *widgetstest.Window, pump *asynctest.Pump) {
	w.Tap("Delta Foods")
	w.Hover("dune4@client.example")
	pump.Advance(time.Second)
}

func halfLoaded(pump *asynctest.Pump) fyne.CanvasObject {
	return look.Pad(16, look.NewCard(look.Pad(1, clientGrid(clients(), func(i int) bool { return i > 2 }, nil))))
}

func editorPage(pump *asynctest.Pump) fyne.CanvasObject {
	list := func(what string, n int, names ...string) *checklist.CheckList {
		c := checklist.New("Filter " + what)
		var items []checklist.Item
		for i := range n {
			items = append(items, checklist.Item{ID: fmt.Sprint(i), Text: fmt.Sprintf("%s %03d", names[i%len(names)], i), Detail: fmt.Sprint(i * 7 % 50)})
		}
		items = append(items, checklist.Item{ID: "gone", Text: "Night shift", Missing: true})
		c.SetItems(items)
		return c
	}
	groups := list("groups", 300, "Health team", "Design", "Development")
	groups.SetSelected([]string{"0", "3", "gone"})
	projects := list("projects", 1500, "Bank project", "Partners", "Website")
	projects.SetSelected([]string{"1", "2", "4"})
	seen := look.Column(4, look.Strong("4 employees"), look.Paragraph("Ada Okafor, Hana Sato, Bartholomew Featherstonehaugh-Cholmondeley, Li Wei"))
	rule := look.Paragraph("Only work done by people in 2 groups on 3 projects.")
	preview := container.NewBorder(container.NewVBox(look.Strong("What this client will see"), container.NewHBox(look.Pad(8, chip.New("Groups + projects", look.Info))), rule), nil, nil, nil, container.NewVBox(seen))
	card := func(title string, o fyne.CanvasObject) fyne.CanvasObject {
		return look.NewCard(look.Pad(12, container.NewBorder(look.Strong(title), nil, nil, nil, o)))
	}
	columns := container.New(layout.NewGridLayoutWithColumns(3), card("Groups", groups), card("Projects", projects), look.NewCard(look.Pad(12, preview)))
	actions := look.Row(container.NewCenter(chip.New("Unsaved: +2 groups, -1 project", look.Warning)), control.NewButton("Discard", nil), control.NewPrimary("Save", nil))
	return page("Acme Bank", actions, columns)
}

func useEditor(w *widgetstest.Window, _ *asynctest.Pump) {
	w.Press(fyne.KeyTab, fyne.KeyDown)
}

func formPage(pump *asynctest.Pump) fyne.CanvasObject {
	address := control.NewEntry("name@example.com")
	address.SetText("projects@lumen")
	bad := form.NewRow("E-mail", address, "The invitation goes here.")
	bad.SetError("This is not an e-mail address: the part after the @ has no dot.")
	role := control.NewSelect([]string{"Client", "Auditor"}, nil)
	role.SetSelected("Client")
	until := control.NewEntry("2027-01-31")
	off := control.NewButton("Disabled", nil)
	off.Disable()
	danger := control.NewButton("Delete", nil)
	danger.Importance = widget.DangerImportance
	return page("Invite a client", nil, container.New(layout.NewCustomPaddedVBoxLayout(18),
		form.NewRow("Name", control.NewEntry("Lumen Energy"), "As it stands on invoices."),
		bad,
		form.NewRow("Access level", role, ""),
		form.NewRow("Until", until, "Empty is for ever."),
		control.NewCheck("Allow seeing screencasts", nil),
		look.Row(control.NewPrimary("Send", nil), control.NewButton("Cancel", nil), off, danger),
	))
}

func useForm(w *widgetstest.Window, _ *asynctest.Pump) {
	for range 6 {
		w.Press(fyne.KeyTab)
	}
}

func blank(pump *asynctest.Pump) fyne.CanvasObject { return clientsPage(pump) }

func ask(w *widgetstest.Window, _ *asynctest.Pump) {
	dialog.Show(w.Canvas(), dialog.Config{
		Title:   "Save without a preview?",
		Text:    "The sidecar has not answered yet, so it is not known who gains and who loses what.",
		Confirm: "Save",
	})
}

func askToDelete(w *widgetstest.Window, _ *asynctest.Pump) {
	dialog.Show(w.Canvas(), dialog.Config{
		Title: "Delete client Acme Bank?", Text: "Acme Bank loses its access at once, and its invitation is worth nothing any more. What it did stays in the audit trail.",
		Confirm: "Delete", Cancel: "Keep", Destructive: true, Name: "Acme Bank",
	})
}

func command(w *widgetstest.Window, _ *asynctest.Pump) {
	palette.Show(w.Canvas(), []palette.Item{
		{ID: "1", Title: "Invite a client", Detail: "Ctrl+N"},
		{ID: "2", Title: "Go to clients", Detail: "Ctrl+1"},
		{ID: "3", Title: "Access review: who can see this?", Detail: "Ctrl+6"},
		{ID: "4", Title: "Acme Bank", Detail: "Client"},
		{ID: "5", Title: "Export the clients shown", Detail: ""},
		{ID: "6", Title: "Sign out", Detail: "admin@example.com"},
	}, func(string) {})
	w.Press(fyne.KeyDown)
}

func noticesPage(pump *asynctest.Pump) fyne.CanvasObject {
	tray := notice.NewTray(pump.After)
	tray.Add(notice.Toast{Text: "Invitation sent to lumen@client.example.", Tone: look.Success})
	tray.Add(notice.Toast{Text: "Acme Bank is suspended.", Tone: look.Info, Action: "Undo"})
	tray.Add(notice.Toast{Text: "The mail to Borealis could not be sent: the mail server does not answer.", Tone: look.Danger})
	var banners []fyne.CanvasObject
	for tone, text := range map[look.Tone]string{look.Danger: "Offline. Trying again in 12 s. You can read; what you edit is kept."} {
		b := notice.NewBanner(pump.After)
		b.Set(tone, text, notice.Action{Text: "Try now"})
		banners = append(banners, b)
	}
	info := notice.NewBanner(pump.After)
	info.Set(look.Info, "Changed by bob@example.com 20 s ago.", notice.Action{Text: "View"}, notice.Action{Text: "Merge"}, notice.Action{Text: "Reload"})
	warning := notice.NewBanner(pump.After)
	warning.Set(look.Warning, "Your sign-in will not be remembered: this computer has no keyring that can be unlocked.")
	tones := look.Row()
	for _, tone := range []look.Tone{look.Neutral, look.Info, look.Success, look.Warning, look.Danger, look.Accent} {
		tones.Add(chip.New(strings.ToUpper(string(tone[:1]))+string(tone[1:]), tone))
	}
	body := container.New(layout.NewCustomPaddedVBoxLayout(10), append(banners, info, warning, tones)...)
	return container.NewStack(page("Notices", nil, body), tray)
}

func emptyPage(pump *asynctest.Pump) fyne.CanvasObject {
	p := state.NewPane(container.NewStack(), pump.After)
	p.ShowEmpty(state.Message{
		Icon: theme.NewPrimaryThemedResource(theme.AccountIcon()), Title: "No clients yet",
		Text: "Clients are guests from outside. You decide which work they see.", Action: "Invite a client",
	})
	return p
}

func failedPage(pump *asynctest.Pump) fyne.CanvasObject {
	p := state.NewPane(container.NewStack(), pump.After)
	p.ShowFailed("The clients could not be loaded", "The sidecar at sightline.example does not answer. It may be starting.", func() {})
	return p
}

func loadingPage(pump *asynctest.Pump) fyne.CanvasObject {
	p := state.NewPane(container.NewStack(), pump.After)
	p.ShowLoading("Loading clients…")
	return p
}

func wait(_ *widgetstest.Window, pump *asynctest.Pump) { pump.Advance(time.Second) }

func mergePage(*asynctest.Pump) fyne.CanvasObject {
	m := diff.NewMerge("Group", nil)
	m.Set([]diff.Line{
		{ID: "1", Text: "Design", Theirs: diff.Kept, Mine: diff.Kept, Result: diff.Kept},
		{ID: "2", Text: "Development", Theirs: diff.Added, Result: diff.Added},
		{ID: "3", Text: "Sales", Theirs: diff.Removed, Mine: diff.Added, Conflict: true},
		{ID: "4", Text: "Finance", Theirs: diff.Added, Mine: diff.Removed, Conflict: true, Chosen: diff.Mine, Result: diff.Removed},
		{ID: "5", Text: "Support", Mine: diff.Removed, Theirs: diff.Kept, Result: diff.Removed},
	})
	return look.Pad(16, look.NewCard(look.Pad(1, m)))
}
