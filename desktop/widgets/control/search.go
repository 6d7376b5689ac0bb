package control

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// pause is how long typing has to pause before a search starts.
const pause = 150 * time.Millisecond

// Search is a field that searches while one types in it. Enter searches at once,
// Escape clears.
type Search struct {
	Entry

	// OnSearch is called with what is searched for, on the UI goroutine: when
	// typing pauses, and never twice in a row with the same text.
	OnSearch func(text string)
	// OnDown is called on the Down key: to go to the list below.
	OnDown func()
	// OnLeave is called on Escape when the field is empty already; without it the
	// window gets the key.
	OnLeave func()

	after    func(time.Duration, func()) (stop func())
	stop     func()
	searched string
	clear    *tapIcon
}

// NewSearch returns an empty field. after is that of an async.Dispatcher; nil
// searches at every key, for what is found at once.
func NewSearch(placeholder string, after func(time.Duration, func()) (stop func())) *Search {
	s := &Search{after: after, stop: func() {}}
	s.dress(placeholder)
	s.Icon = theme.SearchIcon()
	s.clear = newTapIcon(theme.CancelIcon(), s.Clear)
	s.clear.Hide()
	s.ActionItem = s.clear
	s.OnChanged = s.typed
	s.Entry.OnKey = s.key
	s.ExtendBaseWidget(s)
	return s
}

// Resize cuts the placeholder where it does not fit: Fyne would offer to scroll it.
func (s *Search) Resize(size fyne.Size) {
	s.cut(size.Width - 2*look.Size(s, theme.SizeNameInlineIcon) - 6*look.Gap)
	s.Entry.Entry.Resize(size)
}

// Clear empties the field, and searches for nothing at once.
func (s *Search) Clear() {
	s.SetText("")
	s.now()
}

func (s *Search) typed(string) {
	s.clear.Hidden = s.Text == ""
	s.Refresh()
	if s.after == nil {
		s.now()
		return
	}
	s.stop()
	s.stop = s.after(pause, s.now)
}

func (s *Search) now() {
	s.stop()
	if s.Text == s.searched {
		return
	}
	s.searched = s.Text
	if s.OnSearch != nil {
		s.OnSearch(s.Text)
	}
}

func (s *Search) key(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyReturn, fyne.KeyEnter:
		s.now()
	case fyne.KeyDown:
		call(s.OnDown)
	case fyne.KeyEscape:
		if s.Text == "" && s.OnLeave == nil {
			return false
		}
		if s.Text == "" {
			s.OnLeave()
		} else {
			s.Clear()
		}
	default:
		return false
	}
	return true
}

func call(f func()) {
	if f != nil {
		f()
	}
}

// tapIcon is an icon that can be tapped but does not take the focus: Tab passes
// it by, as there is a key that does the same.
type tapIcon struct {
	widget.Icon
	tapped func()
}

func newTapIcon(icon fyne.Resource, tapped func()) *tapIcon {
	i := &tapIcon{tapped: tapped}
	i.Resource = icon
	i.ExtendBaseWidget(i)
	return i
}

func (i *tapIcon) Tapped(*fyne.PointEvent) { i.tapped() }

func (i *tapIcon) Cursor() desktop.Cursor { return desktop.PointerCursor }
