package rego_test

import (
	"bytes"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/format"
	"github.com/open-policy-agent/opa/v1/tester"

	"sightline.example/policy/engine"
	"sightline.example/rego"
)

// bundles are the rules that are held to the gates: ours, and the ones that show
// how to bring others.
func bundles() map[string]fs.FS {
	return map[string]fs.FS{
		"sightline":     rego.Files,
		"certification": os.DirFS("../policy/policytest/certification"),
	}
}

// each runs a test on every bundle.
func each(t *testing.T, test func(*testing.T, fs.FS)) {
	for name, bundle := range bundles() {
		t.Run(name, func(t *testing.T) { test(t, bundle) })
	}
}

// TestRules runs every test rule as a subtest and wants every line covered.
func TestRules(t *testing.T) { each(t, testRules) }

func testRules(t *testing.T, bundle fs.FS) {
	modules := parse(t, bundle)
	coverage := cover.New()
	results, err := tester.NewRunner().
		SetModules(modules).
		SetCompiler(ast.NewCompiler().WithStrict(true).WithEnablePrintStatements(true)).
		CapturePrintOutput(true).
		SetCoverageQueryTracer(coverage).
		RunTests(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for result := range results {
		ran++
		t.Run(result.Package+"/"+result.Name, func(t *testing.T) { check(t, result) })
	}
	if ran == 0 {
		t.Fatal("no test rule ran")
	}
	checkCoverage(t, coverage.Report(modules))
}

// check wants a test rule and each of its named cases to pass.
func check(t *testing.T, r *tester.Result) {
	if !r.Pass() {
		t.Errorf("%s\n%s", r, r.Output)
	}
	for name, sub := range r.SubResults {
		t.Run(name, func(t *testing.T) {
			if sub.Fail {
				t.Errorf("%s failed at %s", name, r.Location)
			}
		})
	}
}

func checkCoverage(t *testing.T, report cover.Report) {
	for file, lines := range report.Files {
		if strings.HasSuffix(file, "_test.rego") {
			continue
		}
		for _, r := range lines.NotCovered {
			t.Errorf("%s:%d-%d is not covered by a test", file, r.Start.Row, r.End.Row)
		}
	}
}

// TestCompile holds the rules to what the engine demands of any bundle.
func TestCompile(t *testing.T) {
	each(t, func(t *testing.T, bundle fs.FS) {
		if _, err := engine.Compile(bundle); err != nil {
			t.Fatal(err)
		}
	})
}

// TestSchemaIsForced shows that a misspelt member of the input does not compile,
// even in a module that asks for no schema.
func TestSchemaIsForced(t *testing.T) {
	bundle := fstest.MapFS{
		"schema/input.jsonschema": {Data: read(t, rego.Files, "schema/input.jsonschema")},
		"x.rego":                  {Data: []byte("package x\n\ny if input.resource.kind == \"report\"\n")},
	}
	_, err := engine.Compile(bundle)
	if err == nil || !strings.Contains(err.Error(), "input.resource.kind") {
		t.Errorf("got error %v, want one about input.resource.kind", err)
	}
}

func TestFormat(t *testing.T) { each(t, testFormat) }

func testFormat(t *testing.T, bundle fs.FS) {
	for file, text := range files(t, bundle) {
		formatted, err := format.SourceWithOpts(file, text, format.Opts{RegoVersion: ast.RegoV1})
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(formatted, text) {
			t.Errorf("%s is not formatted: run go tool opa fmt -w rego", file)
		}
	}
}

// TestHouse wants METADATA with a title on every package and every rule, and
// each package in the folder of its name.
func TestHouse(t *testing.T) { each(t, testHouse) }

func testHouse(t *testing.T, bundle fs.FS) {
	for file, module := range parse(t, bundle) {
		if strings.HasSuffix(file, "_test.rego") {
			continue
		}
		if want := "data." + strings.ReplaceAll(path.Dir(file), "/", "."); module.Package.Path.String() != want {
			t.Errorf("%s holds package %s, want %s", file, module.Package.Path, want)
		}
		annotated := map[string]bool{}
		for _, a := range module.Annotations {
			if a.Title == "" {
				t.Errorf("%s: METADATA without a title", a.Location)
			}
			annotated[a.GetTargetPath().String()] = true
		}
		if !annotated[module.Package.Path.String()] {
			t.Errorf("%s: the package has no METADATA", file)
		}
		for _, rule := range module.Rules {
			if !annotated[rule.Ref().GroundPrefix().String()] && !annotated[module.Package.Path.String()+"."+rule.Head.Name.String()] {
				t.Errorf("%s: the rule %s has no METADATA", rule.Location, rule.Head.Name)
			}
		}
	}
}

func parse(t *testing.T, bundle fs.FS) map[string]*ast.Module {
	t.Helper()
	modules := map[string]*ast.Module{}
	for file, text := range files(t, bundle) {
		module, err := ast.ParseModuleWithOpts(file, string(text), ast.ParserOptions{ProcessAnnotation: true})
		if err != nil {
			t.Fatal(err)
		}
		modules[file] = module
	}
	return modules
}

func files(t *testing.T, bundle fs.FS) map[string][]byte {
	t.Helper()
	found := map[string][]byte{}
	err := fs.WalkDir(bundle, ".", func(name string, _ fs.DirEntry, err error) error {
		if err == nil && path.Ext(name) == ".rego" {
			found[name] = read(t, bundle, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func read(t *testing.T, bundle fs.FS, name string) []byte {
	t.Helper()
	text, err := fs.ReadFile(bundle, name)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
