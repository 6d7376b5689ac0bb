package portal_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/mail"
	"sightline.example/sidecar/mail/mailtest"
	"sightline.example/sidecar/service"
	"sightline.example/sidecar/sidecartest"
)

// window is a real browser. Pictures of what it shows are left in the directory
// that SIGHTLINE_PICTURES names.
type window struct {
	ctx      context.Context
	pictures string
}

// chromium opens a window, whose pages are as wide and dark as asked for.
func chromium(t *testing.T, width int64, scheme string) *window {
	t.Helper()
	program, err := exec.LookPath("chromium")
	if err != nil {
		if os.Getenv("CI") == "" {
			t.Skip("there is no chromium: .ci/run has one")
		}
		t.Fatal(err)
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:], chromedp.ExecPath(program), chromedp.NoSandbox, chromedp.UserDataDir(t.TempDir()))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	w := &window{ctx: ctx, pictures: os.Getenv("SIGHTLINE_PICTURES")}
	w.do(t, chromedp.EmulateViewport(width, 700), chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := cdp.Call(ctx, t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{
			Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}},
		})
		return err
	}))
	return w
}

// patience is how long a page may take on a machine that is busy.
const patience = time.Minute

func (w *window) do(t *testing.T, steps ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	// The first call makes the browser, which lives as long as its context.
	if err := chromedp.Do(w.ctx); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(w.ctx, patience)
	defer cancel()
	if err := chromedp.Do(ctx, steps...); err != nil {
		t.Fatal(err)
	}
}

// reads waits for an element of a page, and checks what it says.
func (w *window) reads(t *testing.T, element, want string) {
	t.Helper()
	w.do(t, chromedp.WaitVisible(chromedp.CSS(element)))
	got, err := chromedp.Run(w.ctx, chromedp.Text(chromedp.CSS(element)))
	if err != nil || got != want {
		t.Errorf("%s reads %q, want %q (%v)", element, got, want, err)
	}
}

// fits checks that the page has its style, and that nothing of it is out of sight
// at the side.
func (w *window) fits(t *testing.T, name string) {
	t.Helper()
	ok, err := chromedp.Run(w.ctx, chromedp.Evaluate[bool](`document.documentElement.scrollWidth <= innerWidth
		&& getComputedStyle(document.querySelector("main")).borderRadius == "12px"`))
	if err != nil || !ok {
		t.Errorf("the page %s has no style, or does not fit (%v)", name, err)
	}
	if w.pictures == "" {
		return
	}
	picture, err := chromedp.Run(w.ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(filepath.Join(w.pictures, name+".png"), picture, 0o600)
	}
	if err != nil {
		t.Error(err)
	}
}

// write fills the fields of a form in and sends it.
func (w *window) write(t *testing.T, fields ...[2]string) {
	t.Helper()
	for _, f := range fields {
		w.do(t, chromedp.SendKeys(chromedp.CSS("#"+f[0]), f[1]))
	}
	w.do(t, chromedp.Click(chromedp.CSS("main button")))
}

// TestClientSetsUpTheAccountInABrowser follows the link of a message in Chromium.
func TestClientSetsUpTheAccountInABrowser(t *testing.T) {
	for name, look := range map[string]struct {
		width  int64
		scheme string
	}{
		"wide":          {1_000, "light"},
		"narrow, dark":  {400, "dark"},
		"narrow, light": {400, "light"},
		"wide, dark":    {1_000, "dark"},
	} {
		t.Run(name, func(t *testing.T) {
			w := chromium(t, look.width, look.scheme)
			post := mailtest.Start(t, mailtest.Script{})
			s := start(t, sidecartest.Options{Mail: service.Mail{
				From: "hello@harbour.example", SMTP: &mail.SMTPConfig{Host: post.Host, Port: post.Port, CAFile: post.CAFile},
			}})
			setUp(t, w, s, post, look.scheme+"-"+name[:4])
		})
	}
}

func setUp(t *testing.T, w *window, s *sidecartest.Sidecar, post *mailtest.Server, shot string) {
	t.Helper()
	scope := policy.Scope{Groups: []policy.GroupID{"design", "print"}, Projects: []policy.ProjectID{"site"}, Screencasts: true}
	if _, err := s.Owner.Invite(t.Context(), api.NewInvitation{Email: ann, Scope: scope}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	link, secret := post.Wait(t, 1)[0].Link(t)
	w.do(t, chromedp.Navigate(link))
	w.reads(t, "h1", "Set up your account")
	w.fits(t, shot+"-setup")
	if at, err := chromedp.Run(w.ctx, chromedp.Location()); err != nil || at != s.URL+"/portal/setup" {
		t.Errorf("the browser is at %s, which must not tell %s (%v)", at, secret, err)
	}
	w.write(t, [2]string{"name", "Ann Lee"}, [2]string{"password", "passwordpassword"})
	w.do(t, chromedp.WaitVisible(chromedp.CSS("#password-problem")))
	w.fits(t, shot+"-problem")
	w.write(t, [2]string{"password", herons})
	w.reads(t, ".lead", "You can see the work on these projects that is done by the people in these groups.")
	w.reads(t, "header span", "Ann Lee")
	w.fits(t, shot+"-home")
	w.do(t, chromedp.Click(chromedp.CSS("header button")), chromedp.WaitVisible(chromedp.CSS("#password")))
	w.reads(t, "h1", "Sign in")
	w.fits(t, shot+"-sign-in")
	w.do(t, chromedp.Navigate(link))
	w.reads(t, "h1", "This link does not work")
	w.fits(t, shot+"-used")
	w.do(t, chromedp.Navigate(s.URL+"/portal/forgot"))
	w.fits(t, shot+"-forgot")
	w.write(t, [2]string{"email", ann})
	w.do(t, chromedp.WaitNotPresent(chromedp.CSS("form")))
	w.reads(t, "h1", "Look at your mail")
	w.fits(t, shot+"-mail")
	reset, _ := post.Wait(t, 2)[1].Link(t)
	w.do(t, chromedp.Navigate(reset))
	w.reads(t, "h1", "Choose a new password")
	w.fits(t, shot+"-reset")
	w.do(t, chromedp.Navigate(s.URL+"/portal/nothing"))
	w.reads(t, "h1", "There is no such page")
	w.fits(t, shot+"-nothing")
}
