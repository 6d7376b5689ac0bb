package selection

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/model/sketch"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
	"sightline.example/policy"
)

// preview says which rule is in force and what the client would see.
type preview struct {
	content fyne.CanvasObject

	model   *sketch.Sketch
	mode    *chip.Chip
	rule    *widget.Label
	notes   *fyne.Container
	status  *widget.Label
	retry   *control.Button
	numbers *fyne.Container
	all     *control.Button
	scroll  *container.Scroll
}

func newPreview(m *sketch.Sketch) *preview {
	p := &preview{
		model: m, mode: chip.New("", look.Neutral), rule: look.Paragraph(""), status: look.Paragraph(""),
		notes: look.Column(look.Gap), numbers: look.Column(14),
	}
	p.status.SizeName, p.status.Importance = theme.SizeNameCaptionText, widget.LowImportance
	p.retry = control.NewButton(lang.L("Try again"), m.Ask)
	p.all = control.NewButton(lang.L("All names…"), p.showAll)
	title := look.Flush(look.Strong(lang.L("What they will see")))
	body := look.Column(10, look.Row(p.mode), look.Flush(p.rule), p.notes, p.numbers, look.Row(p.all), look.Flush(p.status), look.Row(p.retry))
	p.scroll = container.NewVScroll(container.New(layout.NewCustomPaddedLayout(0, 0, 0, look.Gap), body))
	framed := container.New(layout.NewBorderLayout(title, nil, nil, nil), title, container.New(layout.NewCustomPaddedLayout(10, 0, 0, 0), p.scroll))
	p.content = look.NewCard(look.Pad(10, framed))
	return p
}

func (p *preview) refresh() {
	s := p.model.Scope()
	p.mode.Set(lang.Mode(s.Mode()), modeTone(s.Mode()))
	p.rule.SetText(lang.Rule(s))
	p.showNotes()
	state := p.model.Preview()
	p.status.SetText(statusText(state))
	p.status.Hidden = state.State == sketch.Ready
	p.retry.Hidden = state.State != sketch.Failed
	p.numbers.Objects = nil
	if state.Value != nil {
		p.numbers.Objects = numbers(state)
	}
	p.all.Hidden = !cut(state)
	p.scroll.Refresh()
}

func modeTone(m policy.Mode) look.Tone {
	switch m {
	case policy.ModeBoth:
		return look.Accent
	case policy.ModeNone:
		return look.Warning
	}
	return look.Info
}

// showNotes shows what is to be pointed out.
func (p *preview) showNotes() {
	p.notes.Objects = nil
	for _, n := range p.model.Notices() {
		tone := look.Warning
		if n == scope.PeriodOver {
			tone = look.Danger
		}
		p.notes.Add(note(tone, lang.Notice(n)))
	}
	if n := p.model.Dead().Count(); n > 0 {
		p.notes.Add(note(look.Warning, lang.N("{{.N}} selected groups or projects do not exist any more. They show nothing, and keep limiting what is visible until they are dropped or replaced.", n)))
	}
	if state := p.model.Preview(); state.State == sketch.Ready && state.Blind() && p.model.Scope().Mode() != policy.ModeNone {
		p.notes.Add(note(look.Warning, lang.L("Nothing is visible: nobody in the selected groups works on the selected projects.")))
	}
	p.notes.Hidden = len(p.notes.Objects) == 0
}

func note(tone look.Tone, text string) fyne.CanvasObject {
	label := look.Paragraph(text)
	label.SizeName = theme.SizeNameCaptionText
	return look.NewPanel(tone.Fill(), look.Pad(2, label))
}

func statusText(p sketch.Preview) string {
	switch {
	case p.State == sketch.Failed && p.Value != nil:
		return lang.L("What is shown here is of before: {{.Why}}", lang.Data{"Why": lang.Error(p.Err)})
	case p.State == sketch.Failed:
		return lang.Error(p.Err)
	}
	return lang.L("Looking…")
}

// numbers returns what is gained and lost by the edit, which is what one looks for,
// and who and what is visible.
func numbers(p sketch.Preview) (all []fyne.CanvasObject) {
	quiet := p.State != sketch.Ready
	for _, c := range changed(p, shownNames) {
		all = append(all, c.object(quiet))
	}
	for _, s := range seen(p, shownNames) {
		all = append(all, tally(s.text, s.names, s.count, quiet))
	}
	return all
}

// cut reports whether there are names that numbers leaves out.
func cut(p sketch.Preview) bool {
	for _, c := range append(seen(p, shownNames), changed(p, shownNames)...) {
		if c.count > len(c.names) {
			return true
		}
	}
	return false
}
