package checklist

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// list has the lines and the keyboard.
type list struct {
	widget.List
	check   *CheckList
	at      int // the line the keyboard is on, of those shown
	focused bool
}

func newList(c *CheckList) *list {
	l := &list{check: c}
	l.Length = func() int { return len(c.items.shown) }
	l.CreateItem = func() fyne.CanvasObject { return newLine(c) }
	l.UpdateItem = func(i int, o fyne.CanvasObject) { o.(*line).show(i) }
	l.HideSeparators = true
	l.ExtendBaseWidget(l)
	return l
}

// FocusGained marks a line.
func (l *list) FocusGained() { l.focus(true) }

// FocusLost takes the mark away.
func (l *list) FocusLost() { l.focus(false) }

func (l *list) focus(focused bool) {
	l.focused = focused
	l.Refresh()
}

// TypedKey walks through the lines and toggles them.
func (l *list) TypedKey(key *fyne.KeyEvent) {
	page := max(1, int(l.Size().Height/(lineHeight+look.Size(l, theme.SizeNamePadding)))-1)
	switch key.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		l.check.toggle(l.at)
	case fyne.KeyUp:
		l.move(l.at - 1)
	case fyne.KeyDown:
		l.move(l.at + 1)
	case fyne.KeyPageUp:
		l.move(l.at - page)
	case fyne.KeyPageDown:
		l.move(l.at + page)
	case fyne.KeyHome:
		l.move(0)
	case fyne.KeyEnd:
		l.move(len(l.check.items.shown) - 1)
	default:
		control.PassOn(key)
	}
}

func (l *list) move(to int) {
	l.at = max(0, min(to, len(l.check.items.shown)-1))
	l.ScrollTo(l.at)
	l.Refresh()
}
