package shell

import (
	"fmt"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/directory"
	directoryscreen "sightline.example/desktop/screens/directory"
	"sightline.example/policy"
)

// Ids of sections that something else goes to.
const (
	sectionOverview  = "overview"
	sectionClients   = "clients"
	sectionGroups    = "groups"
	sectionProjects  = "projects"
	sectionEmployees = "employees"
	sectionReview    = "review"
	sectionAudit     = "audit"
)

// section is a part of the app, one of the stops of the rail.
type section struct {
	id    string
	title string
	icon  fyne.Resource
	open  func() *Page
	count func() int // how many things there are in it, less than 0 if nobody knows yet; nil is none
}

// sections returns the parts of the app in the order of the rail.
func (s *Shell) sections() []section {
	count := func(n func(*model.Data) int) func() int {
		return func() int {
			d := s.store.Data()
			if known := n(d); known > 0 || d.Complete() {
				return known
			}
			return -1
		}
	}
	directory := func(id string, kind directory.Kind) section {
		return section{
			id: id, title: directoryscreen.Title(kind), icon: directoryscreen.Icon(kind),
			open: func() *Page { return s.directoryPage(id, kind) },
		}
	}
	groups, projects, employees := directory(sectionGroups, policy.TypeGroup), directory(sectionProjects, policy.TypeProject), directory(sectionEmployees, policy.TypeEmployee)
	groups.count = count(func(d *model.Data) int { return d.Groups.Len() })
	projects.count = count(func(d *model.Data) int { return d.Projects.Len() })
	employees.count = count(func(d *model.Data) int { return d.Employees.Len() })
	return []section{
		{id: sectionOverview, title: lang.L("Overview"), icon: theme.HomeIcon(), open: s.overviewPage},
		{
			id: sectionClients, title: lang.L("Clients"), icon: theme.AccountIcon(), open: s.clientsPage,
			count: count(func(d *model.Data) int { return d.Clients.Len() }),
		},
		groups, projects, employees,
		{id: sectionReview, title: lang.L("Access review"), icon: theme.VisibilityIcon(), open: s.reviewPage},
		{id: sectionAudit, title: lang.L("Audit log"), icon: theme.HistoryIcon(), open: s.auditPage},
	}
}

// resume shows the section in which one was.
func (s *Shell) resume() { s.goTo(s.cfg.Settings.Section) }

// section returns the one of an id, or that of the clients.
func (s *Shell) section(id string) section {
	all := s.sections()
	i := slices.IndexFunc(all, func(one section) bool { return one.id == id })
	if i < 0 {
		return s.section(sectionClients)
	}
	return all[i]
}

// goTo shows a section.
func (s *Shell) goTo(id string) { s.pages.replace(s.section(id).open) }

// sectionCommands returns the commands that go to the sections.
func (s *Shell) sectionCommands() []Command {
	var all []Command
	for i, section := range s.sections() {
		c := Command{ID: "go " + section.id, Title: section.title, Menu: lang.L("Go"), Run: func() { s.goTo(section.id) }}
		if i < 9 {
			c.Key, c.Mod = fyne.KeyName(fmt.Sprint(i+1)), ctrl
		}
		all = append(all, c)
	}
	// What is looked for is often the question, not the section that answers it.
	in, menu := func() bool { return s.frame != nil }, lang.L("Go")
	return append(all,
		Command{ID: "who", Title: lang.L("Who can see…"), Menu: menu, Enabled: in, Run: func() { s.goTo(sectionReview) }},
		Command{ID: "findings", Title: lang.L("Findings"), Menu: menu, Enabled: in, Run: s.openFindings})
}

// elsewhere returns what is done in the sections, for the palette, which has it
// wherever one is. What a section's own page has among its commands has the same id here.
func (s *Shell) elsewhere() []Command {
	directory := func() bool { return s.mayWrite(writeDirectory) }
	all := []Command{
		{ID: "invite", Title: lang.L("Invite a client"), Enabled: s.writable, Run: s.within(sectionClients, pageInvite, s.invite)},
		{ID: "invite-table", Title: lang.L("Invite from a table…"), Enabled: s.writable, Run: s.within(sectionClients, pageBatch, s.askForTable)},
		{ID: "deleted", Title: lang.L("Deleted clients…"), Run: s.within(sectionClients, pageDeleted, s.openDeleted)},
		{ID: "import", Title: lang.L("Import…"), Enabled: directory, Run: s.within(sectionEmployees, pageImport, func() { s.openImport() })},
	}
	for _, of := range []struct{ section, kind string }{
		{sectionGroups, policy.TypeGroup}, {sectionProjects, policy.TypeProject}, {sectionEmployees, policy.TypeEmployee},
	} {
		all = append(all, Command{
			ID: "new " + of.kind, Title: directoryscreen.NewTitle(of.kind), Enabled: directory,
			Run: s.within(of.section, thingID(of.kind, ""), func() { s.openThing(of.kind, "") }),
		})
	}
	return all
}

// within returns what goes to a section and does something there, unless the page
// that it leads to is on top already.
func (s *Shell) within(id, page string, do func()) func() {
	return func() {
		switch top := s.pages.top(); {
		case top != nil && top.ID == page:
		case top != nil && top.ID == id:
			do()
		default:
			s.pages.guard(func() {
				s.pages.clear()
				s.pages.push(s.section(id).open())
				do()
			})
		}
	}
}
