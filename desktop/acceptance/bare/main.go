//go:build probe

// Command bare is a window of Fyne's with next to nothing in it: what Sightline's app
// takes is measured against it.
package main

import (
	"fmt"
	"os"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/probe"
	"sightline.example/desktop/widgets/look"
)

func main() {
	fyneApp := look.Still(app.NewWithID("example.sightline.bare"))
	w := fyneApp.NewWindow("Sightline, empty")
	w.SetContent(widget.NewLabel("Nothing"))
	w.Resize(fyne.NewSize(1280, 800))
	if err := probe.Serve(fyneApp, w); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	w.ShowAndRun()
}
