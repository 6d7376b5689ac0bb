//go:build acceptance

package acceptance

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// pick chooses a thing by its name, in the list that has opened over the window.
func (a *app) pick(name string) {
	a.t.Helper()
	a.when("a list to choose from", func(s seen) bool { return s.Overlay && focused(s) != "" })
	a.write(name)
	a.when(name+" in the list", func(s seen) bool { return s.Overlay && len(s.all(name)) > 1 })
	a.press("Return")
	a.when("the end of the list", func(s seen) bool { return !s.Overlay })
}

func TestCheck24Why(t *testing.T) {
	a, sidecar := begin(t)
	change(t, sidecar, "acme-bank", func(c *policy.Client) { c.Scope.Projects = []policy.ProjectID{"p1"} })
	a.search("acme bank")
	a.until("1 of 240 clients", "Groups + projects")
	a.click("Acme Bank")
	a.press("ctrl+shift+w")
	a.until("What can Acme Bank see, and why?")
	for _, who := range []struct {
		name, id string
		says     []string
	}{
		{"Worker 01", "e1", []string{"Yes", "Worker 01 is in a group and on a project that are selected for Acme Bank; both are needed.", "Through the group Team 01", "Through the project Job 01"}},
		{"Worker 09", "e9", []string{"No", "Nothing that is selected for Acme Bank covers Worker 09.", "The scope has the group Team 01, which is not enough"}},
		{"Worker 14", "e14", []string{"No", "Nothing that is selected for Acme Bank covers Worker 14.", "The scope has the project Job 01, which is not enough"}},
		{"Worker 02", "e2", []string{"No", "Nothing that is selected for Acme Bank covers Worker 02."}},
	} {
		a.click("Choose an employee…")
		a.pick(who.name)
		answer := enforced(t, sidecar, "acme-bank", policy.TypeEmployee, who.id)
		if answer.Allow != (who.says[0] == "Yes") {
			t.Errorf("%s: the sidecar says %+v", who.name, answer)
		}
		now := a.until("Can Acme Bank see "+who.name+"?", who.says[1])
		if yes := answer.Reason.Code == "in_group_on_project"; yes != answer.Allow || !yes && answer.Reason.Code != "not_in_scope" {
			t.Errorf("%s: the sidecar's reason is %s", who.name, answer.Reason.Code)
		}
		for _, text := range who.says {
			if len(now.all(text)) == 0 && !now.has(text) {
				t.Errorf("%s: %q is not told; shown is %s", who.name, text, now.text())
			}
		}
		if len(now.all(who.says[0])) == 0 {
			t.Errorf("%s: the verdict is not %s", who.name, who.says[0])
		}
	}
}

// enforced asks the sidecar whether a client may see something, as an application does.
func enforced(t *testing.T, s *sidecartest.Sidecar, by policy.ClientID, kind, id string) client.Answer {
	t.Helper()
	answer, err := s.App.Evaluate(t.Context(), policy.Request{
		Subject:  policy.Entity{Type: policy.TypeClient, ID: string(by)},
		Action:   policy.Action{Name: policy.ActionView},
		Resource: policy.Entity{Type: kind, ID: id},
	})
	if err != nil {
		t.Fatal(err)
	}
	return answer
}

