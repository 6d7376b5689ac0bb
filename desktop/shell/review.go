package shell

import (
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/directory"
	"sightline.example/desktop/model/review"
	reviewscreen "sightline.example/desktop/screens/review"
	"sightline.example/desktop/widgets/look"
	"sightline.example/policy"
)

// reviewPage returns the page on which an admin asks who can see something.
func (s *Shell) reviewPage() *Page { return s.reviewOf(review.Thing{}) }

// reviewOf is reviewPage about a thing. A zero thing is yet to be chosen.
func (s *Shell) reviewOf(t review.Thing) *Page {
	calls := review.Calls(s.scope, s.session.Client)
	calls.Screencasts = s.hasScreencasts
	m := review.New(calls)
	choose := func(kind string) {
		s.chooseOf(kind, func(t review.Thing) {
			m.Ask(t)
			s.pages.refocus()
		})
	}
	ask := func() { s.chooseClient(func(client string) { s.openWhy(client, m.Thing()) }) }
	screen := reviewscreen.New(reviewscreen.Config{
		Model: m, Tips: s.tips, After: s.cfg.On.After, OnChoose: choose, OnAsk: ask, OnOpen: s.openDetail, OnEdit: s.openClient, OnWhy: s.openWhy,
		OnExport: func() { s.exportReview(m) }, OnFindings: s.openFindings, OnChange: s.frame.refresh,
		Widths: s.cfg.Settings.layout(sectionReview).Widths, OnResize: s.resized(sectionReview),
	})
	if t != (review.Thing{}) {
		m.Ask(t)
	}
	stop := s.keepAsking(m.Again)
	return &Page{
		ID: sectionReview, Title: lang.L("Access review"), Content: screen.Content, Focus: screen.FocusRows, Reset: screen.ResetWidths,
		Close: func() {
			stop()
			m.Close()
		},
		Commands: append(chooseCommands(choose), Command{ID: "ask", Title: lang.L("Can a client see it?…"), Menu: lang.L("Edit"), Run: ask}),
		Status: func() string {
			if !m.Read() {
				return ""
			}
			if m.Len() < m.Total() {
				return lang.N("{{.Shown}} of {{.N}} clients who can see it", m.Total(), lang.Data{"Shown": lang.Number(m.Len())})
			}
			return lang.N("{{.N}} clients can see it", m.Len())
		},
	}
}

// hasScreencasts reports whether a client's scope has them, as far as is known.
func (s *Shell) hasScreencasts(id policy.ClientID) bool {
	if s.store == nil {
		return false
	}
	c := s.store.Client(id)
	return c != nil && c.Scope.Screencasts
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
	if c := s.client(client); c != nil {
		s.pages.push(s.whyPage(c, t))
	}
}

// whyPage returns the page that openWhy shows. Another client can be asked about in
// its place.
func (s *Shell) whyPage(c *model.Client, t review.Thing) *Page {
	id := string(c.ID)
	m := review.NewWhy(review.Calls(s.scope, s.session.Client), c.ID)
	page := &Page{ID: "why " + id, Title: lang.L("What {{.Name}} can see, and why", lang.Data{"Name": c.Name})}
	choose := func(kind string) { s.chooseOf(kind, m.Ask) }
	other := func() {
		s.chooseClient(func(client string) {
			if c := s.client(client); c != nil {
				s.pages.exchange(page, func() *Page { return s.whyPage(c, m.Thing()) })
			}
		})
	}
	screen := reviewscreen.NewWhy(reviewscreen.WhyConfig{
		Model: m, Client: c.Name, After: s.cfg.On.After, OnCopy: s.copy, OnChoose: choose, OnClient: other,
		OnEdit: func() { s.openClient(id) },
	})
	stop := s.keepAsking(m.Again)
	page.Content = screen.Content
	page.Commands = append(chooseCommands(choose), Command{ID: "choose-client", Title: lang.L("Choose a client…"), Menu: lang.L("Edit"), Run: other})
	page.Close = func() {
		stop()
		m.Close()
	}
	if t != (review.Thing{}) {
		m.Ask(t)
	}
	return page
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

// exportReview writes who can see the thing to a file.
func (s *Shell) exportReview(m *review.Review) {
	s.export(export{
		title: lang.N("Export {{.N}} clients", m.Len()), about: "who-sees-" + m.Thing().Kind,
		make: func(made func(content)) {
			m.Export(func(text []byte, err error) { made(content{text: text, err: err}) })
		},
	})
}
