//go:build acceptance

package acceptance

import (
	"strings"
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
	for _, theme := range []string{"Light theme", "Dark theme"} {
		a.choose(theme)
		for _, page := range []string{"Overview", "Clients", "Groups", "Access review", "Audit log"} {
			a.choose(page)
			a.when(page, func(s seen) bool { return strings.HasPrefix(s.Title, page) && !s.Overlay })
			a.wantReadable(theme + ", " + page)
		}
		a.edit("Acme Bank")
		a.wantReadable(theme + ", the editor")
	}
}
