//go:build probe

package probe

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/control"
)

// slack is what may be missing for want of whole pixels.
const slack = 1

// cut reports whether some of an object can't be seen, though it is not scrolled away:
// it has less room than it needs, or stands out of what is around it.
func (r *reader) cut(o fyne.CanvasObject, shown fyne.Size) bool {
	size, least := o.Size(), o.MinSize()
	if size.Width+slack < least.Width || size.Height+slack < least.Height {
		return true
	}
	margin := float32(0)
	switch o.(type) {
	case *widget.Label, *control.Check:
		margin = 2 * theme.InnerPadding() // is empty, and may stand out
	}
	sideways, down := r.scrolls()
	return !sideways && shown.Width+margin+slack < size.Width || !down && shown.Height+margin+slack < size.Height
}

// columns are what scrolls its columns by itself.
type columns interface{ ResetWidths() }

// scrolls says in which directions what is read now can be scrolled.
func (r *reader) scrolls() (sideways, down bool) {
	for _, o := range r.within {
		switch o := o.(type) {
		case *container.Scroll:
			sideways = sideways || o.Direction == container.ScrollBoth || o.Direction == container.ScrollHorizontalOnly
			down = down || o.Direction == container.ScrollBoth || o.Direction == container.ScrollVerticalOnly
		case columns:
			sideways = true
		}
	}
	return sideways, down
}

// short reports whether a text of one line ends in an ellipsis for want of room.
func short(o fyne.CanvasObject) bool {
	l, ok := o.(*widget.Label)
	if !ok || l.Truncation != fyne.TextTruncateEllipsis {
		return false
	}
	size := l.Theme().Size(theme.SizeNameText)
	if l.SizeName != "" {
		size = l.Theme().Size(l.SizeName)
	}
	return fyne.MeasureText(l.Text, size, l.TextStyle).Width > l.Size().Width-2*theme.InnerPadding()+slack
}
