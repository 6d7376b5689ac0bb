package shell

import (
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/screens/overview"
)

func (s *Shell) overviewPage() *Page {
	m := model.NewOverview(s.scope, s.store, s.session.Client)
	screen := overview.New(overview.Config{
		Model:     m,
		OnClients: func(f model.Filter) { s.pages.replace(func() *Page { return s.clientsBy(f) }) },
		OnGroups:  func() { s.goTo(sectionGroups) }, OnProjects: func() { s.goTo(sectionProjects) }, OnEmployees: func() { s.goTo(sectionEmployees) },
		OnFindings: s.openFindings,
	})
	return &Page{
		ID: sectionOverview, Title: lang.L("Overview"), Content: screen.Content,
		Status: func() string { return lang.N("{{.N}} clients", m.Total()) },
		Close:  m.Close,
	}
}
