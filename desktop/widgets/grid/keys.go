package grid

import (
	"strings"
	"time"
	"unicode"

	"fyne.io/fyne/v2"

	"fyne.io/fyne/v2/driver/desktop"
	"sightline.example/desktop/widgets/control"
)

// together is how long typed letters belong to the same name.
const together = time.Second

// prefix is the beginning of a name that is being typed.
type prefix struct {
	text string
	at   time.Time
}

func (g *Grid[T]) pressed(key fyne.KeyName, shift bool) {
	if to, moves := g.target(key); moves {
		g.walk(to, shift)
		return
	}
	switch key {
	case fyne.KeyReturn, fyne.KeyEnter:
		if g.cfg.OnOpen != nil && g.chosen.id != "" {
			g.cfg.OnOpen(g.chosen.id)
		}
	case fyne.KeySpace:
		if g.cfg.Ticks && g.chosen.id != "" {
			g.chosen.toggle(g.chosen.index)
			g.tellTicked()
		}
	case fyne.KeyDelete:
		if ids := g.subjects(); g.cfg.OnDelete != nil && len(ids) > 0 {
			g.cfg.OnDelete(ids)
		}
	case desktop.KeyMenu:
		g.menuByKey()
	case fyne.KeyEscape:
		g.escape()
	}
}

// target returns the row a key goes to.
func (g *Grid[T]) target(key fyne.KeyName) (i int, moves bool) {
	page := max(1, int(g.list.Size().Height/g.pitch())-1)
	switch key {
	case fyne.KeyUp:
		return g.chosen.index - 1, true
	case fyne.KeyDown:
		return g.chosen.index + 1, true
	case fyne.KeyPageUp:
		return g.chosen.index - page, true
	case fyne.KeyPageDown:
		return g.chosen.index + page, true
	case fyne.KeyHome:
		return 0, true
	case fyne.KeyEnd:
		return g.cfg.Len() - 1, true
	default:
		return 0, false
	}
}

// walk selects the row, and with Shift ticks those on the way.
func (g *Grid[T]) walk(to int, shift bool) {
	if g.cfg.Len() == 0 {
		return
	}
	extends := shift && g.cfg.Ticks
	if extends && g.chosen.anchor < 0 {
		g.chosen.begin(max(0, g.chosen.index))
	}
	g.chosen.moveTo(to)
	g.scrollTo(g.chosen.index)
	if extends {
		g.chosen.extend(g.chosen.index)
		g.tellTicked()
	} else {
		g.chosen.anchor = -1
	}
	g.repaint()
	g.tellSelected()
}

// subjects returns the rows that a key is about.
func (g *Grid[T]) subjects() []string {
	if ids := g.chosen.ids(); len(ids) > 0 || g.chosen.id == "" {
		return ids
	}
	return []string{g.chosen.id}
}

func (g *Grid[T]) escape() {
	if len(g.chosen.ticked) > 0 {
		g.SetTicked(nil)
		g.tellTicked()
	} else if g.cfg.OnLeave != nil {
		g.cfg.OnLeave()
	} else {
		control.PassOn(&fyne.KeyEvent{Name: fyne.KeyEscape})
	}
}

// tickAll ticks every row there is.
func (g *Grid[T]) tickAll() {
	if g.cfg.Ticks {
		g.chosen.all()
		g.tellTicked()
	}
}

// typedRune selects the next row whose name begins with what has been typed.
func (g *Grid[T]) typedRune(r rune) {
	if g.cfg.Name == nil || unicode.IsSpace(r) {
		return // Space ticks, and comes as a key too
	}
	now, start := g.cfg.Now(), g.chosen.index
	if now.Sub(g.typed.at) > together {
		g.typed.text = ""
		start++ // the same letter again goes on to the next row
	}
	g.typed = prefix{g.typed.text + string(unicode.ToLower(r)), now}
	if i := g.beginning(g.typed.text, max(0, start)); i >= 0 {
		g.walk(i, false)
	}
}

// beginning returns the first row from start on, and round, that begins with the
// text, or -1.
func (g *Grid[T]) beginning(text string, start int) int {
	n := g.cfg.Len()
	for step := range n {
		i := (start + step) % n
		row, loaded := g.cfg.At(i)
		if loaded && strings.HasPrefix(strings.ToLower(g.cfg.Name(row)), text) {
			return i
		}
	}
	return -1
}
