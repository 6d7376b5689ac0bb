package grid

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// header names the columns. It is one stop of the Tab key: the arrows go from
// title to title, Enter sorts.
type header struct {
	widget.BaseWidget

	places  *places
	on      headed
	titles  []*title
	handles []*handle
	left    *canvas.Rectangle // cover the titles that are scrolled aside
	right   *canvas.Rectangle
	all     *mark
	back    *canvas.Rectangle
	line    *canvas.Rectangle
	at      int // the title the keyboard is on
	focused bool
}

// headed is the grid, to its header.
type headed interface {
	order() Sort
	askSort(Sort)
	toggleAll()
	ticks() (part, bool)
	resize(column int, by float32)
	resized(column int)
}

func newHeader[T any](g *Grid[T]) *header {
	h := &header{places: &g.places, on: g, back: canvas.NewRectangle(color.Transparent), line: canvas.NewRectangle(color.Transparent)}
	h.left, h.right = canvas.NewRectangle(color.Transparent), canvas.NewRectangle(color.Transparent)
	h.all = newMark(theme.IconNameCheckButton, g.toggleAll)
	for i, c := range g.cfg.Columns {
		h.titles = append(h.titles, newTitle(h, c.Title, c.Sort, c.Align))
		h.handles = append(h.handles, newHandle(h, i))
	}
	h.ExtendBaseWidget(h)
	return h
}

// FocusGained marks a title.
func (h *header) FocusGained() {
	h.focused = true
	if h.titles[h.at].key == "" {
		h.move(1)
	}
	h.Refresh()
}

// FocusLost takes the mark away.
func (h *header) FocusLost() {
	h.focused = false
	h.Refresh()
}

// TypedRune does nothing.
func (h *header) TypedRune(rune) {}

// TypedKey goes from title to title, and sorts.
func (h *header) TypedKey(key *fyne.KeyEvent) {
	switch key.Name {
	case fyne.KeyLeft:
		h.move(-1)
	case fyne.KeyRight:
		h.move(1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		h.titles[h.at].Tapped(nil)
	}
	h.Refresh()
}

// move goes to the next title that can be sorted by, if there is one.
func (h *header) move(step int) {
	for i := h.at + step; i >= 0 && i < len(h.titles); i += step {
		if h.titles[i].key != "" {
			h.at = i
			return
		}
	}
}

// CreateRenderer is for Fyne.
func (h *header) CreateRenderer() fyne.WidgetRenderer {
	r := &headerRenderer{h}
	r.Refresh()
	return r
}

type headerRenderer struct{ header *header }

func (r *headerRenderer) Destroy() {}

func (r *headerRenderer) MinSize() fyne.Size { return fyne.NewSize(narrowest, headerHeight) }

func (r *headerRenderer) Objects() []fyne.CanvasObject {
	h := r.header
	objects := []fyne.CanvasObject{h.back}
	for _, t := range h.titles {
		objects = append(objects, t)
	}
	for _, edge := range h.handles {
		objects = append(objects, edge)
	}
	return append(objects, h.left, h.right, h.line, h.all)
}

func (r *headerRenderer) Layout(size fyne.Size) {
	h := r.header
	h.back.Resize(size)
	h.line.Move(fyne.NewPos(0, size.Height-1))
	h.line.Resize(fyne.NewSize(size.Width, 1))
	h.all.Resize(fyne.NewSize(tickWidth, size.Height))
	h.left.Resize(fyne.NewSize(h.places.left, size.Height))
	h.right.Move(fyne.NewPos(size.Width-h.places.right, 0))
	h.right.Resize(fyne.NewSize(h.places.right, size.Height))
	h.places.each(func(i int, x, width float32) {
		x += h.places.left
		h.titles[i].Move(fyne.NewPos(x, 0))
		h.titles[i].Resize(fyne.NewSize(width, size.Height))
		h.handles[i].Move(fyne.NewPos(x+width-grip/2, 0))
		h.handles[i].Resize(fyne.NewSize(grip, size.Height))
	})
}

func (r *headerRenderer) Refresh() {
	h := r.header
	h.back.FillColor = look.Color(h, theme.ColorNameHeaderBackground)
	h.back.TopLeftCornerRadius, h.back.TopRightCornerRadius = corner, corner
	h.line.FillColor = look.Color(h, theme.ColorNameSeparator)
	covered := h.places.overflows()
	for _, cover := range []*canvas.Rectangle{h.left, h.right} {
		cover.Hidden, cover.FillColor = !covered, h.back.FillColor
	}
	h.left.TopLeftCornerRadius, h.right.TopRightCornerRadius = corner, corner
	ticked, shown := h.on.ticks()
	h.all.Hidden = !shown
	h.all.setPart(ticked)
	for i, t := range h.titles {
		t.marked = h.focused && i == h.at
		t.Refresh()
	}
	r.Layout(h.Size())
	canvas.Refresh(h)
}
