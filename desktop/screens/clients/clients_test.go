package clients_test

import (
	"fmt"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model"
	"sightline.example/desktop/screens/clients"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/tooltip"
	"sightline.example/desktop/widgets/widgetstest"
	"sightline.example/policy"
)

var noon = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

// stage is the screen in a window, and what it asked for.
type stage struct {
	*widgetstest.Window
	screen   *clients.Screen
	pump     *asynctest.Pump
	store    *model.Store
	asked    []string
	readOnly bool
	bare     bool // there are no groups
	listed   int  // how often all groups were listed
}

func (s *stage) ask(format string, args ...any) {
	s.asked = append(s.asked, fmt.Sprintf(format, args...))
}

func show(t testing.TB, d *model.Data, link model.LinkState) *stage {
	t.Helper()
	widgetstest.Start(t, look.Light)
	s := &stage{pump: asynctest.New(t)}
	s.store = model.NewStore(model.StoreConfig{On: s.pump, Empty: true, Now: func() time.Time { return noon }})
	s.store.Install(d, model.Link{State: link, Err: policy.Errorf(policy.Unavailable, "no")})
	m := model.NewClients(s.pump, s.store)
	t.Cleanup(m.Close)
	tips := tooltip.NewLayer(s.pump.After)
	s.screen = clients.New(clients.Config{
		Model: m, Tips: tips, After: s.pump.After, Writable: func() bool { return !s.readOnly },
		Groups: func() []clients.Thing {
			if s.bare {
				return nil
			}
			s.listed++
			return []clients.Thing{{ID: "design", Name: "Design"}}
		},
		Projects: func() []clients.Thing { return nil },
		Choose:   func(things []clients.Thing, chosen func(string)) { chosen(things[0].ID) },
		OnOpen:   func(id string) { s.ask("open %s", id) }, OnEdit: func(id string) { s.ask("edit %s", id) },
		OnDetails: func(id string) { s.ask("details %s", id) },
		OnInvite:  func() { s.ask("invite") }, OnImport: func() { s.ask("import") }, OnRetry: func() { s.ask("retry") }, OnChange: func() {},
		OnAct:    func(a model.Act, ids []string) { s.ask("%s %v", a, ids) },
		OnExport: func(ids []string) { s.ask("export %v", ids) },
		OnResize: func(map[string]float32) {},
	})
	s.Window = widgetstest.Open(t, s.screen.Content, 1300, 620)
	s.settle()
	return s
}

func (s *stage) settle() {
	s.pump.Advance(time.Second)
	s.Relayout()
}

func (s *stage) wantAsked(t *testing.T, want ...string) {
	t.Helper()
	if diff := cmp.Diff(want, s.asked); diff != "" {
		t.Errorf("asked for: -want +got\n%s", diff)
	}
}

func company() *model.Data {
	row := func(id, name string, status policy.Status, scope policy.Scope) *model.Client {
		return model.NewClient(policy.Client{
			ID: policy.ClientID(id), Name: name, Email: id + "@client.example", Status: status, Scope: scope,
			Trail: policy.Trail{Changed: noon.Add(-3 * time.Hour), ChangedBy: "Olive"},
		}, 1)
	}
	return &model.Data{
		Clients: model.NewTable([]*model.Client{
			row("acme", "Acme Bank", policy.Active, policy.Scope{Groups: []policy.GroupID{"design", "gone"}, Screencasts: true}),
			row("dune", "Dune Optics", policy.Suspended, policy.Scope{Projects: []policy.ProjectID{"site"}}),
			row("iris", "Iris Clinics", policy.Invited, policy.Scope{}),
		}),
		Groups:   model.NewTable([]*model.Group{{Group: policy.Group{ID: "design", Name: "Design"}}}),
		Projects: model.NewTable([]*model.Project{{Project: policy.Project{ID: "site", Name: "Website"}}}),
	}
}

func TestTheListSaysWhatThereIsToKnow(t *testing.T) {
	s := show(t, company(), model.LinkLive)
	s.WantTexts("Acme Bank", "acme@client.example", "Active", "! Groups", "Yes", "2 groups", "Never", "Suspended", "Projects", "1 project", "Invited", "Nothing", "–")
	s.WantNoTexts("0 ticked")
	s.WantFits()
}

func TestSearchingAndFilteringNarrowTheList(t *testing.T) {
	s := show(t, company(), model.LinkLive)
	s.screen.FocusSearch(s.Canvas())
	s.Type("dune")
	s.settle()
	s.WantTexts("Dune Optics")
	s.WantNoTexts("Acme Bank")
	s.Press(fyne.KeyEscape)
	s.Tap("Status")
	s.Tap("Invited")
	s.settle()
	s.WantTexts("Status: Invited", "Iris Clinics")
	s.WantNoTexts("Acme Bank", "Dune Optics")
	s.Tap("Status: Invited")
	s.Tap("More")
	s.Tap("Group…")
	s.settle()
	s.WantTexts("Group: Design", "Acme Bank")
	s.WantNoTexts("Iris Clinics")
	s.Tap("Clear filters")
	s.settle()
	s.WantTexts("Acme Bank", "Iris Clinics")
}

