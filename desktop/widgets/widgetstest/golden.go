package widgetstest

import (
	"flag"
	"os"
	"path/filepath"

	"fyne.io/fyne/v2/test"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the files in testdata")

// WantMarkup compares what the window shows to testdata/NAME.xml, in Fyne's
// markup for tests. With -update the file is rewritten.
func (w *Window) WantMarkup(name string) {
	w.t.Helper()
	w.Relayout()
	got := test.RenderToMarkup(w.Canvas())
	path := filepath.Join("testdata", name+".xml")
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			w.t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			w.t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		w.t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		w.t.Errorf("%s: -want +got\n%s", path, diff)
	}
}
