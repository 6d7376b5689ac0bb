package look

import "fyne.io/fyne/v2"

// Still makes a the current app, without animations: Fyne paints the whole window
// at each of their ticks, so that a blinking text cursor keeps a processor busy
// for as long as a field has the keyboard.
func Still(a fyne.App) fyne.App {
	calm := still{a}
	fyne.SetCurrentApp(calm)
	return calm
}

type still struct{ fyne.App }

// Settings returns the app's settings, with animations switched off.
func (s still) Settings() fyne.Settings { return stillSettings{s.App.Settings()} }

type stillSettings struct{ fyne.Settings }

// ShowAnimations reports that there are to be none.
func (stillSettings) ShowAnimations() bool { return false }
