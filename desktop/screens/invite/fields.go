package invite

import (
	"slices"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/widgets/look"
)

// Heights of the scope, in Fyne's pixels: with which some lines of its lists can be
// seen, and with which one works well.
const (
	lowScope  float32 = 290
	goodScope float32 = 400
)

// fields lays out whom to invite above what they will see: addresses, level, name and
// note, and the scope. The four stand in two lines, or in one if that leaves more
// lines of the lists to be seen without scrolling the page.
type fields struct{}

// MinSize is for Fyne.
func (fields) MinSize(objects []fyne.CanvasObject) fyne.Size {
	who, scope := line{fields: objects[:4]}, objects[4]
	least := scope.MinSize()
	if !scope.Visible() {
		return fyne.NewSize(least.Width, who.high())
	}
	return fyne.NewSize(least.Width, who.high()+look.Gap+max(lowScope, least.Height))
}

// Layout is for Fyne.
func (fields) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	who, scope := objects[:4], objects[4]
	first, second := line{who[:2], []float32{0.62, 0.38}}, line{who[2:], []float32{0.38, 0.62}}
	end := first.high() + look.Gap + second.high() + look.Gap
	if scope.Visible() && size.Height-end < goodScope {
		all := line{who, []float32{0.35, 0.19, 0.21, 0.25}}
		all.place(0, size.Width)
		end = all.high() + look.Gap
	} else {
		first.place(0, size.Width)
		second.place(first.high()+look.Gap, size.Width)
	}
	scope.Move(fyne.NewPos(0, end))
	scope.Resize(fyne.NewSize(size.Width, max(0, size.Height-end)))
}

// line is fields beside each other, with their shares of the width. A hidden one leaves
// its room to the others.
type line struct {
	fields []fyne.CanvasObject
	shares []float32
}

func (l line) high() (high float32) {
	for _, o := range l.fields {
		if o.Visible() {
			high = max(high, o.MinSize().Height)
		}
	}
	return high
}

func (l line) place(y, width float32) {
	shares, gaps := float32(0), -look.Gap
	for i, o := range l.fields {
		if o.Visible() {
			shares += l.shares[i]
			gaps += look.Gap
		}
	}
	end, high := width, l.high()
	for i, o := range slices.Backward(l.fields) {
		if !o.Visible() {
			continue
		}
		wide := max((width-gaps)*l.shares[i]/shares, o.MinSize().Width)
		if i == 0 {
			wide = end // what others need more than their share is the first one's
		}
		end -= wide
		o.Move(fyne.NewPos(end, y))
		o.Resize(fyne.NewSize(wide, high))
		end -= look.Gap
	}
}
