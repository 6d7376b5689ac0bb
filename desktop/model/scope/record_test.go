package scope_test

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"sightline.example/desktop/model/scope"
	"sightline.example/policy"
)

func record() scope.Record {
	d := scope.New(both())
	d.SetGroups([]policy.GroupID{"design", "dev"})
	d.SetPeriod(&spring, &autumn)
	return d.Record("acme", 4711, spring)
}

func TestTheStoredFormStaysAsItIs(t *testing.T) {
	want, err := os.ReadFile("testdata/record.json")
	if err != nil {
		t.Fatal(err)
	}
	got, err := record().Encode()
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)+"\n"); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	read, err := scope.Decode(want)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(record(), read); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
}

func TestADraftComesBackWithItsChanges(t *testing.T) {
	d := record().Draft()
	want := scope.Diff{GroupsAdded: []policy.GroupID{"dev"}, Period: true}
	if diff := cmp.Diff(want, d.Diff()); diff != "" {
		t.Errorf("-want +got\n%s", diff)
	}
	d.Undo()
	if d.Dirty() {
		t.Error("it takes more than one step back")
	}
}

func TestRecordsComeThroughWhole(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := scope.New(anyScope.Draw(t, "base"))
		d.Set(anyScope.Draw(t, "scope"))
		want := d.Record("acme", rapid.Int64().Draw(t, "revision"), spring)
		text, err := want.Encode()
		if err != nil {
			t.Fatal(err)
		}
		got, err := scope.Decode(text)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("-want +got\n%s", diff)
		}
	})
}

func TestWhatIsNoRecordIsNotRead(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":           "",
		"half of one":       `{"v":1,"client":"acme"`,
		"two":               `{"v":1,"client":"acme"}{"v":1,"client":"acme"}`,
		"another version":   `{"v":2,"client":"acme"}`,
		"no version":        `{"client":"acme"}`,
		"no client":         `{"v":1}`,
		"an unknown member": `{"v":1,"client":"acme","token":"x"}`,
	} {
		if r, err := scope.Decode([]byte(text)); err == nil {
			t.Errorf("%s was read as %+v", name, r)
		}
	}
}

func FuzzDecode(f *testing.F) {
	text, err := record().Encode()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(text)
	f.Add([]byte(`{"v":1,"client":"acme","base":{"groups":["b","a","a"]},"scope":{"until":"2026-01-01T00:00:00+02:00"}}`))
	f.Fuzz(func(t *testing.T, text []byte) {
		r, err := scope.Decode(text)
		if err != nil {
			return
		}
		again, err := r.Encode()
		if err != nil {
			return // a year that JSON has no form for
		}
		back, err := scope.Decode(again)
		if err != nil {
			t.Fatalf("%s: %v", again, err)
		}
		if diff := cmp.Diff(r, back); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
	})
}
