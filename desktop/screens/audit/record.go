package audit

import (
	"cmp"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/trail"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
	"sightline.example/policy"
)

// high is how high what a record changed is shown, in Fyne's pixels; more of it is
// scrolled to.
const high float32 = 130

// record shows what the selected record changed.
type record struct {
	content fyne.CanvasObject

	cfg     Config
	row     *trail.Row
	title   *widget.Label
	changes *widget.Label
	scroll  *container.Scroll // has them
	revert  *control.Button
	buttons *fyne.Container
}

func newRecord(cfg Config) *record {
	d := &record{cfg: cfg, title: look.Strong(""), changes: look.Paragraph("")}
	d.title.Truncation = fyne.TextTruncateEllipsis
	d.revert = control.NewButton(lang.L("Take back…"), func() { cfg.OnRevert(d.row) })
	d.revert.Tips = cfg.Tips
	d.buttons = look.Row(d.revert)
	d.scroll = container.NewVScroll(look.Flush(d.changes))
	d.scroll.SetMinSize(fyne.NewSize(0, high))
	d.scroll.Hide()
	head := look.Head(d.title, d.buttons)
	d.content = look.NewCard(look.Pad(12, container.New(layout.NewBorderLayout(head, nil, nil, nil), head, d.scroll)))
	return d
}

// offer puts a button beside the others, for as long as it can be used.
func (d *record) offer(b *control.Button, usable bool) {
	d.buttons.Objects = []fyne.CanvasObject{d.revert}
	if usable {
		d.buttons.Objects = []fyne.CanvasObject{b, d.revert}
	}
	d.buttons.Refresh()
}

// show shows a record; nil is none. It reports whether that needs more room than
// before, or less.
func (d *record) show(r *trail.Row) (resized bool) {
	d.row = r
	resized = d.scroll.Visible() != (r != nil)
	look.Hide(d.scroll, r == nil)
	d.say(r)
	return resized
}

// say says what a record changed.
func (d *record) say(r *trail.Row) {
	if r == nil {
		d.title.SetText(lang.L("Select a record to see what it changed."))
		d.changes.SetText("")
		d.enable(lang.L("Select a record first."))
		return
	}
	d.title.SetText(lang.L("{{.When}}: {{.Who}}, {{.What}}: {{.Whom}}",
		lang.Data{"When": lang.Moment(r.At), "Who": who(r), "What": lang.Deed(r.Action), "Whom": d.cfg.thing(r)}))
	d.changes.SetText(strings.Join(d.cfg.linesOf(r), "\n"))
	if _, _, ok := r.Scopes(); !ok {
		d.enable(lang.L("Only changes of a client's scope can be taken back."))
		return
	}
	d.enable(d.cfg.Hindrance())
}

// enable lets the change be taken back, unless there is a reason against it.
func (d *record) enable(why string) {
	d.revert.Tip = why
	if why == "" {
		d.revert.Enable()
	} else {
		d.revert.Disable()
	}
}

// linesOf says what a record changed, a member a line.
func (c Config) linesOf(r *trail.Row) (lines []string) {
	if r.Detail != "" {
		lines = append(lines, lang.Detail(r.Detail))
	}
	if r.Erased {
		lines = append(lines, lang.L("What was personal in this record is erased."))
	}
	for _, change := range r.Changes() {
		lines = append(lines, lang.Member(change.Path)+": "+c.changeText(change))
	}
	return lines
}

// changeText shows what was before and after, or what came and went of a list.
func (c Config) changeText(change trail.Change) string {
	if len(change.Added)+len(change.Removed) > 0 {
		var parts []string
		for _, v := range change.Added {
			parts = append(parts, "+ "+c.named(change.Path, v))
		}
		for _, v := range change.Removed {
			parts = append(parts, "− "+c.named(change.Path, v))
		}
		return strings.Join(parts, "   ")
	}
	before, after := lang.Value(change.Path, change.Before), lang.Value(change.Path, change.After)
	switch {
	case change.Before == "":
		return after
	case change.After == "":
		return lang.L("nothing, before: {{.Before}}", lang.Data{"Before": before})
	}
	return lang.L("{{.After}}, before: {{.Before}}", lang.Data{"Before": before, "After": after})
}

// named returns what a value in a list of groups or projects is called now; of what
// is gone, and of other values, the value itself.
func (c Config) named(path, value string) string {
	kind := ""
	switch {
	case strings.HasSuffix(path, "groups"):
		kind = policy.TypeGroup
	case strings.HasSuffix(path, "projects"):
		kind = policy.TypeProject
	default:
		return value
	}
	return cmp.Or(c.NameOf(kind, value), value)
}
