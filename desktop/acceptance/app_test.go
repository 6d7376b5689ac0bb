//go:build acceptance

package acceptance

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// patience is how long anything may take that a check waits for, unless the check is
// about how long it takes. Machines of tests stand still now and then.
const patience = 20 * time.Second

// app is the app as it runs.
type app struct {
	*display
	home    string // what it leaves behind
	process *exec.Cmd
	ended   chan struct{} // is closed when the process is gone
	stderr  *output
	probe   *http.Client
	x, y    int // where its window is on the display
}

// options differ from what most checks want.
type options struct {
	home string   // of an app that was there before; empty is a new one
	size string   // of the display; empty is 1400x900
	args []string // beside --secrets memory
	env  []string

	program string // other than the app
}

// launch starts the app on a display of its own, and waits until it shows something.
func launch(t *testing.T, o options) *app {
	t.Helper()
	if o.size == "" {
		o.size = "1400x900"
	}
	if o.home == "" {
		o.home = t.TempDir()
	}
	a := &app{display: newDisplay(t, o.size), home: o.home, ended: make(chan struct{}), stderr: &output{}}
	socket := filepath.Join(shortDir(t), "probe")
	a.probe = &http.Client{Timeout: patience, Transport: &http.Transport{
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return (&net.Dialer{}).DialContext(ctx, "unix", socket)
		},
	}}
	a.process = exec.Command(cmp.Or(o.program, program), append([]string{"--secrets", "memory"}, o.args...)...)
	if err := errors.Join(os.MkdirAll(filepath.Join(a.home, ".cache"), 0o700), os.MkdirAll(filepath.Join(a.home, "run"), 0o700)); err != nil {
		t.Fatal(err)
	}
	a.process.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + a.home, "XDG_CONFIG_HOME=" + filepath.Join(a.home, "config"),
		"XDG_RUNTIME_DIR=" + filepath.Join(a.home, "run"),
		"DISPLAY=" + a.name, "SIGHTLINE_PROBE=" + socket, "FYNE_SCALE=1", "LANG=en_US.UTF-8",
	}, o.env...)
	a.process.Stderr = a.stderr
	if err := a.process.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		_ = a.process.Wait()
		close(a.ended)
	}()
	t.Cleanup(a.end)
	a.when("the window", func(s seen) bool { return len(s.Items) > 0 })
	a.find()
	return a
}

// shortDir returns a folder whose name fits into the address of a socket, which
// those of tests may not.
func shortDir(t *testing.T) string {
	dir, err := os.MkdirTemp("", "probe")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

// find looks up where the window is, and gives it the keyboard: no window manager is
// there who would.
func (a *app) find() {
	a.t.Helper()
	id := strings.Fields(a.do("search", "--sync", "--onlyvisible", "--name", "Sightline"))[0]
	a.do("windowfocus", "--sync", id)
	for line := range strings.Lines(a.do("getwindowgeometry", "--shell", id)) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		n, _ := strconv.Atoi(value)
		switch name {
		case "X":
			a.x = n
		case "Y":
			a.y = n
		}
	}
}

// end ends the app with the check, and complains about what no app may do.
func (a *app) end() {
	a.shot(a.t.Name())
	a.stop(syscall.SIGTERM)
	said := a.stderr.String()
	for _, bad := range []string{"panic:", "Error in Fyne call thread", "DATA RACE"} {
		if strings.Contains(said, bad) {
			a.t.Errorf("the app said:\n%s", said)
		}
	}
	if a.t.Failed() && said != "" {
		a.t.Logf("the app said:\n%s", said)
	}
}

// stop ends the process with a signal, and returns how long that took.
func (a *app) stop(signal os.Signal) time.Duration {
	a.t.Helper()
	asked := time.Now()
	if err := a.process.Process.Signal(signal); err != nil && !errors.Is(err, os.ErrProcessDone) {
		a.t.Error(err)
	}
	return a.gone(asked)
}

// gone waits until the process is.
func (a *app) gone(asked time.Time) time.Duration {
	a.t.Helper()
	select {
	case <-a.ended:
	case <-time.After(patience):
		a.t.Error("the app does not end")
		_ = a.process.Process.Kill()
		<-a.ended
	}
	return time.Since(asked)
}

// code returns the exit code of a process that is gone.
func (a *app) code() int { return a.process.ProcessState.ExitCode() }

// output is what a process says while somebody reads it.
type output struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (o *output) Write(p []byte) (int, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.Write(p)
}

func (o *output) String() string {
	o.mu.Lock()
	defer o.mu.Unlock()
	return o.text.String()
}
