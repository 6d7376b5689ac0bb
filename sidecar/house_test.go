package main

import (
	"encoding/json"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "sightline.example"

// pkg is what go list tells of a package.
type pkg struct {
	ImportPath                         string
	Imports, TestImports, XTestImports []string
	Deps                               []string
}

// is reports whether the package is the one that is named, or one below it where
// the name ends in "/...".
func (p pkg) is(name string) bool {
	if below, all := strings.CutSuffix(name, "/..."); all {
		return within(p.ImportPath, module+"/"+below)
	}
	return p.ImportPath == module+"/"+name
}

// packages returns the packages of the module.
func packages(t *testing.T) []pkg {
	t.Helper()
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports,TestImports,XTestImports,Deps", module+"/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for dec := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := dec.Decode(&p); err == io.EOF {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

// TestOneGateEach holds each heavy dependency to the one package that may import
// it: a map of the import's prefix to those who may, and why.
func TestOneGateEach(t *testing.T) {
	gates := []struct {
		prefix string
		may    []string
		why    string
	}{
		{"github.com/open-policy-agent/opa", []string{"policy/engine"}, "the engine is the only one to evaluate rules"},
		{"go.etcd.io/", []string{"sidecar/store", "sidecar/store/storetest"}, "everybody else sees collections and revisions"},
		{"github.com/gin-gonic/gin", []string{"sidecar/httpd", "sidecar/portal"}, "handlers elsewhere would have rules of their own"},
		{"github.com/danielgtaylor/huma", []string{"sidecar/httpd"}, "likewise"},
		{"github.com/wneessen/go-mail", []string{"sidecar/mail"}, "everybody else has letters"},
		{"github.com/emersion/", []string{"sidecar/mail/mailtest"}, "it is for tests only"},
		{"github.com/zalando/go-keyring", []string{"desktop/session"}, "everybody else has secrets by the names of connections"},
		{"github.com/alecthomas/kong", []string{"sidecar"}, "config.go is the only one to read flags"},
		{"fyne.io/fyne/v2", []string{"desktop/..."}, "nothing but the app has windows"},
		{module + "/rego", []string{"sidecar", "sidecar/sidecartest"}, "the engine is handed its rules"},
		{"golang.org/x/crypto/argon2", []string{"sidecar/password"}, "hashes elsewhere would not wait their turn"},
		{module + "/sidecar/admin", []string{"sidecar", "sidecar/httpd", "sidecar/insight", "sidecar/invite", "sidecar/portal", "sidecar/roster", "sidecar/service", "sidecar/signin"}, "changes come in over HTTP"},
	}
	used := map[string]bool{}
	for _, p := range packages(t) {
		for _, g := range gates {
			for _, imported := range p.Imports {
				if !within(imported, g.prefix) || within(p.ImportPath, g.prefix) {
					continue
				}
				used[g.prefix] = true
				if !slices.ContainsFunc(g.may, p.is) {
					t.Errorf("%s imports %s; only %v may: %s", p.ImportPath, imported, g.may, g.why)
				}
			}
		}
	}
	for _, g := range gates {
		if !used[g.prefix] {
			t.Errorf("nobody imports %s any more: the rule is out of date", g.prefix)
		}
	}
}

// TestPlainPackages holds the packages that everything rests on to the standard
// library and to what stands below them.
func TestPlainPackages(t *testing.T) {
	below := map[string][]string{
		"policy":         {},
		"sidecar/audit":  {"policy"},
		"sidecar/api":    {"policy", "sidecar/audit"},
		"sidecar/client": {"policy", "sidecar/audit", "sidecar/api", "github.com/google/uuid"},
		"sidecar/table": {
			"policy", "golang.org/x/text/transform", "golang.org/x/text/runes", "golang.org/x/text/unicode/norm",
			"golang.org/x/text/encoding", "golang.org/x/text/encoding/unicode", "golang.org/x/text/encoding/internal",
			"golang.org/x/text/encoding/internal/identifier", "golang.org/x/text/internal/utf8internal",
		},
	}
	seen := 0
	for _, p := range packages(t) {
		allowed, plain := below[strings.TrimPrefix(p.ImportPath, module+"/")]
		if !plain {
			continue
		}
		seen++
		for _, dep := range p.Deps {
			if isStandard(dep) || slices.Contains(allowed, strings.TrimPrefix(dep, module+"/")) {
				continue
			}
			t.Errorf("%s depends on %s; it may on the standard library and %v", p.ImportPath, dep, allowed)
		}
	}
	if seen != len(below) {
		t.Errorf("found %d of %d packages", seen, len(below))
	}
}

// TestNoTestsInTheProduct keeps test code out of what is shipped.
func TestNoTestsInTheProduct(t *testing.T) {
	for _, p := range packages(t) {
		if forTests(p.ImportPath) {
			continue
		}
		for _, imported := range p.Imports {
			if imported == "testing" || strings.HasPrefix(imported, "testing/") || forTests(imported) {
				t.Errorf("%s imports %s", p.ImportPath, imported)
			}
		}
	}
}

// TestDirections keeps the arrows between our own packages as they are drawn.
func TestDirections(t *testing.T) {
	forbidden := map[string][]string{
		"policy/engine":       {"sidecar"},
		"sidecar/store":       {"policy/engine", "sidecar/httpd", "sidecar/admin", "sidecar/feed"},
		"sidecar/feed":        {"sidecar/httpd", "sidecar/admin"},
		"sidecar/admin":       {"sidecar/httpd", "sidecar/feed"},
		"sidecar/signin":      {"sidecar/httpd", "sidecar/feed"},
		"sidecar/invite":      {"sidecar/httpd", "sidecar/feed", "sidecar/mail"},
		"sidecar/insight":     {"sidecar/httpd", "sidecar/feed", "sidecar/store"},
		"sidecar/portal":      {"sidecar/httpd", "sidecar/feed", "sidecar/store"},
		"sidecar/roster":      {"sidecar/httpd", "sidecar/feed", "sidecar/store"},
		"sidecar/client":      {"sidecar/httpd", "sidecar/store"},
		"desktop/async":       {"sidecar", "desktop/widgets", "desktop/model"},
		"desktop/widgets/...": {"policy", "sidecar", "desktop/model", "desktop/session", "desktop/screens", "desktop/shell"},
		"desktop/screens/...": {"sidecar", "desktop/session", "desktop/shell"},
		"desktop/model/...":   {"desktop/widgets", "desktop/screens", "desktop/shell"},
	}
	for _, p := range packages(t) {
		for from, nots := range forbidden {
			for _, not := range nots {
				if p.is(from) && p.imports(module+"/"+not) {
					t.Errorf("%s imports %s: the arrow points the other way", p.ImportPath, not)
				}
			}
		}
	}
}

// TestTheAppStandsOnTheClient keeps the app, which runs on other machines, from
// the inside of the sidecar; its models from the toolkit, so that they are tested
// without it; and the window from all but the main package, so that everything
// else is built without a display.
func TestTheAppStandsOnTheClient(t *testing.T) {
	shared := []string{module + "/sidecar/client", module + "/sidecar/api", module + "/sidecar/audit"} // the last verifies what the client reads
	for _, p := range packages(t) {
		if !p.is("desktop/...") {
			continue
		}
		for _, dep := range p.Deps {
			inside := within(dep, module+"/sidecar") && !slices.Contains(shared, dep)
			if (inside || within(dep, module+"/policy/engine")) && !forTests(p.ImportPath) {
				t.Errorf("%s depends on %s; the app reaches the sidecar through its client", p.ImportPath, dep)
			}
			if within(dep, "fyne.io/fyne/v2") && (p.is("desktop/model/...") || p.is("desktop/session/...") || p.is("desktop/async")) {
				t.Errorf("%s depends on %s; it is tested without Fyne", p.ImportPath, dep)
			}
		}
		if p.imports("fyne.io/fyne/v2/app") && !p.is("desktop") {
			t.Errorf("%s opens a window; only desktop's main may", p.ImportPath)
		}
		if p.imports("fyne.io/fyne/v2/test") && !forTests(p.ImportPath) {
			t.Errorf("%s imports fyne/v2/test, which makes a test's app of the app", p.ImportPath)
		}
	}
}

// imports reports whether the package imports the one at path, or one below it.
func (p pkg) imports(path string) bool {
	return slices.ContainsFunc(p.Imports, func(imported string) bool { return within(imported, path) })
}

func within(path, prefix string) bool {
	return path == strings.TrimSuffix(prefix, "/") || strings.HasPrefix(path, strings.TrimSuffix(prefix, "/")+"/")
}

func isStandard(path string) bool {
	first, _, _ := strings.Cut(path, "/")
	return !strings.Contains(first, ".")
}

func forTests(path string) bool {
	return strings.HasSuffix(path, "test") && strings.HasPrefix(path, module)
}
