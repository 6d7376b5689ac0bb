package grid

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/grid/frame"
)

// doubled is how soon after a tap another one on the same row opens it. Fyne's own
// double taps would hold up each single one for as long.
const doubled = 400 * time.Millisecond

// tap is a tap on a row.
type tap struct {
	id string
	at time.Time
}

// tapped selects the row at i, or opens it if it was tapped just before; with Shift
// it ticks the rows from the last one, with Control the row itself.
func (g *Grid[T]) tapped(i int, mod fyne.KeyModifier) {
	if g.cfg.Ticks && mod&(fyne.KeyModifierShift|fyne.KeyModifierShortcutDefault) != 0 {
		g.tickedAt(i, mod)
		return
	}
	g.selectAt(i)
	last, now := g.tap, tap{g.chosen.id, g.cfg.Now()}
	if g.tap = now; now.id == "" || now.id != last.id || now.at.Sub(last.at) > doubled {
		return
	}
	g.tap = tap{}
	if g.cfg.OnOpen != nil {
		g.cfg.OnOpen(now.id)
	}
}

// selectAt selects the row at i.
func (g *Grid[T]) selectAt(i int) {
	g.focus()
	g.chosen.moveTo(i)
	g.chosen.begin(i)
	g.repaint()
	g.tellSelected()
}

// tickedAt ticks or unticks the row at i, or with Shift all from the last one on.
func (g *Grid[T]) tickedAt(i int, mod fyne.KeyModifier) {
	g.focus()
	if mod&fyne.KeyModifierShift != 0 {
		g.chosen.extend(i)
	} else {
		g.chosen.toggle(i)
	}
	g.chosen.moveTo(i)
	g.tellTicked()
	g.tellSelected()
}

// toggleAll ticks all rows that are listed, or none of them if all are ticked.
func (g *Grid[T]) toggleAll() {
	if g.chosen.part() == frame.Every {
		g.chosen.none()
	} else {
		g.chosen.all()
	}
	g.tellTicked()
}

// showMenu shows the menu of the row at i, at a place in the window. The row is
// selected, so that one sees what the menu is about.
func (g *Grid[T]) showMenu(i int, at fyne.Position) {
	row, loaded := g.at(i)
	if g.cfg.Menu == nil || !loaded {
		return
	}
	g.selectAt(i)
	if c := fyne.CurrentApp().Driver().CanvasForObject(g); c != nil {
		widget.ShowPopUpMenuAtPosition(g.cfg.Menu(row), c, at)
	}
}

// menuByKey shows the menu of the selected row.
func (g *Grid[T]) menuByKey() {
	for row := range g.rows {
		if row.index == g.chosen.index && g.chosen.id != "" {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(row)
			g.showMenu(row.index, at.AddXY(frame.Inset, rowHeight))
			return
		}
	}
}
