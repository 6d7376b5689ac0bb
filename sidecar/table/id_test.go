package table_test

import (
	"strings"
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/table"
)

// The ids are stored: they must never become others.
func TestIDsOfNamesStay(t *testing.T) {
	for name, want := range map[string]string{
		"Design":                        "design-6dbd0e1850bc",
		"  design ":                     "design-6dbd0e1850bc",
		"Müller & Söhne":                "muller-sohne-60e64cc568f9",
		"営業":                            "c995d4ed1463",
		"(?)":                           "522007594203",
		strings.Repeat("Abteilung ", 6): "abteilung-abteilung-abteilung-abteilung-f70037e80756",
	} {
		if got := table.ID(table.Groups, name); got != want {
			t.Errorf("the id of %q is %s, want %s", name, got, want)
		}
	}
}

func TestSameNameHasOneID(t *testing.T) {
	want := table.ID(table.Groups, "Größe Eins")
	for _, name := range []string{"größe eins", " GRÖßE  EINS\t", "Gro\u0308ße Eins"} {
		if got := table.ID(table.Groups, name); got != want {
			t.Errorf("the id of %q is %s, want %s", name, got, want)
		}
	}
	for _, other := range []string{table.ID(table.Projects, "Größe Eins"), table.ID(table.Groups, "Grosse Eins"), table.ID(table.Groups, "Größe-Eins")} {
		if other == want {
			t.Errorf("%s is the id of something else too", other)
		}
	}
}

func TestIDsOfNamesAreValid(t *testing.T) {
	for _, name := range []string{"", "-", "İ", "ﬁ", strings.Repeat("x", 300), strings.Repeat("é ", 100), "\x00\xff"} {
		if err := policy.CheckID("id", table.ID(table.Groups, name)); err != nil {
			t.Errorf("%q: %v", name, err)
		}
	}
}
