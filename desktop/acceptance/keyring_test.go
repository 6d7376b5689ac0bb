//go:build acceptance

package acceptance

import (
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"sightline.example/sidecar/sidecartest"
)

// keyring is GNOME's, on a session bus of its own, with a home of its own.
type keyring struct {
	t   *testing.T
	env []string // of the bus and of what is on it
	bus string   // its address
}

// newKeyring starts a bus, with a keyring that is unlocked. What asks for passwords
// does so on the display; nil is none, and nobody can be asked.
func newKeyring(t *testing.T, asks *display) (k *keyring, stop func()) {
	t.Helper()
	home := shortDir(t)
	socket := filepath.Join(home, "bus")
	k = &keyring{t: t, bus: "unix:path=" + socket}
	k.env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + home, "XDG_RUNTIME_DIR=" + home, "DBUS_SESSION_BUS_ADDRESS=" + k.bus}
	if asks != nil {
		k.env = append(k.env, "DISPLAY="+asks.name)
	}
	k.start("", "dbus-daemon", "--session", "--nofork", "--address="+k.bus)
	k.until("the bus", func() bool {
		_, err := os.Stat(socket)
		return err == nil
	})
	return k, k.serve("the keyring's own password", "--unlock")
}

// newLockedKeyring is newKeyring with one that is locked.
func newLockedKeyring(t *testing.T, asks *display) *keyring {
	t.Helper()
	k, stop := newKeyring(t, asks)
	stop()
	k.until("the end of the keyring", func() bool { return !k.served() })
	k.serve("")
	return k
}

// serve starts the keyring's daemon, and waits until it can be asked.
func (k *keyring) serve(stdin string, args ...string) (stop func()) {
	k.t.Helper()
	stop = k.start(stdin, "gnome-keyring-daemon", append([]string{"--foreground", "--components=secrets"}, args...)...)
	k.until("the keyring", k.served)
	return stop
}

// served reports whether there is a keyring on the bus.
func (k *keyring) served() bool {
	c := exec.CommandContext(k.t.Context(), "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus",
		"/", "org.freedesktop.DBus.NameHasOwner", "string:org.freedesktop.secrets")
	c.Env = k.env
	out, err := c.Output()
	return err == nil && strings.Contains(string(out), "boolean true")
}

// start starts a program that ends with the test, or before by stop.
func (k *keyring) start(stdin, program string, args ...string) (stop func()) {
	k.t.Helper()
	c := exec.Command(program, args...)
	c.Env, c.Stdin, c.Stderr = k.env, strings.NewReader(stdin), k.t.Output()
	if err := c.Start(); err != nil {
		k.t.Fatal(err)
	}
	stop = func() {
		_ = c.Process.Kill()
		_ = c.Wait()
	}
	k.t.Cleanup(stop)
	return stop
}

func (k *keyring) until(what string, is func() bool) {
	k.t.Helper()
	if err := wait(patience, is); err != nil {
		k.t.Fatalf("%s: %v", what, err)
	}
}

// options are those of an app that uses the keyring; home is as in options.
func (k *keyring) options(home string) options {
	return options{home: home, args: []string{"--secrets", "keyring"}, env: []string{"DBUS_SESSION_BUS_ADDRESS=" + k.bus}}
}

const notRemembered = "Your sign-in will not be remembered: this computer has no keyring that can be used."

func TestCheck02UnlockedKeyring(t *testing.T) {
	sidecar := world(t, sidecartest.Options{})
	k, _ := newKeyring(t, nil)
	a := launch(t, k.options(""))
	a.signIn(sidecar.URL)
	a.quit()
	a.wantNoSecrets()
	again := launch(t, k.options(a.home))
	again.clickKnown(sidecar)
	if now := again.until("Live", "240 clients"); now.has(notRemembered) {
		t.Error("the app warns of a keyring that works")
	}
	again.quit()
	again.wantNoSecrets()
}

func TestCheck02LockedKeyring(t *testing.T) {
	sidecar := world(t, sidecartest.Options{})
	k := newLockedKeyring(t, nil)
	a := launch(t, k.options(""))
	a.signIn(sidecar.URL)
	a.until(notRemembered)
	a.quit()
	a.wantNoSecrets()
	again := launch(t, k.options(a.home))
	again.resume(sidecar)
	again.until(notRemembered)
}

// A keyring that is locked asks for its password, for as long as nobody answers.
func TestCheck02KeyringThatNobodyUnlocks(t *testing.T) {
	sidecar := world(t, sidecartest.Options{})
	asks := newDisplay(t, "800x600")
	k := newLockedKeyring(t, asks)
	a := launch(t, k.options(""))
	a.signIn(sidecar.URL)
	asks.do("search", "--sync", "--onlyvisible", "--name", ".*")
	a.quit()
	again := launch(t, k.options(a.home))
	again.clickKnown(sidecar)
	again.click("Cancel")
	again.password()
	again.until("Live", "240 clients", notRemembered)
	again.quit()
	again.wantNoSecrets()
}

func TestCheck02WithoutAKeyring(t *testing.T) {
	sidecar := world(t, sidecartest.Options{})
	a := launch(t, options{args: []string{"--secrets", "keyring"}})
	a.signIn(sidecar.URL)
	a.until(notRemembered)
	a.quit()
	a.wantNoSecrets()
	again := launch(t, options{home: a.home, args: []string{"--secrets", "keyring"}})
	again.resume(sidecar)
	again.until(notRemembered)
}

// quit ends the app as an admin does.
func (a *app) quit() {
	a.t.Helper()
	a.press("ctrl+q")
	if took := a.gone(time.Now()); took > 5*time.Second {
		a.t.Errorf("it took %v to end", took)
	}
	if code := a.code(); code != 0 {
		a.t.Errorf("the exit code is %d", code)
	}
}

// wantNoSecrets complains if the app has left behind, or said, what lets anybody in,
// or what else was typed where a password goes.
func (a *app) wantNoSecrets(typed ...string) {
	a.t.Helper()
	files := 0
	err := filepath.WalkDir(a.home, func(path string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		files++
		text, err := os.ReadFile(path)
		a.wantNoSecret(path, string(text), typed)
		return err
	})
	if err != nil || files == 0 {
		a.t.Errorf("the app has left %d files: %v", files, err)
	}
	a.wantNoSecret("what it said", a.stderr.String(), typed)
}

func (a *app) wantNoSecret(where, text string, typed []string) {
	a.t.Helper()
	for _, secret := range append([]string{sidecartest.Password, "sightline_session_"}, typed...) {
		if strings.Contains(text, secret) {
			a.t.Errorf("%q stands in %s", secret, where)
		}
	}
}
