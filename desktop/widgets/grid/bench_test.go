package grid_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"

	"sightline.example/desktop/widgets/grid"
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

// BenchmarkReload is a change of the rows: what each change of a client costs.
func BenchmarkReload(b *testing.B) {
	b.Run("nothing selected", func(b *testing.B) {
		tb, _ := openMany(b)
		reload(b, tb)
	})
	b.Run("one selected and ten ticked", func(b *testing.B) {
		tb, _ := openMany(b)
		tb.Select("c99999")
		tb.SetTicked([]string{"c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9", "c99998"})
		reload(b, tb)
	})
	b.Run("all ticked", func(b *testing.B) {
		tb, w := openMany(b)
		list(w).(fyne.Shortcutable).TypedShortcut(&fyne.ShortcutSelectAll{})
		whole = true
		defer func() { whole = false }()
		reload(b, tb)
	})
}

func reload(b *testing.B, tb *table) {
	b.Helper()
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

// whole is what the grid is told of whether all is listed.
var whole bool

func openMany(b *testing.B) (*table, *widgetstest.Window) {
	b.Helper()
	widgetstest.Start(b, look.Light)
	tb := newTable(100_000, func(cfg *grid.Config[client]) {
		cfg.Whole = func() bool { return whole }
		cfg.Has = func(id string) bool { return len(id) > 1 }
	})
	return tb, widgetstest.Open(b, tb, 1180, 700)
}
