// Package palette is the command palette: everything that can be done or gone
// to, found by typing a few letters of it.
package palette

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// Sizes of the palette, in Fyne's pixels.
const (
	wide    float32 = 560
	highest float32 = 400
	fromTop float32 = 72
	page            = 8
)

// Item is something to choose.
type Item struct {
	// ID is what OnChoose is told.
	ID string
	// Title is what it is found by.
	Title string
	// Detail says more, such as the kind of thing or its keys.
	Detail string

	found bool // elsewhere: it fits whatever the title is
}

// Palette is a palette that is shown. It belongs to the UI goroutine.
type Palette struct {
	// OnTyped is told what was typed, for things to be searched for elsewhere: SetFound
	// has to follow, with or without some. It is not called if it is nil.
	OnTyped func(text string)

	canvas  fyne.Canvas
	prompt  string
	popup   *widget.PopUp
	entry   *control.Entry
	list    *quiet
	nothing *widget.Label
	all     []Item
	found   []Item // elsewhere
	items   []Item // that fit
	at      int
	choose  func(id string)

	searching bool // elsewhere, for what is typed now
	entered   bool // the first is to be chosen once that is over
}

// Show shows a palette of the items over the window. onChoose is told what was
// chosen, after the palette has closed. Escape and a tap beside it close it.
func Show(c fyne.Canvas, items []Item, onChoose func(id string)) *Palette {
	return show(c, lang.L("Type a command or a name"), items, onChoose)
}

// ShowNames is Show for things that all have names.
func ShowNames(c fyne.Canvas, items []Item, onChoose func(id string)) *Palette {
	return show(c, lang.L("Type a name"), items, onChoose)
}

// ShowIn is Show for what is in some place, which the empty field names.
func ShowIn(c fyne.Canvas, place string, items []Item, onChoose func(id string)) *Palette {
	return show(c, place, items, onChoose)
}

func show(c fyne.Canvas, prompt string, items []Item, onChoose func(id string)) *Palette {
	p := &Palette{canvas: c, prompt: prompt, all: items, items: items, choose: onChoose}
	p.build()
	p.popup = widget.NewPopUp(look.Pad(look.Gap, p.content()), c)
	size := fyne.NewSize(min(wide, c.Size().Width-2*look.Gap), min(p.high(), c.Size().Height-2*look.Gap))
	p.popup.Resize(size)
	p.popup.ShowAtPosition(fyne.NewPos((c.Size().Width-size.Width)/2, min(fromTop, c.Size().Height-size.Height)))
	c.Focus(p.entry)
	return p
}

// high is how high the palette is: no higher than all items need.
func (p *Palette) high() float32 {
	line := newLine(p).MinSize().Height + look.Size(p.entry, theme.SizeNamePadding)
	return min(highest, p.entry.MinSize().Height+line*float32(max(1, len(p.all)))+3*look.Gap)
}

// Close closes the palette and chooses nothing.
func (p *Palette) Close() { p.popup.Hide() }

// SetFound shows what was found elsewhere for what is typed now, beside those of the
// items that fit. What is among the items too, by its ID, is shown once.
func (p *Palette) SetFound(items []Item) {
	p.searching = false
	p.found = slices.Clone(items)
	for i := range p.found {
		p.found[i].found = true
	}
	p.refresh()
	if p.entered && p.popup.Visible() {
		p.enter()
	}
}

func (p *Palette) build() {
	p.entry = control.NewEntry(p.prompt)
	p.entry.Icon = theme.SearchIcon()
	p.entry.OnChanged = p.typed
	p.entry.OnKey = p.key
	p.nothing = look.Line(lang.L("Nothing found"))
	p.nothing.Importance = widget.LowImportance
	p.nothing.Hidden = len(p.items) > 0
	p.list = newQuiet(p)
}

// content has the field on top, and below it what fits.
func (p *Palette) content() fyne.CanvasObject {
	list := container.NewStack(p.list, container.NewVBox(p.nothing))
	top := container.New(layout.NewCustomPaddedLayout(0, look.Gap/2, 0, 0), p.entry)
	return container.New(layout.NewBorderLayout(top, nil, nil, nil), top, list)
}

func (p *Palette) typed(text string) {
	p.found = slices.DeleteFunc(p.found, func(item Item) bool { return score(item.Title, text) == 0 })
	p.at, p.entered, p.searching = 0, false, p.OnTyped != nil
	p.refresh()
	p.list.ScrollToTop()
	if p.OnTyped != nil {
		p.OnTyped(text)
	}
}

// refresh shows what fits what is typed.
func (p *Palette) refresh() {
	twice := func(item Item) bool {
		return slices.ContainsFunc(p.found, func(f Item) bool { return f.ID == item.ID })
	}
	all := slices.DeleteFunc(slices.Clone(p.all), twice)
	p.items = rank(append(all, p.found...), p.entry.Text)
	p.at = max(0, min(p.at, len(p.items)-1))
	p.nothing.Hidden = len(p.items) > 0 || p.searching
	p.nothing.Refresh()
	p.list.Refresh()
}

func (p *Palette) key(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyEscape:
		p.Close()
	case fyne.KeyReturn, fyne.KeyEnter:
		p.enter()
	case fyne.KeyDown:
		p.move(1)
	case fyne.KeyUp:
		p.move(-1)
	case fyne.KeyPageDown:
		p.move(page)
	case fyne.KeyPageUp:
		p.move(-page)
	default:
		return false
	}
	return true
}

// enter chooses the line that is marked. Who types fast means the first of what will be
// there, and not of what is there so far; once more is at once.
func (p *Palette) enter() {
	p.entered = p.searching && p.at == 0 && !p.entered
	if !p.entered {
		p.chooseAt(p.at)
	}
}

func (p *Palette) move(by int) {
	p.searching = false // a line is meant that is there
	p.at = max(0, min(p.at+by, len(p.items)-1))
	p.list.ScrollTo(p.at)
	p.list.Refresh()
}

func (p *Palette) chooseAt(i int) {
	if i < 0 || i >= len(p.items) {
		return
	}
	id := p.items[i].ID
	p.Close()
	p.choose(id)
}
