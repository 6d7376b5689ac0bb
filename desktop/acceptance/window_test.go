//go:build acceptance

package acceptance

import (
	"testing"
)

// wantSize waits until the window has a size, and complains if it has another one.
func (a *app) wantSize(width, height int) {
	a.t.Helper()
	a.when("the size", func(s seen) bool { return near(s.Width, width) && near(s.Height, height) })
}

func near(a, b int) bool { return a-b <= 2 && b-a <= 2 }

func TestCheck32LightAndDark(t *testing.T) {
	a, _ := begin(t)
	for _, screen := range a.screens() {
		screen.open()
		for theme, light := range map[string]bool{"Light theme": true, "Dark theme": false} {
			a.choose(theme) // while the screen is shown
			a.wantGround(theme, light)
			a.wantReadable(theme + ", " + screen.name)
		}
	}
}

// wantGround waits until the window is light, or dark.
func (a *app) wantGround(theme string, light bool) {
	a.t.Helper()
	if wait(patience, func() bool {
		ground := luminance(a.picture().At(a.x+4, a.y+400))
		return light && ground > 0.6 || !light && ground < 0.1
	}) != nil {
		a.t.Errorf("%s is not in force", theme)
	}
}
