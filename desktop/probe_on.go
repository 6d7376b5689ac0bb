//go:build probe

package main

import (
	"fyne.io/fyne/v2"

	"sightline.example/desktop/probe"
)

// serveProbe lets tests see the window.
func serveProbe(app fyne.App, w fyne.Window) error { return probe.Serve(app, w) }
