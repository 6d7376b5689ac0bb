//go:build acceptance

package acceptance

import (
	"bufio"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// display is a screen that nobody looks at.
type display struct {
	t    *testing.T
	name string // such as ":7"
}

// newDisplay starts a display of a size such as 1400x900. It is gone when the test ends.
func newDisplay(t *testing.T, size string) *display {
	t.Helper()
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer read.Close()
	server := exec.Command("Xvfb", "-displayfd", "3", "-screen", "0", size+"x24", "-nolisten", "tcp")
	server.ExtraFiles = []*os.File{write}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	write.Close()
	t.Cleanup(func() {
		_ = server.Process.Kill()
		_ = server.Wait()
	})
	if err := read.SetReadDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	number, err := bufio.NewReader(read).ReadString('\n')
	if err != nil {
		t.Fatal("the display does not come up:", err)
	}
	return &display{t: t, name: ":" + strings.TrimSpace(number)}
}

// command returns one that works on the display.
func (d *display) command(name string, args ...string) *exec.Cmd {
	c := exec.CommandContext(d.t.Context(), name, args...)
	c.Env = append(os.Environ(), "DISPLAY="+d.name)
	return c
}

// do has xdotool do something, and returns what it says.
func (d *display) do(args ...string) string {
	d.t.Helper()
	out, err := d.command("xdotool", args...).CombinedOutput()
	if err != nil {
		d.t.Fatalf("xdotool %q: %v: %s", args, err, out)
	}
	return string(out)
}

// shot leaves a picture of the display in the folder for them, if there is one.
func (d *display) shot(name string) {
	folder := os.Getenv("SIGHTLINE_SHOTS")
	if folder == "" {
		return
	}
	path := filepath.Join(folder, strings.NewReplacer("/", "-", " ", "-").Replace(name)+".png")
	c := exec.Command("import", "-window", "root", path)
	c.Env = append(os.Environ(), "DISPLAY="+d.name)
	if out, err := c.CombinedOutput(); err != nil {
		d.t.Errorf("take a picture: %v: %s", err, out)
	}
}
