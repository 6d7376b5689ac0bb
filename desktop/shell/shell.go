// Package shell is the app's window: its frame, its commands, and the place where
// screens, models and the session meet. Screens tell what is wanted by callbacks;
// the shell has it done and tells what became of it.
//
// Everything in this package belongs to the UI goroutine.
package shell

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sightline.example/desktop/async"
	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/contact"
	"sightline.example/desktop/model/drafts"
	"sightline.example/desktop/session"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/notice"
	"sightline.example/desktop/widgets/tooltip"
	"sightline.example/policy"
)

// Config says what a shell works with.
type Config struct {
	App      fyne.App
	On       async.Dispatcher
	Book     *session.Book
	Vault    *session.Vault
	Settings *Settings
	// Drafts is the folder in which is kept what was not saved; empty keeps nothing.
	Drafts string
	// Version of the app, as it was built; empty for a build without one.
	Version string
	// Now is the time. Nil means time.Now.
	Now func() time.Time
}

// Shell is the app's window.
type Shell struct {
	cfg    Config
	window fyne.Window
	tips   *tooltip.Layer
	tray   *notice.Tray
	host   *fyne.Container // has the connect screen or the frame
	pages  *stack
	frame  *frame // nil while nobody is signed in
	menu   string // what it shows; see menuState
	folder string // of the file that was chosen last; empty is the home folder

	session *session.Session
	store   *model.Store
	drafts  *drafts.Folder
	scope   *async.Scope  // of the session
	contact *contact.Edit // in a dialog over the window; nil if there is none

	selection selection
}

// New returns a shell whose window shows the connect screen.
func New(cfg Config) *Shell {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	s := &Shell{
		cfg: cfg, window: cfg.App.NewWindow("Sightline"),
		tips: tooltip.NewLayer(cfg.On.After), tray: notice.NewTray(cfg.On.After),
		host: container.NewStack(),
	}
	s.pages = newStack(s)
	cfg.App.Settings().SetTheme(look.New(cfg.Settings.Theme))
	s.window.SetPadded(false)
	s.window.SetContent(container.NewStack(s.host, s.tips, above(s.tray)))
	s.window.Resize(cfg.Settings.Window.size())
	s.window.SetMaster()
	s.window.SetCloseIntercept(s.Quit)
	s.window.Canvas().SetOnTypedKey(s.typed)
	s.window.SetOnDropped(func(at fyne.Position, uris []fyne.URI) { s.pages.dropped(uris) })
	s.connect("")
	return s
}

// Window returns the app's window.
func (s *Shell) Window() fyne.Window { return s.window }

// Open goes on with a session that is open, as after signing in.
func (s *Shell) Open(opened *session.Session) {
	s.session, s.scope = opened, async.NewScope(s.cfg.On)
	s.store = model.NewStore(model.StoreConfig{On: s.scope, Client: opened.Client, Now: s.cfg.Now})
	s.drafts = drafts.Open(s.cfg.Drafts, opened.Connection)
	on := s.scope
	opened.OnExpired(func() { on.Main(s.renew) })
	s.frame = newFrame(s)
	s.host.Objects = []fyne.CanvasObject{s.frame.content}
	s.host.Refresh()
	s.frame.follow()
	s.tellOfDrafts()
	s.resume()
	s.refreshMenu()
}

// Save stores how the window was left, and what is being edited.
func (s *Shell) Save() {
	if size := s.window.Canvas().Size(); size.Width > 0 {
		s.cfg.Settings.Window = windowOf(size)
	}
	s.pages.save()
	if err := s.cfg.Settings.Save(); err != nil {
		fyne.LogError("the settings were not saved", err)
	}
}

// toast tells what has happened.
func (s *Shell) toast(tone look.Tone, text string) { s.tray.Add(notice.Toast{Tone: tone, Text: text}) }

// failed tells that something could not be done.
func (s *Shell) failed(what string, err error) {
	s.toast(look.Danger, what+" "+lang.Error(err))
}

// covered reports whether something lies over the window and has to be answered
// first.
func (s *Shell) covered() bool { return len(s.window.Canvas().Overlays().List()) > 0 }

// What an admin needs to be allowed to change.
const (
	writeClients   policy.Permission = "clients:write"
	writeDirectory policy.Permission = "directory:write"
)

// writable reports whether clients can be changed now.
func (s *Shell) writable() bool { return s.mayWrite(writeClients) }

// mayWrite reports whether what takes the permission can be done now.
func (s *Shell) mayWrite(p policy.Permission) bool {
	return s.store != nil && s.store.Link().State == model.LinkLive && s.session.May(p)
}

func (s *Shell) refreshTitle() {
	title := "Sightline"
	if top := s.pages.top(); top != nil {
		title = top.Title + " - Sightline"
		if top.dirty() != "" {
			title = "• " + title
		}
	}
	if title != s.window.Title() {
		s.window.SetTitle(title)
	}
}
