package selection

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/sketch"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/look"
)

// shownNames is how many names a tally shows.
const shownNames = 12

// tally is a number of things, and the names of the first.
func tally(title string, names []string, count int, quiet bool) fyne.CanvasObject {
	head := look.Strong(title)
	if quiet {
		head.Importance = widget.LowImportance
	}
	if count == 0 {
		return look.Flush(head)
	}
	return look.Column(2, look.Flush(head), look.Flush(caption(lang.Names(names, count))))
}

func caption(text string) *widget.Label {
	label := look.Paragraph(text)
	label.SizeName, label.Importance = theme.SizeNameCaptionText, widget.LowImportance
	return label
}

// change is what is seen, gained or lost of a kind.
type change struct {
	text  string
	tone  look.Tone
	count int
	names []string
}

// seen returns what would be visible, with as many names as fit. Groups are listed
// only where the scope has some.
func seen(p sketch.Preview, fit int) []change {
	if p.Value == nil {
		return nil
	}
	v := p.Value
	all := []change{
		{lang.N("{{.N}} employees", v.Employees.Count), look.Neutral, v.Employees.Count, sketch.Names(v.Employees, fit)},
		{lang.N("{{.N}} projects", v.Projects.Count), look.Neutral, v.Projects.Count, sketch.Names(v.Projects, fit)},
	}
	if v.Groups.Count > 0 {
		all = append(all, change{lang.N("{{.N}} groups", v.Groups.Count), look.Neutral, v.Groups.Count, sketch.Names(v.Groups, fit)})
	}
	return all
}

// changed returns what an edit gains and loses, if anything, likewise.
func changed(p sketch.Preview, fit int) (all []change) {
	if p.Value == nil || p.Value.Against == nil {
		return nil
	}
	gained, lost := p.Value.Against.Gained, p.Value.Against.Lost
	for _, c := range []change{
		{lang.N("Gains {{.N}} employees", gained.Employees.Count), look.Success, gained.Employees.Count, sketch.Names(gained.Employees, fit)},
		{lang.N("Gains {{.N}} projects", gained.Projects.Count), look.Success, gained.Projects.Count, sketch.Names(gained.Projects, fit)},
		{lang.N("Gains {{.N}} groups", gained.Groups.Count), look.Success, gained.Groups.Count, sketch.Names(gained.Groups, fit)},
		{lang.N("Loses {{.N}} employees", lost.Employees.Count), look.Danger, lost.Employees.Count, sketch.Names(lost.Employees, fit)},
		{lang.N("Loses {{.N}} projects", lost.Projects.Count), look.Danger, lost.Projects.Count, sketch.Names(lost.Projects, fit)},
		{lang.N("Loses {{.N}} groups", lost.Groups.Count), look.Danger, lost.Groups.Count, sketch.Names(lost.Groups, fit)},
	} {
		if c.count > 0 {
			all = append(all, c)
		}
	}
	return all
}

func (c change) object(quiet bool) fyne.CanvasObject {
	tone := c.tone
	if quiet {
		tone = look.Neutral
	}
	return look.Column(4, look.Row(chip.New(c.text, tone)), look.Flush(caption(lang.Names(c.names, c.count))))
}