func TestNothingFoundSaysWhatWasSearchedAndClears(t *testing.T) {
	s := show(t, company(), model.LinkLive)
	s.screen.FocusSearch(s.Canvas())
	s.Type("zebra")
	s.settle()
	s.WantTexts("Nothing found", "No client is found by “zebra”.", "Clear search")
	s.Tap("More")
	s.Tap("Screencasts: on")
	s.settle()
	s.WantTexts("No client is found by “zebra” and fits the filters.")
	s.Tap("Clear search and filters")
	s.settle()
	s.WantTexts("Acme Bank")
	s.Tap("Sees")
	s.Tap("Groups + projects")
	s.settle()
	s.WantTexts("No client fits all of the filters.")
	s.TapLast("Clear filters")
	s.settle()
	s.WantTexts("Acme Bank")
}

func TestTickedClientsAreActedOnTogether(t *testing.T) {
	s := show(t, company(), model.LinkLive)
	s.screen.Select("acme")
	s.screen.FocusRows()
	s.Press(fyne.KeySpace, fyne.KeyDown, fyne.KeySpace)
	s.settle()
	s.WantTexts("2 ticked")
	s.Tap("Suspend")
	s.Tap("Resume")
	s.Tap("Send invitations again") // none of the two is invited
	s.TapLast("Export")
	s.wantAsked(t, "suspend [acme dune]", "resume [acme dune]", "export [acme dune]")
	for _, b := range widgetstest.Find[*control.Button](s.Window) {
		if b.Tip == "Untick all" {
			test.Tap(b)
		}
	}
	s.settle()
	s.WantNoTexts("2 ticked")
}

func TestAFilterByAGroupListsNoGroupsAtAChange(t *testing.T) {
	s := show(t, company(), model.LinkLive)
	s.Tap("More")
	s.Tap("Group…")
	s.settle()
	s.WantTexts("Group: Design")
	before := s.listed
	d := company()
	d.Groups = model.NewTable([]*model.Group{{Group: policy.Group{ID: "design", Name: "Designers"}}})
	s.store.Install(d, model.Link{State: model.LinkLive})
	s.settle()
	s.WantTexts("Group: Designers")
	if s.listed != before {
		t.Errorf("all groups were listed %d times", s.listed-before)
	}
}

func TestClientsOfSeveralSearchesAreTickedTogether(t *testing.T) {
	s := show(t, company(), model.LinkLive)
	for _, name := range []string{"Acme", "Dune"} {
		s.screen.FocusSearch(s.Canvas())
		s.Press(fyne.KeyEscape)
		s.Type(name)
		s.settle()
		s.screen.FocusRows()
		s.Press(fyne.KeyHome, fyne.KeySpace)
		s.settle()
	}
	s.WantTexts("2 ticked, 1 not listed")
	s.Tap("Suspend")
	s.wantAsked(t, "suspend [dune acme]")
	s.screen.FocusRows()
	s.Press(fyne.KeyEscape)
	s.settle()
	s.WantNoTexts("2 ticked, 1 not listed")
}

func TestARowIsOpenedByKeyAndDeletedByKey(t *testing.T) {
	s := show(t, company(), model.LinkLive)
	s.screen.Select("iris")
	s.screen.FocusRows()
	s.Press(fyne.KeyReturn, fyne.KeyDelete)
	s.wantAsked(t, "open iris", "delete [iris]")
}

func TestNothingIsChangedWhileOneCanOnlyRead(t *testing.T) {
	s := show(t, company(), model.LinkLive)
	s.readOnly = true
	s.screen.Refresh()
	s.screen.Select("acme")
	s.screen.FocusRows()
	s.Press(fyne.KeySpace, fyne.KeyDelete)
	s.settle()
	s.Tap("Suspend")
	s.Tap("Invite a client")
	s.wantAsked(t)
}

func TestAnEmptyListSaysWhatToDo(t *testing.T) {
	s := show(t, &model.Data{}, model.LinkLive)
	s.WantTexts("No clients yet")
	s.TapLast("Invite a client")
	s.wantAsked(t, "invite")
}

func TestAnEmptyCompanyBeginsWithTheDirectory(t *testing.T) {
	s := show(t, &model.Data{}, model.LinkLive)
	s.bare = true
	s.screen.Refresh()
	s.settle()
	s.Tap("Import the directory")
	s.wantAsked(t, "import")
}

func TestAListThatFailedCanBeTriedAgain(t *testing.T) {
	s := show(t, &model.Data{}, model.LinkOffline)
	s.WantTexts("The clients could not be loaded")
	s.Tap("Try again")
	s.wantAsked(t, "retry")
}

func TestAListOnItsWaySaysSo(t *testing.T) {
	s := show(t, &model.Data{}, model.LinkLoading)
	s.WantTexts("Loading clients…")
}

func TestASearchBeginsAtTheFirstRow(t *testing.T) {
	var all []*model.Client
	for i := range 500 {
		all = append(all, model.NewClient(policy.Client{ID: policy.ClientID(fmt.Sprint("c", i)), Name: fmt.Sprintf("Acme %03d", i), Status: policy.Active}, 1))
	}
	s := show(t, &model.Data{Clients: model.NewTable(all)}, model.LinkLive)
	s.screen.FocusRows()
	s.Press(fyne.KeyEnd)
	s.settle()
	s.WantTexts("Acme 499")
	s.screen.FocusSearch(s.Canvas())
	s.Type("acme")
	s.settle()
	s.WantTexts("Acme 000")
	s.WantNoTexts("Acme 499")
}

func TestWhatIsBeingTypedStaysWhenTheRowsChange(t *testing.T) {
	s := show(t, company(), model.LinkLive)
	s.screen.FocusSearch(s.Canvas())
	s.Type("acme")
	s.screen.Refresh() // before typing has paused for long enough to search
	s.WantTexts("acme")
	s.settle()
	s.WantTexts("acme")
}
