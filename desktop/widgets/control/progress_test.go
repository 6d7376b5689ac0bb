package control_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
)

func TestProgressIsAsLongAsItIsFar(t *testing.T) {
	widgetstest.Start(t, look.Light)
	bar := control.NewProgress()
	w := widgetstest.Open(t, bar, 200, 6)
	for done, want := range map[float64]float32{0: 0, 0.5: 0.5, 7: 1} {
		bar.Set(done)
		parts := widgetstest.Find[*canvas.Rectangle](w)
		whole, part := parts[len(parts)-2].Size(), parts[len(parts)-1].Size()
		if got := part.Width / whole.Width; got != want || whole == (fyne.Size{}) {
			t.Errorf("%v done: %v of the bar", done, got)
		}
	}
}
