//go:build acceptance

package acceptance

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"sightline.example/policy"
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
	a.search("acme bank")
	a.until("1 of 240 clients")
	a.click("Acme Bank")
	a.press("ctrl+shift+w")
	a.until("What can Acme Bank see, and why?")
	for _, who := range []struct{ name, verdict, why string }{
		{"Worker 01", "Yes", "Through the group Team 01"},
		{"Worker 02", "No", "Nothing that is selected for Acme Bank covers Worker 02."},
	} {
		a.click("Choose an employee…")
		a.pick(who.name)
		a.until("Can Acme Bank see "+who.name+"?", who.why)
		if len(a.see().all(who.verdict)) == 0 {
			t.Errorf("%s: the verdict is not %s", who.name, who.verdict)
		}
	}
	answer, err := sidecar.App.Evaluate(t.Context(), policy.Request{
		Subject:  policy.Entity{Type: policy.TypeClient, ID: "acme-bank"},
		Action:   policy.Action{Name: policy.ActionView},
		Resource: policy.Entity{Type: policy.TypeEmployee, ID: "e2"},
	})
	if err != nil || answer.Allow {
		t.Errorf("the sidecar says %+v: %v", answer, err)
	}
}

func TestCheck25WhoCanSee(t *testing.T) {
	a, sidecar := begin(t)
	a.choose("Access review")
	a.until("Who can see it?")
	a.clickKind("button", "Choose a project…")
	a.pick("Job 05")
	a.until("Who can see the project Job 05?")
	var csv strings.Builder
	if err := sidecar.Owner.ReviewCSV(t.Context(), policy.TypeProject, "p5", &csv); err != nil {
		t.Fatal(err)
	}
	want := 0
	for _, c := range document().Clients {
		answer, err := sidecar.App.Evaluate(t.Context(), policy.Request{
			Subject:  policy.Entity{Type: policy.TypeClient, ID: string(c.ID)},
			Action:   policy.Action{Name: policy.ActionView},
			Resource: policy.Entity{Type: policy.TypeProject, ID: "p5"},
		})
		if err != nil {
			t.Fatal(err)
		}
		if answer.Allow {
			want++
		}
	}
	a.until(fmt.Sprintf("%d clients can see it", want))
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
	if lines := strings.Count(string(text), "\n"); lines != want+1 {
		t.Errorf("the table has %d lines, want %d", lines, want+1)
	}
	if string(text) != csv.String() {
		t.Errorf("the table is not that of the sidecar:\n%s", text)
	}
}

func TestCheck27AuditAndTakeBack(t *testing.T) {
	a, sidecar := begin(t)
	before := stored(t, sidecar, "acme-bank").Value.Scope
	change(t, sidecar, "acme-bank", func(c *policy.Client) { c.Scope.Groups = []policy.GroupID{"g1", "g2"} })
	a.choose("Audit log")
	a.click("Anybody…")
	a.pick("Olive")
	a.until("By Olive ×")
	a.click("Acme Bank")
	a.until("Groups: + Team 02")
	a.click("Take back…")
	a.until("Take back this change of Acme Bank?")
	a.press("Return")
	a.until("The scope of Acme Bank is what it was before.")
	wantScope(t, sidecar, "acme-bank", before)
	if n := len(records(t, sidecar, "acme-bank")); n != 2 {
		t.Errorf("the audit log has %d records of it, want 2", n)
	}
}

func TestCheck28Import(t *testing.T) {
	a, sidecar := begin(t)
	table := "id,name\n"
	for i := range manyGroups {
		table += fmt.Sprintf("g%d,Team %02d\n", i, i)
	}
	table = strings.Replace(table, "g3,Team 03", "g3,Team Three", 1) + "new,Newcomers\n"
	path := filepath.Join(a.home, "groups.csv")
	if err := os.WriteFile(path, []byte(table), 0o600); err != nil {
		t.Fatal(err)
	}
	a.choose("Groups")
	a.until("In scopes")
	a.importFile(path)
	a.until("Will be added 1, changed 1, removed 0.")
	a.clickKind("button", "Import")
	a.until("The directory is imported.", "Added 1, changed 1, removed 0.")
	got, err := sidecar.Owner.Groups().Get(t.Context(), "g3")
	if err != nil || got.Value.Name != "Team Three" {
		t.Errorf("the sidecar has %+v: %v", got, err)
	}
	if _, err := sidecar.Owner.Groups().Get(t.Context(), "new"); err != nil {
		t.Error(err)
	}
	a.click("Done")
	a.untilGone("The directory is imported.")
	a.importFile(path)
	a.until("Nothing to import: everything is as in the files already.")
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
