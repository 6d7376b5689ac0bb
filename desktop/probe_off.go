//go:build !probe

package main

import "fyne.io/fyne/v2"

// serveProbe does nothing in an app that is not built for tests.
func serveProbe(fyne.App, fyne.Window) error { return nil }
