package table_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/table"
)

// files are the CSV of tables, by the names of the tables.
type files map[string]string

func (f files) sheets(t *testing.T) table.Sheets {
	t.Helper()
	sheets := table.Sheets{}
	for name, text := range f {
		s, err := table.Read(name, strings.NewReader(text))
		if err != nil {
			t.Fatal(err)
		}
		sheets[name] = s
	}
	return sheets
}

// read reads files over a company, which is empty unless current has something.
func read(t *testing.T, f files, m table.Mapping, current policy.Directory) (policy.Directory, table.Report) {
	t.Helper()
	return table.Directory(f.sheets(t), m, current)
}

// wantDirectory fails the test unless the files are the directory, without a
// fault or warning.
func wantDirectory(t *testing.T, f files, m table.Mapping, want policy.Directory) {
	t.Helper()
	got, report := read(t, f, m, policy.Directory{})
	if diff := cmp.Diff(table.Report{}, report); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(filled(want), got); diff != "" {
		t.Error(diff)
	}
}

// filled returns d with empty lists for missing ones.
func filled(d policy.Directory) policy.Directory {
	d.Employees = append([]policy.Employee{}, d.Employees...)
	d.Groups = append([]policy.Group{}, d.Groups...)
	d.Projects = append([]policy.Project{}, d.Projects...)
	return d
}

// studio is a small company.
func studio() policy.Directory {
	return policy.Directory{
		Employees: []policy.Employee{
			{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"app", "site"}},
			{ID: "bob", Name: "Bob", Groups: []policy.GroupID{"design", "print"}},
		},
		Groups: []policy.Group{{ID: "design", Name: "Design"}, {ID: "print", Name: "Print"}},
		Projects: []policy.Project{
			{ID: "app", Name: "App"},
			{ID: "site", Name: "Site", Groups: []policy.GroupID{"design"}},
		},
	}
}

func TestLists(t *testing.T) {
	wantDirectory(t, files{
		table.Employees: "id,name,groups,projects\nada,Ada,design,site; app\nbob,Bob,print;design,\n",
		table.Groups:    "id,name\ndesign,Design\nprint,Print\n",
		table.Projects:  "id,name,groups\napp,App,\nsite,Site,design\n",
	}, nil, studio())
}

func TestMembershipsInATableOfTheirOwn(t *testing.T) {
	for name, memberships := range map[string]string{
		"one kind a row":  "employee,group,project\nada,design,\nada,,site\nada,,app\nbob,design,\nbob,print,\n",
		"both in a row":   "employee,group,project\nada,design,site\nada,,app\nbob,design,\nbob,print,\n",
		"lists in a row":  "employee,group,project\nada,design,site; app\nbob,design|print,\n",
		"with their type": "employee,type,target\nada,group,design\nada,project,site\nada,Projekt,App\nbob,Team,design\nbob,group,Print\n",
		"one twice":       "employee,group,project\nada,design,site\nada,design,app\nbob,design,\nbob,print,\n",
		"by names":        "employee,group,project\nAda,Design,site\nada,design,APP\nbob,design,\nBOB,pRiNt,\n",
	} {
		t.Run(name, func(t *testing.T) {
			wantDirectory(t, files{
				table.Employees:   "id,name\nada,Ada\nbob,Bob\n",
				table.Groups:      "id,name\ndesign,Design\nprint,Print\n",
				table.Projects:    "id,name,groups\napp,App,\nsite,Site,design\n",
				table.Memberships: memberships,
			}, nil, studio())
		})
	}
}

func TestMembershipsOfColumnsAndTableAddUp(t *testing.T) {
	wantDirectory(t, files{
		table.Employees:   "id,name,groups,projects\nada,Ada,design,site; app\nbob,Bob,print,\n",
		table.Groups:      "id,name\ndesign,Design\nprint,Print\n",
		table.Projects:    "id,name,groups\napp,App,\nsite,Site,design\n",
		table.Memberships: "employee,group\nbob,design\nada,design\n",
	}, nil, studio())
}

func TestHeadersAsOthersExportThem(t *testing.T) {
	for name, f := range map[string]files{
		"English": {
			table.Employees: "Employee ID,Full name,Team,Project code\nada,Ada,Design,site;app\nbob,Bob,Print;Design,\n",
			table.Groups:    "Team ID,Team name\ndesign,Design\nprint,Print\n",
			table.Projects:  "Project code,Project,User group\napp,App,\nsite,Site,Design\n",
		},
		"German": {
			table.Employees: "Personal-Nr.;Vollständiger Name;Abteilung;Projekte\nada;Ada;Design;site|app\nbob;Bob;Print|Design;\n",
			table.Groups:    "Gruppen-ID;Gruppe\ndesign;Design\nprint;Print\n",
			table.Projects:  "Projekt-Nr;Projektname;Gruppen\napp;App;\nsite;Site;Design\n",
		},
		"other case, spaces and marks": {
			table.Employees: " ID , NAME ,group_S,PROJECTS\nada,Ada,Design,site;app\nbob,Bob,Print;Design,\n",
			table.Groups:    "\"i d\",Na-me\ndesign,Design\nprint,Print\n",
			table.Projects:  "Id:,Name*,(Groups)\napp,App,\nsite,Site,Design\n",
		},
		"accents apart from their letters": {
			table.Employees: "ID\tVollsta\u0308ndiger Name\tGruppen\tProjekte\nada\tAda\tDesign\tsite, app\nbob\tBob\tPrint, Design\t\n",
			table.Groups:    "id,name\ndesign,Design\nprint,Print\n",
			table.Projects:  "id,name,groups\napp,App,\nsite,Site,Design\n",
		},
	} {
		t.Run(name, func(t *testing.T) { wantDirectory(t, f, nil, studio()) })
	}
}

