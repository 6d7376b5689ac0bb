package shell

import (
	"slices"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/dialog"
)

// Page is what fills the middle of the window. Functions that are nil are not
// called.
type Page struct {
	// ID says which page it is, such as "clients" or "client acme".
	ID string
	// Title stands in the window's title and in the path above the page.
	Title   string
	Content fyne.CanvasObject
	// Commands can be done while the page is on top.
	Commands []Command
	// Status is what the status bar says of the page.
	Status func() string
	// Focus gives the keyboard to where it belongs.
	Focus func()
	// Dirty names what is not saved and would be lost; it is empty if nothing is.
	Dirty func() string
	// Discard is called when the admin has given up what is not saved.
	Discard func()
	// Save stores what is being edited as a draft, as the app may end.
	Save func()
	// Look is called when something else was chosen in the settings.
	Look func()
	// Reset gives the page the layout it had at first.
	Reset func()
	// Acted is told what became of an act on clients, wherever it was begun, if the page
	// is on top when the act ends.
	Acted func(model.Outcome)
	// Dropped is handed files that were dropped on the window.
	Dropped func(paths []string)
	// Close is called when the page is gone.
	Close func()
}

func (p *Page) dirty() string {
	if p.Dirty == nil {
		return ""
	}
	return p.Dirty()
}

// discard gives up what is not saved on the page.
func (p *Page) discard() {
	if p.dirty() != "" && p.Discard != nil {
		p.Discard()
	}
}

// stack is the pages on top of each other. Only the one on top is shown.
type stack struct {
	shell *Shell
	pages []*Page
	host  *fyne.Container
	asks  bool // whether something may be lost: it is being asked
}

func newStack(s *Shell) *stack { return &stack{shell: s, host: container.NewStack()} }

func (k *stack) top() *Page {
	if len(k.pages) == 0 {
		return nil
	}
	return k.pages[len(k.pages)-1]
}

// deep reports whether there is a page below the one on top.
func (k *stack) deep() bool { return len(k.pages) > 1 }

// reveal goes back to the page of an id, if nothing unsaved is in the way, and
// reports whether there is one.
func (k *stack) reveal(id string) bool {
	i := slices.IndexFunc(k.pages, func(p *Page) bool { return p.ID == id })
	if i < 0 {
		return false
	}
	page := k.pages[i]
	k.askEach(slices.Clone(k.pages[i+1:]), func() {
		for k.top() != page && k.deep() {
			k.pop()
		}
	})
	return true
}

// push shows a page over the one on top.
func (k *stack) push(p *Page) {
	if len(k.pages) == 0 {
		k.shell.cfg.Settings.Section = p.ID
	}
	k.pages = append(k.pages, p)
	k.show()
}

// exchange puts a page in the place of another one, wherever that is, without
// asking.
func (k *stack) exchange(old *Page, fresh func() *Page) {
	i := slices.Index(k.pages, old)
	if i < 0 {
		return
	}
	k.pages[i] = fresh()
	closePage(old)
	if i == len(k.pages)-1 {
		k.show()
	}
}

// remove takes a page away, wherever it is, without asking.
func (k *stack) remove(p *Page) {
	switch i := slices.Index(k.pages, p); {
	case i < 0:
	case i == len(k.pages)-1 && k.deep():
		k.pop()
	case i > 0:
		k.pages = slices.Delete(k.pages, i, i+1)
		closePage(p)
	}
}

// replace shows a page in the place of all others, if nothing unsaved is in the
// way.
func (k *stack) replace(open func() *Page) {
	k.guard(func() {
		k.clear()
		k.push(open())
	})
}

// back shows the page below, if nothing unsaved is in the way.
func (k *stack) back() {
	if !k.deep() {
		return
	}
	top := k.top()
	k.ask(top, func() {
		if k.top() == top { // it may have gone meanwhile
			top.discard()
			k.pop()
		}
	})
}

// pop takes the page on top away without asking.
func (k *stack) pop() {
	top := k.top()
	k.pages = k.pages[:len(k.pages)-1]
	closePage(top)
	k.show()
}

// clear takes all pages away without asking.
func (k *stack) clear() {
	for _, p := range k.pages {
		closePage(p)
	}
	k.pages = nil
	k.host.RemoveAll()
}

func closePage(p *Page) {
	if p.Close != nil {
		p.Close()
	}
}

func (k *stack) show() {
	top := k.top()
	k.shell.tips.Leave() // what it was about is gone
	k.host.Objects = []fyne.CanvasObject{top.Content}
	k.host.Refresh()
	if k.shell.frame != nil {
		k.shell.frame.refresh()
	}
	k.shell.refreshTitle()
	k.shell.refreshMenu()
	if !k.shell.covered() {
		k.shell.window.Canvas().Unfocus() // what had the keyboard is gone
	}
	k.focus(top, focusTries)
}

// Nothing can have the focus before it was painted, and nothing tells when it was.
const (
	focusTries = 40
	focusPause = 50 * time.Millisecond
)

// focus gives the keyboard to a page, unless something has it or another page has
// come meanwhile.
func (k *stack) focus(p *Page, tries int) {
	if p.Focus == nil || tries == 0 || k.top() != p || k.shell.covered() || k.shell.window.Canvas().Focused() != nil {
		return
	}
	p.Focus()
	k.shell.cfg.On.After(focusPause, func() { k.focus(p, tries-1) })
}

// refocus gives the keyboard to the page on top, whatever of it had it.
func (k *stack) refocus() {
	k.shell.window.Canvas().Unfocus()
	k.focus(k.top(), focusTries)
}

// guard calls then at once if nothing on any page would be lost, and else once the
// admin has said that it may be.
func (k *stack) guard(then func()) { k.askEach(slices.Clone(k.pages), then) }

// askEach is guard for some pages: it asks about one after the other, from the top.
func (k *stack) askEach(pages []*Page, then func()) {
	if len(pages) == 0 {
		then()
		return
	}
	last, rest := pages[len(pages)-1], pages[:len(pages)-1]
	k.ask(last, func() {
		k.askEach(rest, func() { // one that is to be kept keeps all of them
			last.discard()
			then()
		})
	})
}

// ask calls then if nothing on a page would be lost, or may be.
func (k *stack) ask(p *Page, then func()) {
	lost := p.dirty()
	if lost == "" {
		then()
		return
	}
	if p != k.top() {
		lost = p.Title + ": " + lost
	}
	k.askToDiscard(lost, then)
}

// askToDiscard calls then if the admin gives up what was changed.
func (k *stack) askToDiscard(lost string, then func()) {
	k.askToLose(dialog.Config{
		Title: lang.L("Discard what you changed?"), Text: lost,
		Confirm: lang.L("Discard"), Cancel: lang.L("Keep editing"),
	}, then)
}

// askToLose shows a question about what would be lost, and calls then if it may be.
func (k *stack) askToLose(cfg dialog.Config, then func()) {
	k.asks = true
	cfg.Destructive = true
	cfg.OnConfirm = func() {
		k.asks = false
		then()
	}
	cfg.OnCancel = func() { k.asks = false }
	dialog.Show(k.shell.window.Canvas(), cfg)
}

func (k *stack) save() {
	for _, p := range k.pages {
		if p.Save != nil {
			p.Save()
		}
	}
}

func (k *stack) dropped(uris []fyne.URI) {
	top := k.top()
	if top == nil || top.Dropped == nil || k.shell.covered() {
		return
	}
	var paths []string
	for _, uri := range uris {
		paths = append(paths, uri.Path())
	}
	top.Dropped(paths)
}
