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

// change is what is gained or lost of a kind.
type change struct {
	text  string
	tone  look.Tone
	count int
	names []string
}

// changed returns what an edit gains and loses.
func changed(p sketch.Preview) []change {
	gained, lost := p.Value.Against.Gained, p.Value.Against.Lost
	return []change{
		{lang.N("Gains {{.N}} employees", gained.Employees.Count), look.Success, gained.Employees.Count, sketch.Names(gained.Employees, shownNames)},
		{lang.N("Gains {{.N}} projects", gained.Projects.Count), look.Success, gained.Projects.Count, sketch.Names(gained.Projects, shownNames)},
		{lang.N("Loses {{.N}} employees", lost.Employees.Count), look.Danger, lost.Employees.Count, sketch.Names(lost.Employees, shownNames)},
		{lang.N("Loses {{.N}} projects", lost.Projects.Count), look.Danger, lost.Projects.Count, sketch.Names(lost.Projects, shownNames)},
	}
}

func (c change) object(quiet bool) fyne.CanvasObject {
	tone := c.tone
	if quiet {
		tone = look.Neutral
	}
	return look.Column(4, look.Row(chip.New(c.text, tone)), look.Flush(caption(lang.Names(c.names, c.count))))
}

// Lost returns how an edit narrows what is visible, for a question about it: one
// line for each kind.
func Lost(p sketch.Preview) (lines []string) {
	if p.Value == nil || p.Value.Against == nil {
		return nil
	}
	for _, c := range changed(p) {
		if c.tone == look.Danger && c.count > 0 {
			lines = append(lines, c.text+": "+lang.Names(c.names, c.count))
		}
	}
	return lines
}
