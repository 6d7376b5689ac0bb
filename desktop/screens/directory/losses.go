package directory

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/directory"
	"sightline.example/desktop/widgets/look"
)

// Losses names who loses what by a deletion. It scrolls where they are many.
func Losses(l directory.Losses) fyne.CanvasObject {
	box := look.Column(2)
	for _, one := range l.First {
		box.Add(look.Flush(look.Paragraph(lossText(one))))
	}
	if more := len(l.Rest); more > 0 {
		box.Add(look.Flush(look.Paragraph(lang.N("and {{.N}} more clients", more))))
	}
	if len(box.Objects) <= few {
		return box
	}
	scroll := container.NewVScroll(box)
	scroll.SetMinSize(fyne.NewSize(0, tall))
	return scroll
}

// Up to few losses are shown whole; more scroll in this height.
const (
	few  = 6
	tall = 190
)

// lossText says what one client loses.
func lossText(l directory.Loss) string {
	name := lang.Data{"Name": l.Name}
	if !l.Selected {
		return lang.L("{{.Name}} does not see it any more.", name)
	}
	var lost []string
	for _, part := range []struct {
		n    int
		text string
	}{
		{l.Employees, lang.N("{{.N}} employees", l.Employees)},
		{l.Projects, lang.N("{{.N}} projects", l.Projects)},
		{l.Groups, lang.N("{{.N}} groups", l.Groups)},
	} {
		if part.n > 0 {
			lost = append(lost, part.text)
		}
	}
	if len(lost) == 0 {
		return lang.L("{{.Name}} loses nothing, and keeps a dead reference.", name)
	}
	return lang.L("{{.Name}} loses {{.What}}.", lang.Data{"Name": l.Name, "What": strings.Join(lost, ", ")})
}
