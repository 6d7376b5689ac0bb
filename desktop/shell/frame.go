package shell

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
)

// frame is what stands round the pages while somebody is signed in.
type frame struct {
	shell   *Shell
	content fyne.CanvasObject
	rail    *rail
	status  *status
	link    *notice.Banner // cut off, or reading only
	keyring *notice.Banner
	banners *fyne.Container // those, and those of works
	middle  *fyne.Container // has the banners over the page
	works   []*work         // that are under way

	health *model.Health
	shown  model.Link // by the banner
	stop   func()
}

func newFrame(s *Shell) *frame {
	f := &frame{
		shell: s, rail: newRail(s), status: newStatus(),
		link: notice.NewBar(s.cfg.On.After), keyring: notice.NewBar(s.cfg.On.After),
	}
	f.health = model.NewHealth(s.scope, s.session.Client, f.refresh)
	f.banners = container.NewVBox(f.link, f.keyring)
	side := container.New(layout.NewCustomPaddedHBoxLayout(0), f.rail.content, widget.NewSeparator())
	foot := container.NewVBox(widget.NewSeparator(), f.status.content)
	f.middle = container.New(layout.NewBorderLayout(f.banners, nil, nil, nil), f.banners, s.pages.host)
	f.content = container.New(layout.NewBorderLayout(nil, foot, side, nil), side, f.middle, foot)
	return f
}

// follow has the frame follow the store.
func (f *frame) follow() {
	f.stop = f.shell.store.Watch(f.refresh)
	f.warnOfKeyring()
	f.refresh()
}

func (f *frame) close() {
	f.stop()
	f.health.Close()
}

// refresh shows how things stand now.
func (f *frame) refresh() {
	s := f.shell
	top := s.pages.top()
	f.rail.refresh(s.pages.pages)
	text := ""
	if top != nil && top.Status != nil {
		text = top.Status()
	}
	f.status.set(text, s.whereText(), s.store.Link())
	if link := s.store.Link(); link != f.shown {
		f.shown = link
		f.showLink(link)
		f.arrange()
	}
	s.refreshTitle()
	s.refreshCommands()
}

// arrange makes room for the banners. Their texts wrap: only at its width does one
// know its height.
func (f *frame) arrange() {
	f.middle.Refresh()
	f.middle.Layout.Layout(f.middle.Objects, f.middle.Size())
}

// showLink says in the banner what is wrong with the connection.
func (f *frame) showLink(link model.Link) {
	again := notice.Action{Text: lang.L("Try now"), Do: f.shell.store.Retry}
	switch link.State {
	case model.LinkSignedOut:
		f.link.Set(look.Danger, lang.L("You are signed out. You can read what was loaded; changes have to wait."),
			notice.Action{Text: lang.L("Sign in"), Do: f.shell.renew})
	case model.LinkReadOnly:
		f.link.Set(look.Warning, lang.L("The sidecar is cut off from its store. You can read what it knew until then; changes have to wait until the store is back."))
	case model.LinkReconnecting, model.LinkOffline:
		why := lang.Error(link.Err)
		if link.Retry.IsZero() {
			f.link.Set(look.Danger, why+" "+lang.L("Trying now…"))
			return
		}
		left := link.Retry.Sub(f.shell.cfg.Now())
		f.link.CountDown(look.Danger, left, waitText(link), func() {}, again)
	default:
		f.showReadOnly()
	}
}

// showReadOnly says that this admin can look only.
func (f *frame) showReadOnly() {
	if f.shell.session.May("clients:write") {
		f.link.Clear()
		return
	}
	f.link.Set(look.Info, lang.L("You can look at everything and change nothing: your role is {{.Role}}.",
		lang.Data{"Role": lang.Role(f.shell.session.Who.Role)}))
}

// warnOfKeyring says that the admin will have to sign in again, where that is not
// what was chosen.
func (f *frame) warnOfKeyring() {
	if f.shell.cfg.Vault.Keyring == nil || f.shell.cfg.Vault.Available() {
		f.keyring.Clear()
		return
	}
	f.keyring.Set(look.Warning, lang.L("Your sign-in will not be remembered: this computer has no keyring that can be used."),
		notice.Action{Text: lang.L("Got it"), Do: func() {
			f.keyring.Clear()
			f.arrange()
		}})
}
