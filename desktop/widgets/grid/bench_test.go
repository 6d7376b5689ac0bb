package grid_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
)

// BenchmarkOpen is opening a grid of 100,000 rows: what a page costs.
func BenchmarkOpen(b *testing.B) {
	widgetstest.Start(b, look.Light)
	rows := clients(100_000)
	b.ReportAllocs()
	for b.Loop() {
		tb := newTable(0, nil)
		tb.rows = rows
		widgetstest.Open(b, tb, 1180, 700)
	}
}

// BenchmarkScroll is a turn of the wheel, of a row and of a whole page, in
// 100,000 rows: what the window has to do between two frames.
func BenchmarkScroll(b *testing.B) {
	for name, by := range map[string]float32{"row": -25, "page": -640} {
		b.Run(name, func(b *testing.B) {
			_, w := openMany(b)
			b.ReportAllocs()
			for b.Loop() {
				test.Scroll(w.Canvas(), fyne.NewPos(300, 300), 0, by)
			}
		})
	}
}

// BenchmarkReload is a change of the rows while one is selected, and ten ticked:
// all ids are looked through to find them again.
func BenchmarkReload(b *testing.B) {
	tb, _ := openMany(b)
	tb.Select("c99999")
	tb.SetTicked([]string{"c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c99998"})
	b.ReportAllocs()
	for b.Loop() {
		tb.Reload()
	}
}

// BenchmarkTickAll is Ctrl+A and Escape.
func BenchmarkTickAll(b *testing.B) {
	_, w := openMany(b)
	rows := list(w)
	b.ReportAllocs()
	for b.Loop() {
		rows.(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
		w.Press(fyne.KeyEscape)
	}
}

func openMany(b *testing.B) (*table, *widgetstest.Window) {
	b.Helper()
	widgetstest.Start(b, look.Light)
	tb := newTable(100_000, nil)
	return tb, widgetstest.Open(b, tb, 1180, 700)
}
