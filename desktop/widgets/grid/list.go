package grid

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/control"
)

// list is Fyne's list, which recycles rows as they are scrolled; the keyboard
// and the marks on rows are the grid's own.
type list struct {
	widget.List
	on listener

	focused, shift bool
}

// listener is the grid, to its list.
type listener interface {
	pressed(key fyne.KeyName, shift bool)
	typedRune(r rune)
	tickAll()
	repaint()
}

func newList[T any](g *Grid[T]) *list {
	l := &list{on: g}
	l.Length = g.cfg.Len
	l.CreateItem = func() fyne.CanvasObject { return newRow(g) }
	l.UpdateItem = func(i int, o fyne.CanvasObject) { o.(*row[T]).show(i) }
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

// FocusGained marks the selected row. Fyne's own mark would be on another one.
func (l *list) FocusGained() {
	l.focused = true
	l.on.repaint()
}

// FocusLost takes the mark away.
func (l *list) FocusLost() {
	l.focused, l.shift = false, false
	l.on.repaint()
}

// TypedKey walks through the rows.
func (l *list) TypedKey(key *fyne.KeyEvent) {
	if key.Name == fyne.KeyEscape || !control.PassOn(key) {
		l.on.pressed(key.Name, l.shift)
	}
}

// TypedRune finds rows by their names.
func (l *list) TypedRune(r rune) { l.on.typedRune(r) }

// TypedShortcut ticks all rows on Ctrl+A.
func (l *list) TypedShortcut(shortcut fyne.Shortcut) {
	if _, ok := shortcut.(*fyne.ShortcutSelectAll); ok {
		l.on.tickAll()
	}
}

// KeyDown sees the Shift key go down.
func (l *list) KeyDown(key *fyne.KeyEvent) { l.shift = l.shift || isShift(key) }

// KeyUp sees the Shift key come up.
func (l *list) KeyUp(key *fyne.KeyEvent) { l.shift = l.shift && !isShift(key) }

func isShift(key *fyne.KeyEvent) bool {
	return key.Name == desktop.KeyShiftLeft || key.Name == desktop.KeyShiftRight
}
