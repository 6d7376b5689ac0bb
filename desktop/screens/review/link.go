package review

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// link is a name in a row that leads somewhere when it is tapped. It takes no
// focus, since Tab would otherwise stop at every row; the keyboard has Enter for it.
type link struct {
	widget.Label
	tapped func()
}

func newLink() *link {
	l := &link{}
	l.Truncation, l.Importance = fyne.TextTruncateEllipsis, widget.HighImportance
	l.ExtendBaseWidget(l)
	return l
}

// Tapped goes where the link leads.
func (l *link) Tapped(*fyne.PointEvent) { l.tapped() }

// Cursor shows that the name leads somewhere.
func (l *link) Cursor() desktop.Cursor { return desktop.PointerCursor }

// newLinkCell returns a cell with a link, whose text lines up with the column's
// title, and linkOf returns the link.
func newLinkCell() fyne.CanvasObject { return look.Flush(newLink()) }

func linkOf(cell fyne.CanvasObject) *link { return cell.(*fyne.Container).Objects[0].(*link) }
