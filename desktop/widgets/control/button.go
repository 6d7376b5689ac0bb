// Package control has the app's buttons and fields: Fyne's, with what they lack.
// The one that has the focus has a ring round it, Enter presses a button, and
// keys such as Escape and the arrows can be taken before a field does.
package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/tooltip"
)

// Button is a button. Change its fields on the UI goroutine and call Refresh.
type Button struct {
	widget.Button

	// Tip explains the button when the pointer rests on it, on Tips. A button
	// without a word on it has to have one.
	Tip  string
	Tips *tooltip.Layer
	// OnKey is offered each key before the button; true means that it took it.
	OnKey func(fyne.KeyName) bool

	focused bool
}

// NewButton returns a button with a text.
func NewButton(text string, tapped func()) *Button {
	b := &Button{}
	b.Text, b.OnTapped = text, tapped
	b.ExtendBaseWidget(b)
	return b
}

// NewPrimary returns the button for what a page or dialog is there for.
func NewPrimary(text string, tapped func()) *Button {
	b := NewButton(text, tapped)
	b.Importance = widget.HighImportance
	return b
}

// NewIcon returns a quiet button with an icon alone.
func NewIcon(icon fyne.Resource, tip string, tips *tooltip.Layer, tapped func()) *Button {
	b := NewButton("", tapped)
	b.Icon, b.Tip, b.Tips = icon, tip, tips
	b.Importance = widget.LowImportance
	return b
}

// TypedKey presses the button on Enter and Space. The button keeps the focus.
func (b *Button) TypedKey(key *fyne.KeyEvent) {
	if b.OnKey != nil && b.OnKey(key.Name) || PassOn(key) {
		return
	}
	switch key.Name {
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		if !b.Disabled() && b.OnTapped != nil {
			b.OnTapped()
		}
	}
}

// FocusGained puts the ring round the button.
func (b *Button) FocusGained() {
	b.focused = true
	b.Button.FocusGained()
}

// FocusLost takes the ring away.
func (b *Button) FocusLost() {
	b.focused = false
	b.Button.FocusLost()
}

// MouseIn starts the wait for the tooltip.
func (b *Button) MouseIn(e *desktop.MouseEvent) {
	b.Tips.Rest(b.Tip, e.AbsolutePosition)
	b.Button.MouseIn(e)
}

// MouseOut takes the tooltip away.
func (b *Button) MouseOut() {
	b.Tips.Leave()
	b.Button.MouseOut()
}

// Tapped presses the button.
func (b *Button) Tapped(e *fyne.PointEvent) {
	b.Tips.Leave()
	b.Button.Tapped(e)
}

// CreateRenderer is for Fyne.
func (b *Button) CreateRenderer() fyne.WidgetRenderer {
	b.ExtendBaseWidget(b)
	r := newRinged(b, b.Button.CreateRenderer(), func() bool { return b.focused && !b.Disabled() })
	r.extra = func() float32 {
		if b.Text == "" {
			return 0
		}
		return look.Gap // room beside the word
	}
	return r
}
