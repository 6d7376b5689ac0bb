package engine_test

import (
	"io/fs"
	"testing"
	"testing/fstest"

	"sightline.example/policy"
	"sightline.example/policy/engine"
	"sightline.example/rego"
)

// versionOf returns the version of the rules in a bundle.
func versionOf(t *testing.T, bundle fs.FS) string {
	t.Helper()
	e, err := engine.New(t.Context(), bundle, engine.Config{})
	if err != nil {
		t.Fatal(err)
	}
	if view, _ := e.View(); view.Rules() != "" {
		t.Errorf("a view that denies everything decides by %s", view.Rules())
	}
	e.Swap(new(policy.Data).Apply(1))
	view, _ := e.View()
	return view.Rules()
}

func TestOnlyOtherRulesHaveAnotherVersion(t *testing.T) {
	bundle := fstest.MapFS{}
	err := fs.WalkDir(rego.Files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := fs.ReadFile(rego.Files, name)
		bundle[name] = &fstest.MapFile{Data: text}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	built := versionOf(t, rego.Files)
	if len(built) != 12 || versionOf(t, bundle) != built {
		t.Errorf("the rules are at version %q, a copy at %q", built, versionOf(t, bundle))
	}
	bundle["notes_test.rego"] = &fstest.MapFile{Data: []byte("package notes_test\n")}
	if got := versionOf(t, bundle); got != built {
		t.Errorf("a test makes the version %s", got)
	}
	bundle["more.rego"] = &fstest.MapFile{Data: []byte("package more\n")}
	if versionOf(t, bundle) == built {
		t.Error("a file more makes no other version")
	}
	delete(bundle, "more.rego")
	bundle["schema/input.jsonschema"].Data = append(bundle["schema/input.jsonschema"].Data, '\n')
	if versionOf(t, bundle) == built {
		t.Error("another schema makes no other version")
	}
}
