package look

import "fyne.io/fyne/v2"

// Enable says whether something can be used. What is so already is not painted
// again.
func Enable(o fyne.Disableable, enabled bool) {
	switch {
	case enabled == !o.Disabled():
	case enabled:
		o.Enable()
	default:
		o.Disable()
	}
}

// Hide says whether something is hidden.
func Hide(o fyne.CanvasObject, hidden bool) {
	if hidden {
		o.Hide()
	} else {
		o.Show()
	}
}
