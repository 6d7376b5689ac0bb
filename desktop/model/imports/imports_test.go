package imports_test

import (
	"context"
	"io"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/imports"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

const company = `{
	"employees": [{"id": "ada", "name": "Ada", "groups": ["design"]}],
	"groups": [{"id": "design", "name": "Design"}, {"id": "dev", "name": "Development"}],
	"projects": []
}`

// open returns an import beside a sidecar with a company.
func open(t *testing.T) (*imports.Import, *asynctest.Pump, *client.Client) {
	t.Helper()
	owner := sidecartest.Start(t, sidecartest.Options{}).Owner
	pump := asynctest.New(t)
	m := imports.New(imports.Calls(pump, owner))
	t.Cleanup(m.Close)
	m.Add(imports.NewFile("/home/olive/company.json", []byte(company)))
	pump.Settle()
	m.Import()
	pump.Settle()
	if m.Step() != imports.Done {
		t.Fatalf("%s: %v", m.Step(), m.Err())
	}
	return m, pump, owner
}

func changes(m *imports.Import) [3]int {
	added, changed, removed := imports.Changes(m.Result())
	return [3]int{added, changed, removed}
}

func TestADocumentIsImportedOnce(t *testing.T) {
	m, pump, owner := open(t)
	if got := changes(m); got != [3]int{3, 0, 0} {
		t.Errorf("changes %v", got)
	}
	got, err := owner.Employees().Get(t.Context(), "ada")
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(policy.Employee{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}}, got.Value); diff != "" {
		t.Error(diff)
	}
	m.Add(imports.NewFile("company.json", []byte(company)))
	pump.Settle()
	if got := changes(m); got != [3]int{} || m.CanImport() {
		t.Errorf("the second time it changes %v, can be imported: %v", got, m.CanImport())
	}
}

