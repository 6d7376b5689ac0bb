//go:build acceptance

// Package acceptance has the checks that the whole app has to pass: it is built, put
// on a display of its own beside a real sidecar, and used by mouse and keyboard, as
// an admin would. What it shows is read by the probe, what came of it by the
// sidecar's API.
//
// With SIGHTLINE_SHOTS set to a folder, a picture of the window is left there at the
// end of each check. With SIGHTLINE_BUDGETS set, what takes longer than it may on a
// quiet machine is a failure, and not only told. SIGHTLINE_SOAK says how long the soak
// lasts, such as 30m.
package acceptance

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// program is the app that the checks use, and bare a window with nothing in it.
var program, bare string

func TestMain(m *testing.M) {
	if dir := os.Getenv(asEtcd); dir != "" {
		os.Exit(beEtcd(dir))
	}
	os.Exit(run(m))
}

func run(m *testing.M) int {
	for _, tool := range []string{"Xvfb", "xdotool", "import", "dbus-daemon", "dbus-send", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(tool); err != nil {
			return without(tool)
		}
	}
	dir, err := os.MkdirTemp("", "acceptance")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer os.RemoveAll(dir)
	program, bare = filepath.Join(dir, "sightline"), filepath.Join(dir, "bare")
	for path, source := range map[string]string{program: "sightline.example/desktop", bare: "sightline.example/desktop/acceptance/bare"} {
		build := exec.Command("go", "build", "-tags", tags(), "-o", path, source)
		build.Stdout, build.Stderr = os.Stderr, os.Stderr
		if err := build.Run(); err != nil {
			fmt.Fprintf(os.Stderr, "build %s: %v\n", source, err)
			return 1
		}
	}
	return m.Run()
}

// tags returns what the app is built with. With SIGHTLINE_THREADS set it is the
// build in which Fyne looks out for calls from wrong goroutines, and says so.
func tags() string {
	if os.Getenv("SIGHTLINE_THREADS") != "" {
		return "probe"
	}
	return "migrated_fynedo,probe"
}

// without ends the checks where a tool is missing: that is a failure where nothing
// may be skipped.
func without(tool string) int {
	if os.Getenv("CI") != "" {
		fmt.Fprintln(os.Stderr, "acceptance:", tool, "is missing")
		return 1
	}
	fmt.Fprintln(os.Stderr, "acceptance: nothing was checked, as", tool, "is missing")
	return 0
}
