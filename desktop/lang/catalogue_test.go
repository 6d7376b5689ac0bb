package lang_test

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// text is a text that the app uses, and whether it counts something.
type text struct {
	key    string
	plural bool
}

// used returns the texts that the sources of the app use, each once.
func used(t *testing.T) []text {
	t.Helper()
	found := map[text]bool{}
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err == nil && filepath.Ext(path) == ".go" && !strings.HasSuffix(path, "_test.go") {
			for _, use := range usedIn(t, path) {
				found[use] = true
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	all := make([]text, 0, len(found))
	for use := range found {
		all = append(all, use)
	}
	slices.SortFunc(all, func(a, b text) int { return strings.Compare(a.key, b.key) })
	return all
}

// usedIn returns the texts of one file: the first arguments of L and N. They have
// to be literals, as nobody could translate them otherwise.
func usedIn(t *testing.T, path string) (found []text) {
	t.Helper()
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	own := file.Name.Name == "lang"
	ast.Inspect(file, func(n ast.Node) bool {
		call, ok := n.(*ast.CallExpr)
		if !ok || len(call.Args) == 0 {
			return true
		}
		name := called(call, own)
		if name != "L" && name != "N" {
			return true
		}
		literal, ok := call.Args[0].(*ast.BasicLit)
		if !ok {
			if filepath.Base(path) != "lang.go" {
				t.Errorf("%s: the text is no literal", fset.Position(call.Pos()))
			}
			return true
		}
		key, err := strconv.Unquote(literal.Value)
		if err != nil {
			t.Fatal(err)
		}
		found = append(found, text{key, name == "N"})
		return true
	})
	return found
}

// called returns the name of the function of package lang that is called.
func called(call *ast.CallExpr, own bool) string {
	switch f := call.Fun.(type) {
	case *ast.Ident:
		if own {
			return f.Name
		}
	case *ast.SelectorExpr:
		if x, ok := f.X.(*ast.Ident); ok && x.Name == "lang" {
			return f.Sel.Name
		}
	}
	return ""
}

// read reads a catalogue: texts, and forms of texts that count.
func read(t *testing.T, language string) map[string]any {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("catalogue", language+".json"))
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(content, &all); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestEveryTextIsInBothLanguages(t *testing.T) {
	for _, language := range []string{"en", "de"} {
		catalogue := read(t, language)
		for _, use := range used(t) {
			forms := formsOf(catalogue[use.key])
			if use.plural && (forms["one"] == "" || forms["other"] == "") || !use.plural && forms[""] == "" {
				t.Errorf("%s.json lacks %q", language, use.key)
			}
			delete(catalogue, use.key)
		}
		for key := range catalogue {
			t.Errorf("%s.json has %q, which nobody uses", language, key)
		}
	}
}

// formsOf returns the forms of an entry; "" is the form of one that does not count.
func formsOf(entry any) map[string]string {
	switch entry := entry.(type) {
	case string:
		return map[string]string{"": entry}
	case map[string]any:
		forms := map[string]string{}
		for form, value := range entry {
			forms[form], _ = value.(string)
		}
		return forms
	}
	return nil
}

func TestTranslationsHaveThePlacesOfTheTexts(t *testing.T) {
	places := regexp.MustCompile(`{{[^}]*}}`)
	sorted := func(s string) []string {
		found := places.FindAllString(s, -1)
		slices.Sort(found)
		return found
	}
	for key, entry := range read(t, "de") {
		for form, value := range formsOf(entry) {
			want := sorted(key)
			if form == "one" {
				want = slices.DeleteFunc(want, func(p string) bool { return p == "{{.N}}" && !strings.Contains(value, p) })
			}
			if diff := cmp.Diff(want, sorted(value)); diff != "" {
				t.Errorf("%q is translated as %q: -want +got\n%s", key, value, diff)
			}
		}
	}
}
