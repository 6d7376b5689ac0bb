package control

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// Select is a field in which one of a few is chosen.
type Select struct {
	widget.Select
	// OnKey is offered each key before the field; true means that it took it.
	OnKey func(fyne.KeyName) bool

	focused bool
}

// NewSelect returns a field in which nothing is chosen yet. changed is told what
// is chosen.
func NewSelect(options []string, changed func(string)) *Select {
	s := &Select{}
	s.Options, s.OnChanged = options, changed
	s.ExtendBaseWidget(s)
	return s
}

// TypedKey offers the key to OnKey, then to the field.
func (s *Select) TypedKey(key *fyne.KeyEvent) {
	if (s.OnKey == nil || !s.OnKey(key.Name)) && !PassOn(key) {
		s.Select.TypedKey(key)
	}
}

// FocusGained puts the ring round the field.
func (s *Select) FocusGained() {
	s.focused = true
	s.Select.FocusGained()
}

// FocusLost takes the ring away.
func (s *Select) FocusLost() {
	s.focused = false
	s.Select.FocusLost()
}

// CreateRenderer is for Fyne.
func (s *Select) CreateRenderer() fyne.WidgetRenderer {
	s.ExtendBaseWidget(s)
	r := newRinged(s, s.Select.CreateRenderer(), func() bool { return s.focused && !s.Disabled() })
	r.outlined = true
	r.paint()
	return r
}

// Check is a box to tick, with its words beside it.
type Check struct {
	widget.Check
	// OnKey is offered each key before the box; true means that it took it.
	OnKey func(fyne.KeyName) bool

	focused bool
}

// NewCheck returns an empty box. changed is told what becomes of it.
func NewCheck(text string, changed func(bool)) *Check {
	c := &Check{}
	c.Text, c.OnChanged = text, changed
	c.ExtendBaseWidget(c)
	return c
}

// TypedKey offers the key to OnKey, then to the box.
func (c *Check) TypedKey(key *fyne.KeyEvent) {
	if (c.OnKey == nil || !c.OnKey(key.Name)) && !PassOn(key) {
		c.Check.TypedKey(key)
	}
}

// FocusGained puts the ring round the box.
func (c *Check) FocusGained() {
	c.focused = true
	c.Check.FocusGained()
}

// FocusLost takes the ring away.
func (c *Check) FocusLost() {
	c.focused = false
	c.Check.FocusLost()
}

// CreateRenderer is for Fyne.
func (c *Check) CreateRenderer() fyne.WidgetRenderer {
	c.ExtendBaseWidget(c)
	return newRinged(c, c.Check.CreateRenderer(), func() bool { return c.focused && !c.Disabled() })
}
