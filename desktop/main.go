// Command desktop is the app in which admins invite clients and edit what they
// see. Run it with --help for what it takes.
package main

import (
	"cmp"
	"context"
	_ "embed"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"sync"
	"syscall"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"

	"sightline.example/desktop/async"
	"sightline.example/desktop/async/loop"
	"sightline.example/desktop/lang"
	"sightline.example/desktop/session"
	"sightline.example/desktop/shell"
	"sightline.example/desktop/widgets/look"
)

// version is set by the linker: -ldflags "-X main.version=1.0.0". Without it the
// version is that of FyneApp.toml, if the app was packaged.
var version string

// icon is that of the window. It is made of icon.svg.
//
//go:embed Icon.png
var icon []byte

// Exit codes.
const (
	exitOK = iota
	exitFailed
	exitUnusable // no display, or a command line that makes no sense
)

// appID names the app to the desktop, and its folder.
const appID = "example.sightline.desktop"

// Where `sidecar --demo` listens, and who its owner is.
const (
	demoURL      = "http://127.0.0.1:8470"
	demoEmail    = "olive@harbour.example"
	demoPassword = "four quiet herons at dawn"
)

type options struct {
	demo    bool
	url     string // of the demo
	secrets string // "keyring" or "memory"
	dir     string
}

func main() { os.Exit(run(os.Args[1:], os.Getenv, os.Stderr)) }

// run is the whole program: it returns when the window has been closed.
func run(args []string, getenv func(string) string, stderr io.Writer) int {
	o, err := read(args, stderr)
	if errors.Is(err, flag.ErrHelp) {
		return exitOK
	}
	if err != nil {
		return exitUnusable
	}
	if missing := noDisplay(getenv); missing != "" {
		fmt.Fprintln(stderr, missing)
		return exitUnusable
	}
	if err := o.show(stderr); err != nil {
		fmt.Fprintln(stderr, "desktop:", err)
		return exitFailed
	}
	return exitOK
}

func read(args []string, stderr io.Writer) (o options, err error) {
	flags := flag.NewFlagSet("desktop", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.BoolVar(&o.demo, "demo", false, "sign in at once at the sidecar that was started with --demo")
	flags.StringVar(&o.url, "demo-url", demoURL, "where that one is")
	flags.StringVar(&o.secrets, "secrets", "keyring", "where sign-ins are remembered: keyring or memory")
	flags.StringVar(&o.dir, "config-dir", "", "where connections and settings are kept (default: sightline in the user's configuration)")
	if err := flags.Parse(args); err != nil {
		return o, err
	}
	if o.secrets != "keyring" && o.secrets != "memory" || flags.NArg() > 0 {
		fmt.Fprintln(stderr, "desktop: --secrets is keyring or memory, and there are no arguments")
		return o, errors.New("bad command line")
	}
	if o.dir == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			fmt.Fprintln(stderr, "desktop:", err)
			return o, err
		}
		o.dir = filepath.Join(dir, "sightline")
	}
	return o, nil
}

// noDisplay says why there can be no window, or nothing.
func noDisplay(getenv func(string) string) string {
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" || getenv("DISPLAY") != "" || getenv("WAYLAND_DISPLAY") != "" {
		return ""
	}
	return "desktop: there is no display to open a window on: neither DISPLAY nor WAYLAND_DISPLAY is set"
}

// show shows the window until it is closed.
func (o options) show(stderr io.Writer) error {
	settings, err := shell.OpenSettings(filepath.Join(o.dir, "settings.json"))
	warn(stderr, err)
	book, err := session.OpenBook(filepath.Join(o.dir, "connections.json"))
	warn(stderr, err)
	if scale := settings.ScaleText(); scale != "" && os.Getenv("FYNE_SCALE") == "" {
		warn(stderr, os.Setenv("FYNE_SCALE", scale)) // Fyne has no other way to be told
	}
	fyneApp := look.Still(app.NewWithID(appID))
	fyneApp.SetIcon(fyne.NewStaticResource("Icon.png", icon))
	if err := lang.Load(settings.Language); err != nil {
		return err
	}
	on := loop.New()
	defer on.Close()
	vault := &session.Vault{}
	if o.secrets == "keyring" && !o.demo {
		vault.Keyring = session.Keyring{Service: "sightline"}
	}
	s := shell.New(shell.Config{
		App: fyneApp, On: on, Book: book, Vault: vault, Settings: settings,
		Drafts: filepath.Join(o.dir, "drafts"), Version: cmp.Or(version, fyneApp.Metadata().Version),
	})
	if o.demo {
		opened, err := openDemo(o.url)
		if err != nil {
			return err
		}
		s.Open(opened)
	}
	if err := serveProbe(fyneApp, s.Window()); err != nil {
		return err
	}
	save, ended := sync.OnceFunc(s.Save), make(chan struct{}) // Fyne's own hook for that may come too late
	on.Go(func(ctx context.Context) {
		stopOnSignal(ctx, on)
		loop.EndAnyway(ended, func() {
			save()
			os.Exit(0)
		})
	})
	s.Window().SetOnClosed(on.Stop)
	s.Window().ShowAndRun()
	save()
	close(ended)
	return nil
}

// stopOnSignal ends what is in the background when the process is told to end, and
// returns once it was ended, be it by somebody else. Fyne ends its loop on the same
// signals, and asks nobody before.
func stopOnSignal(ctx context.Context, on *async.App) {
	told, forget := signal.NotifyContext(ctx, os.Interrupt, syscall.SIGTERM)
	defer forget()
	<-told.Done()
	on.Stop()
}

// openDemo signs in as the owner of the demo.
func openDemo(url string) (*session.Session, error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	opened, err := session.Open(ctx, session.Connection{URL: url}, session.Credentials{Email: demoEmail, Password: demoPassword})
	if err != nil {
		return nil, fmt.Errorf("the demo at %s: %s Start it with: go run ./sidecar --demo", url, lang.Error(err))
	}
	return opened, nil
}

// warn tells of what does not keep the app from starting.
func warn(stderr io.Writer, err error) {
	if err != nil {
		fmt.Fprintln(stderr, "desktop:", err)
	}
}
