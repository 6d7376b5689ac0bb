package shell

import (
	"slices"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/directory"
	"sightline.example/desktop/model/review"
	reviewscreen "sightline.example/desktop/screens/review"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/palette"
	"sightline.example/policy"
)

// reviewPage returns the page on which an admin asks who can see something.
func (s *Shell) reviewPage() *Page { return s.reviewOf(review.Thing{}) }

// reviewOf is reviewPage about a thing. A zero thing is yet to be chosen.
func (s *Shell) reviewOf(t review.Thing) *Page {
	m := review.New(review.Calls(s.scope, s.session.Client))
	choose := func(kind string) {
		s.chooseOf(kind, func(t review.Thing) {
			m.Ask(t)
			s.pages.refocus()
		})
	}
	screen := reviewscreen.New(reviewscreen.Config{
		Model: m, Tips: s.tips, After: s.cfg.On.After, OnChoose: choose, OnOpen: s.openDetail, OnWhy: s.openWhy,
		OnExport: func() { s.exportReview(m) }, OnFindings: s.openFindings, OnChange: s.frame.refresh,
	})
	if t != (review.Thing{}) {
		m.Ask(t)
	}
	stop := s.keepAsking(m.Again)
	return &Page{
		ID: sectionReview, Title: lang.L("Access review"), Content: screen.Content, Focus: screen.FocusRows,
		Close: func() {
			stop()
			m.Close()
		},
		Commands: chooseCommands(choose),
		Status: func() string {
			if !m.Read() {
				return ""
			}
			return lang.N("{{.N}} clients can see it", m.Len())
		},
	}
}

// chooseCommands returns the commands that choose a thing of each kind.
func chooseCommands(choose func(kind string)) []Command {
	menu := lang.L("Edit")
	return []Command{
		{ID: "choose-employee", Title: lang.L("Choose an employee…"), Menu: menu, Run: func() { choose(policy.TypeEmployee) }},
		{ID: "choose-project", Title: lang.L("Choose a project…"), Menu: menu, Run: func() { choose(policy.TypeProject) }},
		{ID: "choose-group", Title: lang.L("Choose a group…"), Menu: menu, Run: func() { choose(policy.TypeGroup) }},
	}
}

// openWhy tells why a client can see a thing, or can't. A zero thing is yet to be
// chosen.
func (s *Shell) openWhy(client string, t review.Thing) {
	c := s.client(client)
	if c == nil {
		return
	}
	m := review.NewWhy(review.Calls(s.scope, s.session.Client), c.ID)
	choose := func(kind string) { s.chooseOf(kind, m.Ask) }
	screen := reviewscreen.NewWhy(reviewscreen.WhyConfig{
		Model: m, Client: c.Name, After: s.cfg.On.After, OnCopy: s.copy, OnChoose: choose,
		OnEdit: func() { s.openClient(client) },
	})
	stop := s.keepAsking(m.Again)
	s.pages.push(&Page{
		ID: "why " + client, Title: lang.L("What {{.Name}} can see, and why", lang.Data{"Name": c.Name}), Content: screen.Content,
		Commands: chooseCommands(choose), Close: func() {
			stop()
			m.Close()
		},
	})
	if t != (review.Thing{}) {
		m.Ask(t)
	}
}

// whyFrom returns what tells why a client sees one of a kind of things.
func (s *Shell) whyFrom(client, kind string) func(id string) {
	return func(id string) {
		if t, exists := directory.Find(s.store.Data(), kind, id); exists {
			s.openWhy(client, review.Thing{Kind: kind, ID: id, Name: t.Name})
		}
	}
}

// askWhy is openWhy for the row of a list that is selected, if one is.
func (s *Shell) askWhy(client string) {
	if client == "" {
		s.toast(look.Info, lang.L("Select a client first."))
		return
	}
	s.openWhy(client, review.Thing{})
}

// chooseOf lets the admin choose an employee, a project or a group by name.
func (s *Shell) chooseOf(kind string, chosen func(review.Thing)) {
	things := s.things(kind)
	items := make([]palette.Item, len(things))
	for i, t := range things {
		items[i] = palette.Item{ID: t.ID, Title: t.Name}
	}
	palette.ShowNames(s.window.Canvas(), items, func(id string) {
		i := slices.IndexFunc(things, func(t review.Thing) bool { return t.ID == id })
		chosen(things[i])
	})
}

// things returns all there are of a kind, by name.
func (s *Shell) things(kind directory.Kind) []review.Thing {
	var all []review.Thing
	for _, t := range directory.ByName(directory.Things(s.store.Data(), kind)) {
		all = append(all, review.Thing{Kind: kind, ID: t.ID, Name: t.Name})
	}
	return all
}

// exportReview writes who can see the thing to a file.
func (s *Shell) exportReview(m *review.Review) {
	s.export(export{
		title: lang.N("Export {{.N}} clients", m.Len()), about: "who-sees-" + m.Thing().Kind,
		make: func(_ string, made func(content)) {
			m.Export(func(text []byte, err error) { made(content{text: text, err: err}) })
		},
	})
}
