package selection

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/sketch"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/look"
)

// everyName is more than there can be in a list of a preview.
const everyName = 1 << 30

// roll lists names under what they are, each on a line. There may be thousands:
// only the lines that can be seen exist as objects.
type roll struct {
	widget.List
	// onKey is offered the keys that mean nothing here.
	onKey func(fyne.KeyName) bool
	lines []rollLine
	high  float32
}

type rollLine struct {
	text string
	head bool
}

// newRoll returns a roll of what parts finds in a preview: in what is known of it
// at first, and in all of it as soon as that is there. Up to so many lines are
// shown without scrolling.
func newRoll(m *sketch.Sketch, fit int, parts func(sketch.Preview) []change) *roll {
	r := &roll{onKey: func(fyne.KeyName) bool { return false }}
	r.Length = func() int { return len(r.lines) }
	r.CreateItem = func() fyne.CanvasObject { return look.Flush(look.Line("")) }
	r.UpdateItem = func(i int, o fyne.CanvasObject) { r.lines[i].show(o.(*fyne.Container).Objects[0].(*widget.Label)) }
	r.OnSelected = func(int) { r.UnselectAll() } // there is nothing to be done with a name
	r.HideSeparators = true
	r.ExtendBaseWidget(r)
	r.lines = linesOf(parts(m.Preview()))
	line := r.CreateItem().MinSize().Height + look.Size(r, theme.SizeNamePadding)
	r.high = line * float32(max(1, min(fit, len(r.lines))))
	m.Whole(func(p sketch.Preview) {
		if p.Err != nil {
			r.lines = append(r.lines, rollLine{text: lang.Error(p.Err)})
		} else {
			r.lines = linesOf(parts(p))
		}
		r.Refresh()
	})
	return r
}

func (l rollLine) show(label *widget.Label) {
	label.TextStyle.Bold = l.head
	label.SetText(l.text)
}

func linesOf(parts []change) (lines []rollLine) {
	for _, part := range parts {
		if part.count == 0 {
			continue
		}
		lines = append(lines, rollLine{part.text, true})
		for _, name := range part.names {
			lines = append(lines, rollLine{text: name})
		}
		if more := part.count - len(part.names); more > 0 {
			lines = append(lines, rollLine{text: lang.N("{{.N}} more", more)})
		}
	}
	return lines
}

// MinSize is for Fyne.
func (r *roll) MinSize() fyne.Size { return fyne.NewSize(r.List.MinSize().Width, r.high) }

// TypedKey scrolls.
func (r *roll) TypedKey(key *fyne.KeyEvent) {
	const step = 40
	offset, page := r.GetScrollOffset(), r.Size().Height
	switch key.Name {
	case fyne.KeyUp:
		r.ScrollToOffset(max(0, offset-step))
	case fyne.KeyDown:
		r.ScrollToOffset(offset + step)
	case fyne.KeyPageUp:
		r.ScrollToOffset(max(0, offset-page))
	case fyne.KeyPageDown:
		r.ScrollToOffset(offset + page)
	case fyne.KeyHome:
		r.ScrollToTop()
	case fyne.KeyEnd:
		r.ScrollToBottom()
	default:
		if !r.onKey(key.Name) {
			control.PassOn(key)
		}
	}
}

// Losses says in short what the client ceases to see by an edit, and lists all of
// it, for a question about it. The list is nil if it is nothing.
func Losses(m *sketch.Sketch) (short string, list fyne.CanvasObject) {
	parts := lost(m.Preview())
	texts := make([]string, len(parts))
	for i, part := range parts {
		texts[i] = part.text
	}
	if len(parts) == 0 {
		return "", nil
	}
	return strings.Join(texts, " · "), newRoll(m, 8, lost)
}

func lost(p sketch.Preview) (lost []change) {
	for _, c := range changed(p, everyName) {
		if c.tone == look.Danger {
			lost = append(lost, c)
		}
	}
	return lost
}

// showAll shows all names of a preview.
func (p *preview) showAll() {
	all := func(p sketch.Preview) []change { return append(seen(p, everyName), changed(p, everyName)...) }
	names := newRoll(p.model, 12, all)
	d := dialog.Show(fyne.CurrentApp().Driver().CanvasForObject(p.content), dialog.Config{
		Title: lang.L("What they will see"), Content: names, Cancel: lang.L("Close"),
	})
	names.onKey = d.Key
}