func TestTheCheckTellsWhatTheImportDoes(t *testing.T) {
	m, pump, owner := open(t)
	m.Add(imports.NewFile("groups.csv", []byte("id,name\ndesign,Design Studio\nresearch,Research\n")))
	pump.Settle()
	want := []imports.Line{
		{Sort: imports.LineRemoved, Kind: policy.TypeGroup, ID: "dev"},
		{Sort: imports.LineChanged, Kind: policy.TypeGroup, ID: "design"},
		{Sort: imports.LineAdded, Kind: policy.TypeGroup, ID: "research"},
	}
	if diff := cmp.Diff(want, m.Lines()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	if _, err := owner.Groups().Get(t.Context(), "dev"); err != nil {
		t.Errorf("checking has changed something: %v", err)
	}
	m.Import()
	pump.Settle()
	if got := changes(m); got != [3]int{1, 1, 1} {
		t.Errorf("changes %v", got)
	}
	page, err := owner.Groups().List(t.Context(), "", 0)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, g := range page.Items {
		names = append(names, g.Value.Name)
	}
	if diff := cmp.Diff([]string{"Design Studio", "Research"}, names); diff != "" {
		t.Error(diff)
	}
}

func TestMistakesAreLinesOfTheirTable(t *testing.T) {
	m, pump, _ := open(t)
	m.Add(imports.NewFile("groups.csv", []byte("id,name\nnot an id,Design\n")))
	pump.Settle()
	lines := m.Lines()
	if len(lines) != 1 || lines[0].Sort != imports.LineFault || lines[0].Fault.Row != 2 || m.CanImport() {
		t.Errorf("%+v", lines)
	}
	m.Remove("groups.csv")
	if m.Step() != imports.Empty || m.Lines() != nil {
		t.Errorf("without files it is %s", m.Step())
	}
}

func TestFilesThatDoNotGoTogetherAreRefused(t *testing.T) {
	pump := asynctest.New(t)
	for name, c := range map[string]struct {
		files []imports.File
		want  error
	}{
		"two of a table":        {[]imports.File{imports.NewFile("a.csv", nil), imports.NewFile("b.csv", nil)}, imports.ErrTwice},
		"a document and tables": {[]imports.File{imports.NewFile("a.json", nil), imports.NewFile("b.csv", nil)}, imports.ErrMixed},
		"too large":             {[]imports.File{imports.NewFile("a.csv", make([]byte, imports.MaxFiles+1))}, imports.ErrTooLarge},
		"no JSON":               {[]imports.File{imports.NewFile("a.json", []byte("{"))}, imports.ErrDocument},
		"another word":          {[]imports.File{imports.NewFile("a.json", []byte(`{"people": []}`))}, imports.ErrDocument},
		"two documents":         {[]imports.File{imports.NewFile("a.json", []byte(company+company))}, imports.ErrDocument},
		"more than one":         {[]imports.File{imports.NewFile("a.json", []byte(company+"]"))}, imports.ErrDocument},
		"a list is missing":     {[]imports.File{imports.NewFile("a.json", []byte(`{"groups": [], "projects": []}`))}, imports.ErrLists},
	} {
		t.Run(name, func(t *testing.T) {
			m := imports.New(imports.Config{On: pump}) // the sidecar is not asked
			defer m.Close()
			m.Add(c.files...)
			pump.Settle()
			if m.Err() != c.want || m.CanImport() {
				t.Errorf("%v, can be imported: %v", m.Err(), m.CanImport())
			}
		})
	}
}

func TestTheTableIsGuessedAndCanBeSaid(t *testing.T) {
	for name, want := range map[string]imports.Part{
		"staff.csv": imports.Employees, "Teams 2026.csv": imports.Groups, "Projekte.csv": imports.Projects,
		"group-memberships.csv": imports.Memberships, "all.json": imports.Document,
	} {
		if got := imports.NewFile(name, nil).Part; got != want {
			t.Errorf("%s is taken for %s, want %s", name, got, want)
		}
	}
	pump := asynctest.New(t)
	var sent string
	m := imports.New(imports.Config{On: pump, TryCSV: func(_ context.Context, tables client.Tables) (client.Stored[api.Imported], error) {
		if tables.Projects != nil {
			text, err := io.ReadAll(tables.Projects)
			sent = string(text)
			return client.Stored[api.Imported]{}, err
		}
		return client.Stored[api.Imported]{}, nil
	}})
	defer m.Close()
	m.Add(imports.NewFile("list.csv", []byte("id,name\n")))
	m.SetPart("list.csv", imports.Projects)
	pump.Settle()
	if sent != "id,name\n" {
		t.Errorf("as projects are sent %q", sent)
	}
}

func TestAnImportWhoseAnswerWasLostIsToldWhatItDid(t *testing.T) {
	owner := sidecartest.Start(t, sidecartest.Options{}).Owner
	pump := asynctest.New(t)
	calls, lost := imports.Calls(pump, owner), false
	calls.ImportCSV = func(ctx context.Context, tables client.Tables, terms client.Terms) (client.Stored[api.Imported], error) {
		stored, err := owner.ImportCSV(ctx, tables, terms)
		if err == nil && !lost {
			lost = true
			return client.Stored[api.Imported]{}, &policy.Error{Code: policy.Unavailable}
		}
		return stored, err
	}
	m := imports.New(calls)
	defer m.Close()
	m.Add(imports.NewFile("groups.csv", []byte("id,name\na,A\n")))
	pump.Settle()
	m.Import()
	pump.Settle()
	if policy.CodeOf(m.Err()) != policy.Unavailable || !m.CanImport() {
		t.Fatalf("%v, can be imported: %v", m.Err(), m.CanImport())
	}
	m.Import()
	pump.Settle()
	if m.Step() != imports.Done || changes(m) != [3]int{1, 0, 0} {
		t.Errorf("%s: %v", m.Step(), m.Err())
	}
}

func TestAnImportThatWouldDoSomethingElseByNowIsNotMade(t *testing.T) {
	m, pump, owner := open(t)
	m.Add(imports.NewFile("groups.csv", []byte("id,name\ndesign,Design\n")))
	pump.Settle()
	if got := changes(m); got != [3]int{0, 0, 1} {
		t.Fatalf("changes %v", got)
	}
	if _, err := owner.Groups().Create(t.Context(), policy.Group{ID: "new", Name: "New"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	m.Import()
	pump.Settle()
	if got := changes(m); m.Err() != imports.ErrChanged || got != [3]int{0, 0, 2} {
		t.Fatalf("%v, changes %v", m.Err(), got)
	}
	m.Import() // the admin has seen it
	pump.Settle()
	if m.Step() != imports.Done {
		t.Errorf("%s: %v", m.Step(), m.Err())
	}
}

func TestWhatADocumentRefersToAndLacksIsWarnedOf(t *testing.T) {
	m, pump, _ := open(t)
	m.Add(imports.NewFile("company.json", []byte(`{"employees": [{"id": "ada", "name": "Ada", "groups": ["desing"]}], "groups": [], "projects": []}`)))
	pump.Settle()
	lines := m.Lines()
	if len(lines) == 0 || lines[0].Sort != imports.LineDead || lines[0].Fault.Message != `refers to "desing", which does not exist` || !m.CanImport() {
		t.Errorf("%v, %+v", m.Err(), lines)
	}
}
