//go:build acceptance

package acceptance

import (
	"bytes"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"sightline.example/sidecar/sidecartest"
)

func TestCheck36WithoutADisplay(t *testing.T) {
	var stderr bytes.Buffer
	c := exec.CommandContext(t.Context(), program)
	c.Env, c.Stderr = []string{"HOME=" + t.TempDir()}, &stderr
	if err := c.Run(); c.ProcessState.ExitCode() != 2 {
		t.Errorf("the exit code is %d: %v", c.ProcessState.ExitCode(), err)
	}
	if lines := strings.Count(stderr.String(), "\n"); lines != 1 || !strings.Contains(stderr.String(), "display") {
		t.Errorf("it said\n%s", stderr.String())
	}
}

func TestCheck36EndedBySignal(t *testing.T) {
	a, sidecar := begin(t)
	a.edit("Zebra Zoo")
	a.click("Team 03")
	a.until("Not saved: ")
	if took := a.stop(syscall.SIGTERM); took > 2*time.Second {
		t.Errorf("it took %v to end", took)
	}
	if n := a.drafts(); n != 1 {
		t.Errorf("%d drafts are stored, want 1", n)
	}
	again := launch(t, options{home: a.home})
	again.resume(sidecar)
	again.until("You have changed the scope of Zebra Zoo, and not saved it.")
}

// drafts returns how many the app has stored.
func (a *app) drafts() (n int) {
	a.t.Helper()
	err := filepath.WalkDir(filepath.Join(a.home, "config", "sightline", "drafts"), func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	if err != nil && !os.IsNotExist(err) {
		a.t.Fatal(err)
	}
	return n
}

// resume signs in where the app was signed in before: it knows all but the password.
func (a *app) resume(sidecar *sidecartest.Sidecar) {
	a.t.Helper()
	a.resumeAt(sidecar, "240 clients")
}

// resumeAt is resume where something is listed.
func (a *app) resumeAt(sidecar *sidecartest.Sidecar, listed string) {
	a.t.Helper()
	a.clickKnown(sidecar)
	a.until("Enter your password.")
	a.password()
	a.until("Live", listed)
}

// clickKnown chooses a sidecar that the app was signed in at before.
func (a *app) clickKnown(sidecar *sidecartest.Sidecar) {
	a.t.Helper()
	host := strings.TrimPrefix(sidecar.URL, "http://")
	now := a.when("the sidecar it knows", func(s seen) bool { return strings.Contains(s.text(), host) })
	for _, i := range now.Items {
		if i.Kind == "button" && strings.Contains(i.Text, host) {
			a.clickOn(i)
			return
		}
	}
	a.t.Fatalf("no button leads to %s; shown is %s", host, now.text())
}

// password types the password where all else is filled in, and sends it.
func (a *app) password() {
	a.t.Helper()
	a.clickKind("entry", "")
	a.write(sidecartest.Password)
	a.press("Return")
}