func TestCheck25WhoCanSee(t *testing.T) {
	a, sidecar := begin(t)
	var table strings.Builder
	if err := sidecar.Owner.ReviewCSV(t.Context(), policy.TypeProject, "p5", &table); err != nil {
		t.Fatal(err)
	}
	var want []string // by brute force
	for _, c := range document().Clients {
		if enforced(t, sidecar, c.ID, policy.TypeProject, "p5").Allow {
			want = append(want, c.Name)
		}
	}
	slices.Sort(want)
	a.reviewed()
	a.until(fmt.Sprintf("%d clients can see it", len(want)))
	if listed := a.namesIn("Client", want); !slices.Equal(listed, want) {
		t.Errorf("listed are %q, want %q", listed, want)
	}
	a.click("Export…")
	a.until("A table as CSV")
	a.press("Return")
	a.until("The table was exported to")
	files, err := filepath.Glob(filepath.Join(a.home, "who-sees-*.csv"))
	if err != nil || len(files) != 1 {
		t.Fatalf("files %v, %v", files, err)
	}
	text, err := os.ReadFile(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if string(text) != table.String() {
		t.Errorf("the table is not that of the sidecar:\n%s", text)
	}
	if exported := column(t, string(text), "name"); !slices.Equal(exported, want) {
		t.Errorf("exported are %q, want %q", exported, want)
	}
}

// namesIn returns which names the rows below a title have, from the first row to the
// last of those that are wanted, sorted.
func (a *app) namesIn(title string, want []string) []string {
	a.t.Helper()
	head, _ := a.until(title).title(title)
	a.do("mousemove", strconv.Itoa(a.x+head.X+40), strconv.Itoa(a.y+head.Y+100))
	found := map[string]bool{}
	last := -1
	_ = wait(patience, func() bool { // until all are there, and scrolling brings no others
		for _, i := range a.see().Items {
			if i.Kind == "label" && i.Y > head.Y+head.Height && i.X >= head.X-inset && i.X < head.X+inset {
				found[i.Text] = true
			}
		}
		rest := len(found) == last
		last = len(found)
		a.do("click", "--repeat", "3", "5")
		return rest && last >= len(want)
	})
	return slices.Sorted(maps.Keys(found))
}

// column returns the values in a column of a table, sorted.
func column(t *testing.T, table, title string) (values []string) {
	t.Helper()
	lines, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table, "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := slices.Index(lines[0], title)
	if at < 0 {
		t.Fatalf("no column of %q is %s", lines[0], title)
	}
	for _, line := range lines[1:] {
		values = append(values, line[at])
	}
	slices.Sort(values)
	return values
}

func TestCheck27AuditAndTakeBack(t *testing.T) {
	a, sidecar := begin(t)
	before := stored(t, sidecar, "acme-bakery").Value.Scope
	another := *sidecar // as another admin
	another.Owner = key(t, sidecar, "Robin", policy.RoleOwner)
	change(t, &another, "north", func(c *policy.Client) { c.Scope.Groups = []policy.GroupID{"g5"} })
	change(t, sidecar, "acme-bakery", func(c *policy.Client) { c.Scope.Groups = []policy.GroupID{"g1"} }) // as in check 12
	a.choose("Audit log")
	a.until("Client North Pole", "Client Acme Bakery", "Robin")
	a.click("Anybody…")
	a.pick("Robin")
	a.until("By Robin ×", "Client North Pole")
	a.untilGone("Acme Bakery")
	a.click("By Robin ×")
	a.until("Acme Bakery")
	a.click("Anybody…")
	a.pick("Olive")
	a.until("By Olive ×", "Acme Bakery")
	a.untilGone("North Pole")
	a.wantRecords("Acme Bakery", "Groups: + Team 01")
	a.click("Take back…")
	a.until("Take back this change of Acme Bakery?", "-1 group")
	a.press("Return")
	a.until("The scope of Acme Bakery is what it was before.")
	wantScope(t, sidecar, "acme-bakery", before)
	if n := len(records(t, sidecar, "acme-bakery")); n != 2 {
		t.Errorf("the audit log has %d records of it, want 2", n)
	}
	a.wantRecords("Acme Bakery", "Groups: − Team 01", "Groups: + Team 01")
}

// key makes a key with a name, and returns a client who uses it.
func key(t *testing.T, s *sidecartest.Sidecar, name string, role policy.Role) *client.Client {
	t.Helper()
	made, err := s.Owner.CreateKey(t.Context(), api.NewKey{Name: name, Role: role}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	return (&client.Client{BaseURL: s.URL, Key: made.Value.Text}).AtLeast(made.Token)
}

func TestCheck28Import(t *testing.T) {
	sidecar := world(t, sidecartest.Options{})
	before := document()
	before.Clients = nil
	before.Groups = append(before.Groups, policy.Group{ID: "spare", Name: "Spare"})
	if _, err := sidecar.Owner.Import(t.Context(), before, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	directory := document().Directory
	directory.Groups[3].Name = "Team Three"
	directory.Groups = append(directory.Groups, policy.Group{ID: "new", Name: "Newcomers"})
	a := launch(t, options{})
	a.signIn(sidecar.URL)
	path := filepath.Join(a.home, "groups.json")
	text, err := json.Marshal(directory)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	a.choose("Groups")
	a.until("In scopes")
	a.importFile(path)
	a.until("1 to be added, 1 to be changed, 1 to be removed.", "Added | Group | new", "Changed | Group | Team 03 (g3)", "Removed | Group | Spare (spare)")
	wantGroups(t, sidecar, before.Groups) // it was a dry run
	a.clickKind("button", "Import")
	a.until("Remove 1 by this import?")
	wantGroups(t, sidecar, before.Groups) // nor was it done without being asked
	a.clickKind("button", "Import")
	a.until("The directory is imported.", "1 added, 1 changed, 1 removed.")
	wantGroups(t, sidecar, directory.Groups)
	a.click("Done")
	a.untilGone("The directory is imported.")
	a.importFile(path)
	a.until("Nothing to import: everything is as in the files already.")
	a.wantDisabled("Import", true)
}

// wantGroups checks which groups the sidecar has.
func wantGroups(t *testing.T, sidecar *sidecartest.Sidecar, want []policy.Group) {
	t.Helper()
	names := map[policy.GroupID]string{}
	for _, g := range want {
		names[g.ID] = g.Name
	}
	got := map[policy.GroupID]string{}
	page, err := sidecar.Owner.Groups().List(t.Context(), "", api.MaxPage)
	if err != nil {
		t.Fatal(err)
	}
	for _, g := range page.Items {
		got[g.Value.ID] = g.Value.Name
	}
	if diff := cmp.Diff(names, got); diff != "" {
		t.Errorf("groups: -want +got\n%s", diff)
	}
}

// importFile opens the import, and adds a file.
func (a *app) importFile(path string) {
	a.t.Helper()
	a.choose("Import")
	a.until("Import the directory")
	a.click("Add a file…")
	a.when("the path", func(s seen) bool { return s.Overlay && focused(s) != "" })
	a.write(path)
	a.press("Return")
	a.when("the end of the question", func(s seen) bool { return !s.Overlay })
}

func TestCheck29DeleteWhatIsUsed(t *testing.T) {
	sidecar := world(t, sidecartest.Options{})
	for _, id := range []policy.ClientID{"north", "zebra"} {
		change(t, sidecar, id, func(c *policy.Client) { c.Scope = policy.Scope{Projects: []policy.ProjectID{"p1"}} })
	}
	a := launch(t, options{})
	a.signIn(sidecar.URL)
	a.choose("Projects")
	a.until("In scopes")
	a.click("Job 01")
	a.choose("Delete")
	a.until("Delete Job 01?", "Acme Bakery loses 6 employees, 1 project.", "North Pole loses 6 employees, 1 project.", "Zebra Zoo loses 6 employees, 1 project.")
	a.write("Job 01")
	a.press("Return")
	a.until("Job 01 is deleted.")
	if _, err := sidecar.Owner.Projects().Get(t.Context(), "p1"); policy.CodeOf(err) != policy.NotFound {
		t.Errorf("the sidecar says %v", err)
	}
	dead := true
	found, err := sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Dead: &dead})
	if err != nil || len(found.Value.Items) != 3 {
		t.Errorf("%d clients have dead references: %v", len(found.Value.Items), err)
	}
}
