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
	"regexp"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"github.com/google/go-cmp/cmp"

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

func TestEverythingFollowsTheTheme(t *testing.T) {
	for _, e := range exhibits() {
		t.Run(e.name, func(t *testing.T) {
			w := e.open(t, look.Light)
			fyne.CurrentApp().Settings().SetTheme(look.New(look.Dark))
			w.Relayout()
			changed := still(test.RenderToMarkup(w.Canvas()))
			w = e.open(t, look.Dark)
			if diff := cmp.Diff(still(test.RenderToMarkup(w.Canvas())), changed); diff != "" {
				t.Errorf("after the change of theme: -want +got\n%s", diff)
			}
		})
	}
}

// still leaves out Fyne's text cursor and spinner, which get the new color when
// they move the next time.
func still(markup string) string {
	return regexp.MustCompile(`(?m)^.*(size="1x19"|<circle ).*$`).ReplaceAllString(markup, "")
}

func (e exhibit) open(t *testing.T, v look.Variant) *widgetstest.Window {
	t.Helper()
	widgetstest.Start(t, v)
	pump := asynctest.New(t)
	w := widgetstest.Open(t, look.NewPanel(theme.ColorNameBackground, e.build(pump)), e.width, e.height)
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
