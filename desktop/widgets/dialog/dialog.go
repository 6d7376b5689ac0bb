// Package dialog asks before something is done. Fyne's own dialogs have neither
// keys nor focus; these have both, always in the same way: Escape is the button
// that changes nothing, and has the focus where something would be lost. Enter is
// the button that has the focus, or the one the dialog is there for if nothing would
// be lost.
package dialog

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/look"
)

// Config says what a dialog asks.
type Config struct {
	// Title is verb and object, such as "Delete client Acme?".
	Title string
	// Text says what follows from it.
	Text string
	// Content stands below the text; nil is nothing. What in it takes the
	// keyboard keeps Enter and Escape to itself unless it hands them on: see
	// Dialog.Key.
	Content fyne.CanvasObject
	// Confirm is the word on the button that does it. Empty is no such button, for
	// what is to be looked at only.
	Confirm string
	// Cancel is the word on the button that changes nothing; empty is "Cancel".
	Cancel string
	// Destructive dialogs have a red button and the focus on the other one.
	Destructive bool
	// Name, which Title has in full, has to be typed before the button can be pressed; empty asks for
	// nothing.
	Name string
	// Width of the dialog; 0 is 460. It is never wider than the window.
	Width float32

	// OnConfirm and OnCancel are called after the dialog has closed.
	OnConfirm func()
	OnCancel  func()
	// OnTry, unless it is nil, is called in place of OnConfirm and leaves the dialog
	// open: it takes a while, or can find a mistake. Close follows once it worked.
	OnTry func()
}

// Dialog is a dialog that is shown. It belongs to the UI goroutine.
type Dialog struct {
	cfg     Config
	canvas  fyne.Canvas
	popup   *widget.PopUp
	confirm *control.Button
	cancel  *control.Button
	name    *control.Entry
	onKey   func(*fyne.KeyEvent) // the window's own, meanwhile set aside
	closed  bool
}

// Show shows a dialog over the window.
func Show(c fyne.Canvas, cfg Config) *Dialog {
	d := &Dialog{cfg: cfg, canvas: c, onKey: c.OnTypedKey()}
	d.build()
	d.popup = widget.NewModalPopUp(container.New(width(d), look.Pad(2*look.Gap, d.content())), c)
	d.popup.Show()
	c.SetOnTypedKey(d.typed)
	d.focus()
	return d
}

// SetEnabled says whether the dialog can be confirmed: a form in it may have
// mistakes.
func (d *Dialog) SetEnabled(enabled bool) {
	if enabled && d.named() {
		d.confirm.Enable()
	} else {
		d.confirm.Disable()
	}
}

// Close closes the dialog and calls nobody.
func (d *Dialog) Close() {
	if d.closed {
		return
	}
	d.closed = true
	d.popup.Hide()
	d.canvas.SetOnTypedKey(d.onKey)
}

// Key does what the key does anywhere in the dialog, and reports whether that is
// anything. It fits the OnKey of the package control's fields.
func (d *Dialog) Key(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyEscape:
		d.close(d.cfg.OnCancel)
	case fyne.KeyReturn, fyne.KeyEnter:
		switch {
		case d.cfg.Confirm == "":
			d.close(d.cfg.OnCancel)
		case !d.confirm.Disabled():
			d.confirmed()
		}
	default:
		return false
	}
	return true
}

// CancelAll cancels each dialog over the window, and closes whatever else is over it.
func CancelAll(c fyne.Canvas) {
	for range c.Overlays().List() {
		top := c.Overlays().Top()
		if key := c.OnTypedKey(); top != nil && key != nil {
			key(&fyne.KeyEvent{Name: fyne.KeyEscape})
		}
		if top != nil && c.Overlays().Top() == top {
			c.Overlays().Remove(top)
		}
	}
}

// typed does what a key does while nothing in the dialog has the keyboard, as after a
// click beside it. Where something would be lost, Enter then does nothing.
func (d *Dialog) typed(key *fyne.KeyEvent) {
	if d.cfg.Destructive && key.Name != fyne.KeyEscape {
		return
	}
	d.Key(key.Name)
}

func (d *Dialog) build() {
	if d.cfg.Cancel == "" {
		d.cfg.Cancel = lang.L("Cancel")
	}
	d.confirm = control.NewPrimary(d.cfg.Confirm, d.confirmed)
	d.confirm.Hidden = d.cfg.Confirm == ""
	if d.cfg.Destructive {
		d.confirm.Importance = widget.DangerImportance
	}
	d.cancel = control.NewButton(d.cfg.Cancel, func() { d.close(d.cfg.OnCancel) })
	d.confirm.OnKey, d.cancel.OnKey = d.escape, d.escape
	if d.cfg.Name != "" {
		d.name = control.NewEntry(d.cfg.Name)
		d.name.OnKey = d.Key
		d.name.OnChanged = func(string) { d.SetEnabled(true) }
		d.confirm.Disable()
	}
}

// content lays the dialog out, in the order of the Tab key.
func (d *Dialog) content() fyne.CanvasObject {
	title := look.Paragraph(d.cfg.Title)
	title.TextStyle.Bold = true
	title.SizeName = look.Heading("").SizeName
	parts := []fyne.CanvasObject{look.Flush(title)}
	if d.cfg.Text != "" {
		parts = append(parts, look.Flush(look.Paragraph(d.cfg.Text)))
	}
	if d.cfg.Content != nil {
		parts = append(parts, d.cfg.Content)
	}
	if d.name != nil {
		parts = append(parts, form.NewRow(lang.L("Type the name to go on"), d.name, ""))
	}
	buttons := look.Row(layout.NewSpacer(), d.cancel, d.confirm)
	parts = append(parts, buttons)
	return look.Column(2*look.Gap, parts...)
}

// focus puts the keyboard where an absent-minded Enter does no harm.
func (d *Dialog) focus() {
	switch {
	case d.name != nil:
		d.canvas.Focus(d.name)
	case d.cfg.Destructive:
		d.canvas.Focus(d.cancel)
	case d.cfg.Content != nil:
		d.canvas.FocusNext() // the first thing to fill in, if there is any
		if d.canvas.Focused() == fyne.Focusable(d.cancel) && !d.confirm.Hidden {
			d.canvas.Focus(d.confirm)
		}
	default:
		d.canvas.Focus(d.confirm)
	}
}

func (d *Dialog) named() bool {
	return d.name == nil || strings.TrimSpace(d.name.Text) == strings.TrimSpace(d.cfg.Name)
}

func (d *Dialog) escape(key fyne.KeyName) bool { return key == fyne.KeyEscape && d.Key(key) }

func (d *Dialog) confirmed() {
	switch {
	case d.closed:
	case d.cfg.OnTry != nil:
		d.cfg.OnTry()
	default:
		d.close(d.cfg.OnConfirm)
	}
}

// Closed reports whether the dialog was answered or closed.
func (d *Dialog) Closed() bool { return d.closed }

func (d *Dialog) close(then func()) {
	if d.closed {
		return
	}
	d.Close()
	if then != nil {
		then()
	}
}
