package table_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/table"
)

var update = flag.Bool("update", false, "rewrite the golden reports")

// wantReport fails the test unless the report is the golden one of that name.
func wantReport(t *testing.T, name string, report any) {
	t.Helper()
	got, err := json.MarshalIndent(report, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	got = append(got, '\n')
	path := filepath.Join("testdata", strings.ReplaceAll(name, " ", "_")+".json")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Error(diff)
	}
}

func TestEverythingWrongIsReported(t *testing.T) {
	for name, c := range map[string]struct {
		files
		m table.Mapping
	}{
		"rows": {files: files{
			table.Employees: "id,name,groups,projects\n" +
				",Ada,,\n" + // line 2
				"bob,,,\n" +
				"eve,Eve,Dezign; Print; Art,Site\n" +
				"eve,Eva,,\n" +
				"a b,Al,,\n" +
				"dan,\"D\nan\",,\n" +
				"fay,Fay,,,,too,many\n" + // line 9
				"gil,Gil,Twins,\n",
			table.Groups:   "id,name\nart,Art\ntwin1,Twins\ntwin2,twins\ntwin3,TWINS\n",
			table.Projects: "id,name,groups\nsite,Site,Art; None\n",
		}},
		"syntax": {files: files{
			table.Employees: "id,name\n1,A\"da\n2,\"Bob\" Builder\n3,Cy\n4,\"Dan\n5,Eve\n",
			table.Groups:    "",
			table.Projects:  "id,name\n1,\xff\xfe\n",
		}},
		"columns": {
			files: files{
				table.Employees:   "id,Phone,Full name,Employee,Notes,phone,\n1,2,A,B,,,\n",
				table.Groups:      "code\n1\n",
				table.Projects:    "\n\nKind of thing;Other\n1;2\n",
				table.Memberships: "employee,type\n1,group\n",
			},
			m: table.Mapping{
				"people":        {"id": "x"},
				table.Employees: {"id": "Kennung", "email": "Notes"},
			},
		},
		"memberships": {files: files{
			table.Employees:   "id,name\n1,Ada\n2,Ann\n3,ann\n",
			table.Groups:      "id,name\ndesign,Design\n",
			table.Projects:    "id,name\nsite,Site\n",
			table.Memberships: "employee,group,project\n,Design,\n1,,\n4,Design,\nAnn,Design,\n1,Site,Design\n",
		}},
		"memberships with types": {files: files{
			table.Employees:   "id,name\n1,Ada\n",
			table.Groups:      "id,name\ndesign,Design\n",
			table.Memberships: "employee,type,member of\n1,,Design\n1,role,Design\n1,group,\n1,project,Design\n",
		}},
		"memberships without targets": {files: files{table.Memberships: "employee;role\n1;x\n"}},
		"names without ids": {files: files{
			table.Groups:    "name\nDesign\nPrint\n design \n",
			table.Employees: "Vorname,Nachname\nAda,Lovelace\nADA,lovelace\n,\n",
		}},
		"limits": {files: files{
			table.Employees: "id,name\n" + strings.Repeat("i", 129) + ",A\n2," + strings.Repeat("n", 201) + "\n3," + strings.Repeat("c", 65537) + "\n",
			table.Groups:    "id,name" + strings.Repeat(",", 199) + "\n",
			table.Projects:  "id,name,groups\n1,A,\"" + strings.Repeat("unheard-of ", 20) + "\"\n",
		}},
	} {
		t.Run(name, func(t *testing.T) {
			_, report := read(t, c.files, c.m, policy.Directory{})
			wantReport(t, name, report)
		})
	}
}

func TestOnlySoManyFaultsAreListed(t *testing.T) {
	rows := strings.Repeat("x y,Name\n", 1_234)
	_, report := read(t, files{table.Groups: "id,name,more,and more\n" + rows[:len("x y,Name\n")]}, nil, policy.Directory{})
	if len(report.Faults) != 1 || len(report.Warnings) != 2 {
		t.Fatalf("%d faults, %d warnings; want 1 and 2", len(report.Faults), len(report.Warnings))
	}
	var b strings.Builder
	for i := range 1_234 {
		fmt.Fprintf(&b, "%d x,Name\n", i)
	}
	_, report = read(t, files{table.Groups: "id,name\n" + b.String()}, nil, policy.Directory{})
	if len(report.Faults) != 1_000 || report.MoreFaults != 234 {
		t.Errorf("%d faults and %d more, want 1000 and 234", len(report.Faults), report.MoreFaults)
	}
	err := report.Err().(*policy.Error)
	if err.Message != "the tables have 1234 faults; nothing was done" || err.More != 234 || len(err.Faults) != 1_000 || err.Code != policy.Invalid {
		t.Errorf("%s: %s, %d faults and %d more", err.Code, err.Message, len(err.Faults), err.More)
	}
}

func TestColumnsHaveALimit(t *testing.T) {
	_, report := read(t, files{table.Groups: "id,name" + strings.Repeat(",", 199) + "\n1,One\n"}, nil, policy.Directory{})
	want := []policy.Fault{{Table: "groups", Row: 1, Message: "has 201 columns; the limit is 200"}}
	if diff := cmp.Diff(want, report.Faults); diff != "" {
		t.Error(diff)
	}
}

func TestRowsHaveALimit(t *testing.T) {
	rest := strings.NewReader("id,name\n" + strings.Repeat("1,1\n", 1_000_002))
	sheet, err := table.Read(table.Memberships, rest)
	if err != nil || rest.Len() != 0 {
		t.Fatalf("%d bytes are not read (%v)", rest.Len(), err)
	}
	_, report := table.Directory(table.Sheets{table.Memberships: sheet}, nil, policy.Directory{})
	want := policy.Fault{Table: "memberships", Row: 1_000_002, Message: "is one row too many; the limit is 1000000"}
	if !slices.Contains(report.Faults, want) {
		t.Errorf("the faults are %v", report.Faults)
	}
}
