// Package gallery_test shows every widget in both variants of the theme, and in
// windows narrow and wide. It fails where a widget would make the window grow.
// To look at the pictures:
//
//	go test -tags ci ./desktop/widgets/gallery -out /tmp/gallery
package gallery_test

import (
	"flag"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
)

var out = flag.String("out", "", "directory to keep the pictures in")

// exhibit is something to look at.
type exhibit struct {
	name          string
	width, height float32
	// build makes what stands in the window; pump has its clock.
	build func(pump *asynctest.Pump) fyne.CanvasObject
	// act is done when the window is open; nil is nothing.
	act func(w *widgetstest.Window, pump *asynctest.Pump)
}

func TestEverythingCanBeLookedAt(t *testing.T) {
	dir := *out
	if dir == "" {
		dir = t.TempDir()
	} else if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	for _, e := range exhibits() {
		for _, v := range []look.Variant{look.Light, look.Dark} {
			name := e.name + "-" + string(v)
			t.Run(name, func(t *testing.T) {
				w := e.open(t, v)
				w.WantFits()
				save(t, w, filepath.Join(dir, name+".png"))
			})
		}
	}
}

func (e exhibit) open(t *testing.T, v look.Variant) *widgetstest.Window {
	t.Helper()
	widgetstest.Start(t, v)
	pump := asynctest.New(t)
	back := canvas.NewRectangle(look.New(v).Color(theme.ColorNameBackground, theme.VariantLight))
	w := widgetstest.Open(t, container.NewStack(back, e.build(pump)), e.width, e.height)
	if e.act != nil {
		e.act(w, pump)
	}
	w.Relayout()
	return w
}

func save(t *testing.T, w *widgetstest.Window, path string) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if err := png.Encode(f, w.Canvas().Capture()); err != nil {
		t.Fatal(err)
	}
}
