//go:build probe

package probe

import (
	_ "unsafe" // for the linker's name

	"fyne.io/fyne/v2"
)

// walkVisible is how Fyne's own driver finds what is under the pointer. Nothing that
// is exported tells what a widget consists of, but for Fyne's test package, which
// would put its own app in the place of the real one.
//
//go:linkname walkVisible fyne.io/fyne/v2/internal/driver.WalkVisibleObjectTree
func walkVisible(
	root fyne.CanvasObject,
	before func(o fyne.CanvasObject, at, clipAt fyne.Position, clip fyne.Size) bool,
	after func(o fyne.CanvasObject, at fyne.Position, parent fyne.CanvasObject),
) bool
