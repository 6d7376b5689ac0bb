package control

import "fyne.io/fyne/v2"

// PassOn hands a key to the window although something in it has the focus: Escape
// and the function keys mean the same wherever one is, and Fyne gives them to the
// focus alone. It reports whether it was one of these.
func PassOn(key *fyne.KeyEvent) bool {
	switch key.Name {
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2, fyne.KeyF3, fyne.KeyF4, fyne.KeyF5, fyne.KeyF6,
		fyne.KeyF7, fyne.KeyF8, fyne.KeyF9, fyne.KeyF10, fyne.KeyF11, fyne.KeyF12:
	default:
		return false
	}
	for _, w := range fyne.CurrentApp().Driver().AllWindows() {
		c := w.Canvas()
		if c.Focused() != nil && c.OnTypedKey() != nil {
			c.OnTypedKey()(key)
			break
		}
	}
	return true
}
