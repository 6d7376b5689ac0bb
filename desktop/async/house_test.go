package async_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strings"
	"testing"
)

// TestTheOnlySeam reads the app's sources: whoever else starts a goroutine or
// calls into Fyne's loop would have to think about threads.
func TestTheOnlySeam(t *testing.T) {
	files := 0
	err := filepath.WalkDir("..", func(path string, entry fs.DirEntry, err error) error {
		if err != nil || filepath.Dir(path) == "../async" || strings.HasPrefix(path, "../async/") {
			return err
		}
		if filepath.Dir(path) == "../probe" { // is in no app that anybody is given
			return nil
		}
		if strings.HasSuffix(path, "_test.go") || filepath.Ext(path) != ".go" {
			return nil
		}
		files++
		checkThreads(t, path, nil)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if files == 0 {
		t.Error("no sources found beside async")
	}
}

func TestTheSeamCheckFindsWhatItIsFor(t *testing.T) {
	sources := map[string]string{
		"a goroutine":   "package p\nfunc f() { go f() }",
		"fyne.Do":       "package p\nimport \"fyne.io/fyne/v2\"\nfunc f() { fyne.Do(f) }",
		"DoAndWait":     "package p\nimport ui \"fyne.io/fyne/v2\"\nvar _ = ui.DoAndWait",
		"AfterFunc":     "package p\nimport \"time\"\nvar _ = time.AfterFunc",
		"a WaitGroup":   "package p\nimport \"sync\"\nvar w sync.WaitGroup",
		"errgroup":      "package p\nimport \"golang.org/x/sync/errgroup\"\nvar g errgroup.Group",
		"context's own": "package p\nimport \"context\"\nvar _ = context.AfterFunc",
	}
	for name, source := range sources {
		caught := &recorder{TB: t}
		checkThreads(caught, name, source)
		if caught.errors != 1 {
			t.Errorf("%s: %d complaints, want 1", name, caught.errors)
		}
	}
}

// recorder counts complaints instead of failing.
type recorder struct {
	testing.TB
	errors int
}

func (r *recorder) Errorf(string, ...any) { r.errors++ }

// checkThreads complains about each thing in the file that starts a goroutine or
// calls into Fyne's loop. A nil source means to read the file.
func checkThreads(t testing.TB, path string, source any) {
	seams := map[string][]string{
		"fyne.io/fyne/v2":            {"Do", "DoAndWait"},
		"time":                       {"AfterFunc"},
		"context":                    {"AfterFunc"},
		"sync":                       {"WaitGroup"},
		"golang.org/x/sync/errgroup": {"Group", "WithContext"},
	}
	fset := token.NewFileSet()
	file, err := parser.ParseFile(fset, path, source, 0)
	if err != nil {
		t.Fatal(err)
	}
	forbidden := map[string]bool{}
	for _, imported := range file.Imports {
		importPath := strings.Trim(imported.Path.Value, `"`)
		for _, name := range seams[importPath] {
			forbidden[localName(imported, importPath)+"."+name] = true
		}
	}
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.GoStmt:
			t.Errorf("%s starts a goroutine; only desktop/async may", fset.Position(n.Pos()))
		case *ast.SelectorExpr:
			if x, ok := n.X.(*ast.Ident); ok && forbidden[x.Name+"."+n.Sel.Name] {
				t.Errorf("%s uses %s.%s; only desktop/async may", fset.Position(n.Pos()), x.Name, n.Sel.Name)
			}
		}
		return true
	})
}

// localName returns what the file calls the import.
func localName(imported *ast.ImportSpec, path string) string {
	if imported.Name != nil {
		return imported.Name.Name
	}
	if path == "fyne.io/fyne/v2" {
		return "fyne"
	}
	return path[strings.LastIndex(path, "/")+1:]
}