func TestMappingSaysWhichColumnIsWhich(t *testing.T) {
	wantDirectory(t, files{
		table.Employees: "Id,Kennung,Wer,#\nG1,ada,Ada,\n,bob,Bob,p1\n",
		table.Groups:    "Name\nG1\nG2\n",
		table.Projects:  "id,name\np1,One\n",
	}, table.Mapping{
		table.Employees: {"id": "kennung", "name": "Wer", "projects": "#", "groups": "Id"},
		table.Groups:    {"id": "Name", "name": " Name "},
	}, policy.Directory{
		Employees: []policy.Employee{{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"G1"}}, {ID: "bob", Name: "Bob", Projects: []policy.ProjectID{"p1"}}},
		Groups:    []policy.Group{{ID: "G1", Name: "G1"}, {ID: "G2", Name: "G2"}},
		Projects:  []policy.Project{{ID: "p1", Name: "One"}},
	})
}

func TestNamesInTwoColumns(t *testing.T) {
	wantDirectory(t, files{table.Employees: "id,Vorname,Nachname\n1,Ada,Lovelace\n2,,Prince\n"}, nil, policy.Directory{
		Employees: []policy.Employee{{ID: "1", Name: "Ada Lovelace"}, {ID: "2", Name: "Prince"}},
	})
}

func TestFilesAsProgramsWriteThem(t *testing.T) {
	want := policy.Directory{Groups: []policy.Group{{ID: "1", Name: "Grün; \"blau\", rot"}, {ID: "2", Name: "Zwei Zeilen"}}}
	const plain = "id,name\n1,\"Grün; \"\"blau\"\", rot\"\n2,\"Zwei Zeilen\"\n"
	for name, text := range map[string]string{
		"plain":                     plain,
		"with a byte order mark":    "\ufeff" + plain,
		"of Windows":                strings.ReplaceAll(plain, "\n", "\r\n"),
		"without a last line break": strings.TrimSuffix(plain, "\n"),
		"with semicolons":           "id;name\n1;\"Grün; \"\"blau\"\", rot\"\n2;\"Zwei Zeilen\"\n",
		"with tabs":                 "id\tname\n1\t\"Grün; \"\"blau\"\", rot\"\n2\t\"Zwei Zeilen\"\n",
		"told to have semicolons":   "sep=;\r\nid;name\n1;\"Grün; \"\"blau\"\", rot\"\n2;\"Zwei Zeilen\"\n",
		"with empty lines":          "\n\n" + strings.ReplaceAll(plain, "2,", "\n,\n , \n2,"),
		"with spaces":               strings.ReplaceAll(plain, ",\"", ",  \"") + " \n",
		"UTF-16 little-endian":      "\xff\xfe" + utf16(plain, 0, 8),
		"UTF-16 big-endian":         "\xfe\xff" + utf16(plain, 8, 0),
	} {
		t.Run(name, func(t *testing.T) { wantDirectory(t, files{table.Groups: text}, nil, want) })
	}
}

// utf16 encodes text of the basic plane.
func utf16(text string, first, second int) string {
	var b strings.Builder
	for _, c := range text {
		b.WriteByte(byte(c >> first))
		b.WriteByte(byte(c >> second))
	}
	return b.String()
}

func TestSeparatorInQuotesDoesNotCount(t *testing.T) {
	wantDirectory(t, files{table.Groups: "\"i;;;d\",name\n1,One\n"}, nil, policy.Directory{Groups: []policy.Group{{ID: "1", Name: "One"}}})
}

func TestFormulasAreData(t *testing.T) {
	wantDirectory(t, files{table.Groups: "id,name\n1,\"=HYPERLINK(\"\"http://example.com\"\")\"\n2,@SUM(1+1)\n3,-2+3\n"}, nil, policy.Directory{
		Groups: []policy.Group{{ID: "1", Name: `=HYPERLINK("http://example.com")`}, {ID: "2", Name: "@SUM(1+1)"}, {ID: "3", Name: "-2+3"}},
	})
}

func TestNamesWithSeparatorsInLists(t *testing.T) {
	wantDirectory(t, files{
		table.Employees: "id,name,groups\n1,A,\"Law, Tax\"\n2,B,\"Law, Tax; Sales\"\n3,C,\"Sales, Q; A\"\n4,D,\"Sales,Sales\"\n",
		table.Groups:    "id,name\na,\"Law, Tax\"\nb,Sales\nc,Q; A\nd,\"Sales, Q; A\"\n",
	}, nil, policy.Directory{
		Employees: []policy.Employee{
			{ID: "1", Name: "A", Groups: []policy.GroupID{"a"}},
			{ID: "2", Name: "B", Groups: []policy.GroupID{"a", "b"}},
			{ID: "3", Name: "C", Groups: []policy.GroupID{"d"}},
			{ID: "4", Name: "D", Groups: []policy.GroupID{"b"}},
		},
		Groups: []policy.Group{{ID: "a", Name: "Law, Tax"}, {ID: "b", Name: "Sales"}, {ID: "c", Name: "Q; A"}, {ID: "d", Name: "Sales, Q; A"}},
	})
}

func TestIDsComeBeforeNames(t *testing.T) {
	wantDirectory(t, files{
		table.Employees: "id,name,groups\n1,A,x\n",
		table.Groups:    "id,name\nx,One\ny,X\n",
	}, nil, policy.Directory{
		Employees: []policy.Employee{{ID: "1", Name: "A", Groups: []policy.GroupID{"x"}}},
		Groups:    []policy.Group{{ID: "x", Name: "One"}, {ID: "y", Name: "X"}},
	})
}
