package widgetstest

import (
	"flag"
	"image/png"
	"os"
	"path/filepath"
)

var pictures = flag.String("pictures", "", "directory to keep pictures of windows in")

// Picture paints what the window shows. With -pictures it is kept, as NAME.png,
// to be looked at.
func (w *Window) Picture(name string) {
	w.t.Helper()
	w.Relayout()
	painted := w.Canvas().Capture()
	if *pictures == "" {
		return
	}
	if err := os.MkdirAll(*pictures, 0o755); err != nil {
		w.t.Fatal(err)
	}
	f, err := os.Create(filepath.Join(*pictures, name+".png"))
	if err != nil {
		w.t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, painted); err != nil {
		w.t.Fatal(err)
	}
}
