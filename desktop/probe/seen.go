//go:build probe

package probe

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/grid/frame"
)

// Item is something that can be read or used.
type Item struct {
	Kind     string `json:"kind"` // label, button, entry, check, select, line, or title of a column
	Text     string `json:"text"`
	Hint     string `json:"hint,omitempty"` // of an empty entry, or of a button without a word
	X        int    `json:"x"`              // all four in the window's pixels, without what is scrolled away
	Y        int    `json:"y"`
	Width    int    `json:"width"`
	Height   int    `json:"height"`
	Disabled bool   `json:"disabled,omitempty"`
	Focused  bool   `json:"focused,omitempty"`
	Checked  bool   `json:"checked,omitempty"`
	Partly   bool   `json:"partly,omitempty"` // some of it can't be seen
	Cut      bool   `json:"cut,omitempty"`    // nor be scrolled to
	Short    bool   `json:"short,omitempty"`  // its text ends in an ellipsis here
}

// Seen is what can be seen on top.
type Seen struct {
	Title   string `json:"title"`
	Overlay bool   `json:"overlay"` // the items are those of the topmost overlay
	Width   int    `json:"width"`   // of the window, in pixels
	Height  int    `json:"height"`
	Items   []Item `json:"items"`
}

// see returns what can be seen of a window. It is for the UI goroutine.
func see(w fyne.Window) Seen {
	root, overlay := w.Content(), w.Canvas().Overlays().Top()
	if overlay != nil {
		root = overlay
	}
	r := &reader{canvas: w.Canvas(), focused: w.Canvas().Focused(), items: []Item{}}
	walkVisible(root, r.enter, r.leave)
	width, height := w.Canvas().PixelCoordinateForPosition(fyne.NewPos(w.Canvas().Size().Components()))
	return Seen{Title: w.Title(), Overlay: overlay != nil, Width: width, Height: height, Items: r.items}
}

// reader collects items while it walks.
type reader struct {
	canvas  fyne.Canvas
	focused fyne.Focusable
	items   []Item
	within  []fyne.CanvasObject // from the root to where it is
	whole   fyne.CanvasObject   // has been read, with all that is in it
}

func (r *reader) enter(o fyne.CanvasObject, at, clipAt fyne.Position, clip fyne.Size) bool {
	r.within = append(r.within, o)
	if r.whole != nil {
		return false
	}
	item, whole := read(o)
	if item.Kind == "" {
		return false
	}
	if whole {
		r.whole = o
	}
	if !r.place(&item, o, at, clipAt, clip) {
		return false
	}
	r.describe(&item)
	r.items = append(r.items, item)
	return false
}

func (r *reader) leave(o fyne.CanvasObject, _ fyne.Position, _ fyne.CanvasObject) {
	r.within = r.within[:len(r.within)-1]
	if r.whole == o {
		r.whole = nil
	}
}

// read returns what an object is for somebody who looks at the window, and whether
// that says it all. Nothing is an item without a kind.
func read(o fyne.CanvasObject) (item Item, whole bool) {
	switch o := o.(type) {
	case *control.Button:
		return Item{Kind: "button", Text: o.Text, Hint: o.Tip, Disabled: o.Disabled()}, true
	case *widget.Button:
		return Item{Kind: "button", Text: o.Text, Disabled: o.Disabled()}, true
	case *control.Search:
		return entry(&o.Entry.Entry, o.Hint()), true
	case *control.Entry:
		return entry(&o.Entry, o.Hint()), true
	case *widget.Entry:
		return entry(o, o.PlaceHolder), true
	case *control.Check:
		return Item{Kind: "check", Text: o.Text, Disabled: o.Disabled(), Checked: o.Checked}, true
	case *control.Select:
		return Item{Kind: "select", Text: o.Selected, Disabled: o.Disabled()}, true
	case *widget.Label:
		return Item{Kind: "label", Text: o.Text}, true
	case *canvas.Text:
		if o.Text != "" {
			return Item{Kind: "label", Text: o.Text}, true
		}
	}
	return Item{}, false
}

func entry(e *widget.Entry, hint string) Item {
	item := Item{Kind: "entry", Text: e.Text, Hint: hint, Disabled: e.Disabled()}
	if e.Password {
		item.Text = ""
	}
	return item
}

// ticked is a line that can be ticked.
type ticked interface{ Ticked() bool }

// describe adds what is known from around the item.
func (r *reader) describe(item *Item) {
	for _, o := range r.within {
		if f, ok := o.(fyne.Focusable); ok && f == r.focused {
			item.Focused = true
		}
		if line, ok := o.(ticked); ok && item.Kind == "label" {
			item.Kind, item.Checked = "line", line.Ticked()
		}
		if _, ok := o.(*frame.Header); ok && item.Kind == "label" {
			item.Kind = "title"
		}
	}
}

// place says where an object is; false means that it is scrolled away.
func (r *reader) place(item *Item, o fyne.CanvasObject, at, clipAt fyne.Position, clip fyne.Size) bool {
	size := o.Size()
	left, top := max(at.X, clipAt.X), max(at.Y, clipAt.Y)
	right := min(at.X+size.Width, clipAt.X+clip.Width, r.canvas.Size().Width)
	bottom := min(at.Y+size.Height, clipAt.Y+clip.Height, r.canvas.Size().Height)
	if right <= left || bottom <= top {
		return false
	}
	item.X, item.Y = r.canvas.PixelCoordinateForPosition(fyne.NewPos(left, top))
	x, y := r.canvas.PixelCoordinateForPosition(fyne.NewPos(right, bottom))
	item.Width, item.Height = x-item.X, y-item.Y
	item.Partly = right-left+slack < size.Width || bottom-top+slack < size.Height
	item.Cut, item.Short = r.cut(o, fyne.NewSize(right-left, bottom-top)), short(o)
	return true
}
