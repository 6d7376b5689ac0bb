package tooltip_test

import (
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/widgets/tooltip"
	"sightline.example/desktop/widgets/widgetstest"
)

func open(t *testing.T) (*tooltip.Layer, *asynctest.Pump, *widgetstest.Window) {
	t.Helper()
	pump := asynctest.New(t)
	layer := tooltip.NewLayer(pump.After)
	w := widgetstest.Open(t, container.NewStack(widget.NewLabel("content"), layer), 400, 300)
	return layer, pump, w
}

func TestATooltipComesWhenThePointerRests(t *testing.T) {
	layer, pump, w := open(t)
	layer.Rest("2 July 2026, 14:03 UTC", fyne.NewPos(50, 50))
	pump.Advance(499 * time.Millisecond)
	w.WantNoTexts("2 July 2026, 14:03 UTC")
	pump.Advance(time.Millisecond)
	w.WantTexts("2 July 2026, 14:03 UTC")
	layer.Leave()
	w.WantNoTexts("2 July 2026, 14:03 UTC")
}

func TestAPointerThatMovesOnGetsTheNextTooltipOnly(t *testing.T) {
	layer, pump, w := open(t)
	layer.Rest("one", fyne.NewPos(50, 50))
	pump.Advance(300 * time.Millisecond)
	layer.Rest("two", fyne.NewPos(80, 50))
	pump.Advance(300 * time.Millisecond)
	w.WantNoTexts("one", "two")
	pump.Advance(200 * time.Millisecond)
	w.WantTexts("two")
	layer.Rest("", fyne.NewPos(90, 50))
	pump.Advance(time.Second)
	w.WantNoTexts("one", "two")
}

func TestATooltipStaysInTheWindow(t *testing.T) {
	layer, pump, w := open(t)
	for _, at := range []fyne.Position{{X: 0, Y: 0}, {X: 395, Y: 295}, {X: 200, Y: 299}} {
		layer.Rest(strings.Repeat("a very long explanation ", 10), at)
		pump.Advance(time.Second)
		for _, label := range widgetstest.Find[*widget.Label](w) {
			end := label.Position().Add(label.Size())
			if end.X > 400 || end.Y > 300 || label.Position().X < 0 || label.Position().Y < 0 {
				t.Errorf("at %v: it covers %v to %v", at, label.Position(), end)
			}
		}
	}
	w.WantFits()
}

func TestTheLayerLetsTapsThrough(t *testing.T) {
	pump := asynctest.New(t)
	layer := tooltip.NewLayer(pump.After)
	tapped := false
	w := widgetstest.Open(t, container.NewStack(widget.NewButton("Save", func() { tapped = true }), layer), 400, 300)
	layer.Rest("Ctrl+S", fyne.NewPos(200, 130))
	pump.Advance(time.Second)
	w.Tap("Save")
	if !tapped {
		t.Error("the tooltip took the tap")
	}
}

func TestWithoutALayerThereAreNoTooltips(t *testing.T) {
	var layer *tooltip.Layer
	layer.Rest("text", fyne.NewPos(1, 1))
	layer.Leave()
}
