package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// Entry is a text field of one line.
type Entry struct {
	widget.Entry

	// OnKey is offered each key before the field; true means that it took it.
	OnKey func(fyne.KeyName) bool

	hint string // in full, the placeholder may be cut
}

// NewEntry returns an empty field that shows placeholder while it is.
func NewEntry(placeholder string) *Entry {
	e := &Entry{}
	e.dress(placeholder)
	e.ExtendBaseWidget(e)
	return e
}

// dress makes a field of one line of a zero Entry.
func (e *Entry) dress(placeholder string) {
	e.hint, e.PlaceHolder = placeholder, placeholder
	e.Wrapping = fyne.TextWrapOff
	e.Scroll = fyne.ScrollHorizontalOnly
}

// Resize cuts the placeholder where it does not fit: Fyne would offer to scroll it.
func (e *Entry) Resize(size fyne.Size) {
	e.cut(size.Width - 3*look.Gap)
	e.Entry.Resize(size)
}

// Hint returns the whole placeholder.
func (e *Entry) Hint() string { return e.hint }

func (e *Entry) cut(room float32) {
	if cut := look.Fit(e.hint, look.Size(e, theme.SizeNameText), e.TextStyle, room); cut != e.PlaceHolder {
		e.SetPlaceHolder(cut)
	}
}

// Put shows a text that was not typed: OnChanged is not called. A text that is there
// already is left alone, so that the cursor stays where it is.
func (e *Entry) Put(text string) {
	if e.Text == text {
		return
	}
	changed := e.OnChanged
	e.OnChanged = nil
	e.SetText(text)
	e.OnChanged = changed
}

// PutToEnd puts a text in the place of what is there, as if it were typed: the cursor is
// at its end.
func (e *Entry) PutToEnd(text string) {
	e.SetText(text)
	e.CursorColumn = len([]rune(text))
	e.Refresh()
}

// TypedKey offers the key to OnKey, then to the field.
func (e *Entry) TypedKey(key *fyne.KeyEvent) {
	if e.OnKey != nil && e.OnKey(key.Name) {
		return
	}
	if !PassOn(key) {
		e.Entry.TypedKey(key)
	}
}
