// Package loop puts the app's Dispatcher on Fyne's event loop.
package loop

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/async"
)

// New returns the Dispatcher of the current Fyne app. Whoever makes it closes it
// when the event loop has ended.
func New() *async.App { return async.NewApp(fyne.Do) }
