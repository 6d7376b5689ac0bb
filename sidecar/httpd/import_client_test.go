package httpd_test

import (
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// agency is a company in tables.
func agency() client.Tables {
	return client.Tables{
		Employees:   strings.NewReader("Personalnummer;Name\n1;Ada\n2;Bob\n"),
		Groups:      strings.NewReader("name\nDesign\n"),
		Projects:    strings.NewReader("Code,Title,Team\nS-1,Site,Design\n"),
		Memberships: strings.NewReader("wer,group,project\n1,design,\nBob,,site\n"),
		Mapping:     map[string]map[string]string{"memberships": {"employee": "Wer"}},
	}
}

func TestTablesAreImportedThroughTheClient(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	tried, err := s.Owner.TryImportCSV(t.Context(), agency())
	if err != nil {
		t.Fatal(err)
	}
	if page, err := s.Owner.Employees().List(t.Context(), "", 0); err != nil || len(page.Items) != 0 {
		t.Errorf("the employees are %v (%v), want none yet", page.Items, err)
	}
	done, err := s.Owner.ImportCSV(t.Context(), agency(), client.Terms{IdempotencyKey: "k"})
	if err != nil {
		t.Fatal(err)
	}
	if !tried.Value.DryRun {
		t.Error("the dry run is none")
	}
	tried.Value.DryRun = false
	if diff := cmp.Diff(tried.Value, done.Value); diff != "" {
		t.Error(diff)
	}
	again, err := s.Owner.ImportCSV(t.Context(), agency(), client.Terms{IdempotencyKey: "k"})
	if diff := cmp.Diff(done.Value, again.Value); diff != "" || err != nil {
		t.Error(diff, err)
	}
	page, err := s.Owner.Employees().List(t.Context(), "", 0)
	want := []policy.Employee{
		{ID: "1", Name: "Ada", Groups: []policy.GroupID{"design-6dbd0e1850bc"}},
		{ID: "2", Name: "Bob", Projects: []policy.ProjectID{"S-1"}},
	}
	var got []policy.Employee
	for _, item := range page.Items {
		got = append(got, item.Value)
	}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
}

func TestFaultsComeBackThroughTheClient(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	faulty := agency()
	faulty.Memberships = strings.NewReader("wer,group\n" + strings.Repeat("3,Design\n", 1_001))
	_, err := s.Owner.ImportCSV(t.Context(), faulty, client.Terms{})
	e, ok := errors.AsType[*policy.Error](err)
	if !ok {
		t.Fatal(err)
	}
	want := policy.Fault{Table: "memberships", Row: 1_001, Column: "wer", Message: `there is no employee "3"`}
	if e.Code != policy.Invalid || len(e.Faults) != 1_000 || e.Faults[999] != want || e.More != 1 {
		t.Errorf("%s: %d faults, and %d more", e.Code, len(e.Faults), e.More)
	}
}

// endless is a table without an end.
type endless struct{}

func (endless) Read(p []byte) (int, error) {
	return copy(p, strings.Repeat("1,Ada\n", len(p)/6+1)), nil
}

func TestRefusalComesBackBeforeATableEnds(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	_, err := s.App.ImportCSV(t.Context(), client.Tables{Employees: endless{}}, client.Terms{})
	if code := policy.CodeOf(err); code != policy.Forbidden {
		t.Errorf("the code is %q (%v)", code, err)
	}
}

func TestTableThatCanNotBeReadIsNotImported(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	broken := errors.New("broken")
	groups := io.MultiReader(strings.NewReader("id,name\n1,One\n"), iotest.ErrReader(broken))
	_, err := s.Owner.ImportCSV(t.Context(), client.Tables{Groups: groups}, client.Terms{})
	if !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	if page, err := s.Owner.Groups().List(t.Context(), "", 0); err != nil || len(page.Items) != 0 {
		t.Errorf("the groups are %v (%v), want none", page.Items, err)
	}
}
