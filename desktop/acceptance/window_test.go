//go:build acceptance

package acceptance

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"sightline.example/sidecar/sidecartest"
)

func TestCheck31Resize(t *testing.T) {
	for _, size := range []struct {
		name          string
		width, height int
		scale         string
	}{{"small", 900, 600, "1"}, {"large", 2560, 1600, "2"}} {
		t.Run(size.name, func(t *testing.T) {
			sidecar := world(t, sidecartest.Options{})
			a := launch(t, options{size: "2600x1700", env: []string{"FYNE_SCALE=" + size.scale}})
			a.signIn(sidecar.URL)
			id := strings.Fields(a.do("search", "--onlyvisible", "--name", "Sightline"))[0]
			a.do("windowsize", id, strconv.Itoa(size.width), strconv.Itoa(size.height))
			a.wantSize(size.width, size.height)
			for _, turn := range []func(){func() { a.press("ctrl+1") }, func() { a.press("ctrl+2") }, func() { a.edit("Zebra Zoo") }} {
				turn()
				a.wantSize(size.width, size.height)
			}
			for _, button := range a.until("Save").all("Save") {
				if button.X+button.Width > size.width {
					t.Errorf("the button to save is cut: %+v", button)
				}
			}
		})
	}
}

// wantSize waits until the window has a size, and complains if it has another one.
func (a *app) wantSize(width, height int) {
	a.t.Helper()
	a.when("the size", func(s seen) bool { return near(s.Width, width) && near(s.Height, height) })
}

func near(a, b int) bool { return a-b <= 2 && b-a <= 2 }

func TestCheck33HowItWasLeft(t *testing.T) {
	a, sidecar := begin(t)
	a.clickKind("label", "E-mail")
	a.choose("Light theme")
	id := strings.Fields(a.do("search", "--onlyvisible", "--name", "Sightline"))[0]
	a.do("windowsize", id, "1111", "777")
	a.wantSize(1111, 777)
	byAddress := func(s seen) bool { return len(firstRow(s)) > 0 && firstRow(s)[0].Text == "Acme Bank" }
	a.when("the order by address", byAddress)
	a.stop(syscall.SIGTERM)
	again := launch(t, options{home: a.home})
	again.resume(sidecar)
	again.wantSize(1111, 777)
	again.when("the order by address", byAddress)
	again.stop(syscall.SIGTERM)
	settings := filepath.Join(a.home, "config", "sightline", "settings.json")
	text, err := os.ReadFile(settings)
	if err != nil || !strings.Contains(string(text), `"light"`) {
		t.Errorf("the settings are %s: %v", text, err)
	}
	if err := os.WriteFile(settings, []byte("{cut"), 0o600); err != nil {
		t.Fatal(err)
	}
	launch(t, options{home: a.home}).until("Connect to a sidecar")
}

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
