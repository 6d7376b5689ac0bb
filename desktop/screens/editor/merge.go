package editor

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/editor"
	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/model/sketch"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/diff"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/tooltip"
	"sightline.example/policy"
)

// merge shows two changes of a scope, what comes of both, and what the client
// would see of that.
type merge struct {
	content fyne.CanvasObject

	model    *editor.Editor
	intro    *widget.Label
	lines    *diff.Merge
	rule     *widget.Label
	effect   *widget.Label
	accept   *control.Button
	overrule *control.Button
}

func newMerge(m *editor.Editor, tips *tooltip.Layer) *merge {
	v := &merge{
		model: m, intro: look.Paragraph(""), lines: diff.NewMerge(lang.L("Changed"), tips),
		rule: look.Paragraph(""), effect: look.Paragraph(""),
	}
	v.rule.TextStyle.Bold = true
	v.effect.Importance = widget.LowImportance
	v.lines.OnChoose = v.choose
	v.accept = control.NewPrimary("", m.Accept)
	keep := control.NewButton(lang.L("Keep editing"), m.Dismiss)
	v.overrule = control.NewButton(lang.L("Overwrite theirs"), m.Overwrite)
	result := look.NewCard(look.Pad(12, look.Column(4, look.Flush(v.rule), look.Flush(v.effect))))
	buttons := container.NewBorder(nil, nil, v.overrule, look.Row(keep, v.accept))
	top := container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), look.Flush(v.intro))
	bottom := container.New(layout.NewCustomPaddedLayout(10, 0, 0, 0), look.Column(10, result, buttons))
	card := look.NewCard(look.Pad(1, v.lines))
	v.content = container.New(layout.NewBorderLayout(top, bottom, nil, nil), top, card, bottom)
	return v
}

func (v *merge) refresh(now time.Time) {
	c := v.model.Conflict()
	who := lang.Who(c.Client.ChangedBy, c.Client.Changed, now)
	v.intro.SetText(introText(c, lang.Data{"Name": c.Client.Name, "Who": who}))
	v.lines.Set(lines(c.Merge, v.model.Sketch.Directory()))
	v.rule.SetText(lang.Rule(c.Merge.Result()))
	v.effect.SetText(v.effectText(c.Merge))
	text := lang.L("Take the result")
	if c.Saves {
		text = lang.L("Save the result")
	}
	v.accept.SetText(text)
	look.Enable(v.accept, c.Merge.Open() == 0)
}

func introText(c *editor.Conflict, data lang.Data) string {
	if c.Again {
		return lang.L("{{.Name}} was changed once more meanwhile. {{.Who}}. This is what comes of both changes now. What you have chosen stays, unless it is about something else now.", data)
	}
	return lang.L("{{.Name}} was changed while you were editing. {{.Who}}. Nothing is overwritten: this is what comes of both changes.", data)
}

// effectText says what the client would see of the result.
func (v *merge) effectText(m *scope.Merge) string {
	if n := m.Open(); n > 0 {
		return lang.N("Choose a side in {{.N}} lines first.", n)
	}
	switch p := v.model.Sketch.Preview(); {
	case p.State == sketch.Failed:
		return lang.Error(p.Err)
	case p.State == sketch.Loading:
		return lang.L("Looking…")
	default:
		return lang.L("The client will see {{.Employees}} and {{.Projects}}.", lang.Data{
			"Employees": lang.N("{{.N}} employees", p.Value.Employees.Count),
			"Projects":  lang.N("{{.N}} projects", p.Value.Projects.Count),
		})
	}
}

func (v *merge) choose(id string, side diff.Side) {
	part, rest := parseID(id)
	v.model.Choose(scope.Item{Part: part, ID: rest}, scope.Side(side))
}

func lines(m *scope.Merge, d *sketch.Directory) (all []diff.Line) {
	for _, l := range m.Lines() {
		all = append(all, diff.Line{
			ID: itemID(l.Item), Text: itemText(l.Item, m, d),
			Theirs: mark(l.Theirs), Mine: mark(l.Mine), Result: mark(l.Result),
			Conflict: l.Conflict, Chosen: diff.Side(l.Chosen),
		})
	}
	return all
}

func mark(s scope.State) diff.Mark {
	switch s {
	case scope.Added, scope.Changed:
		return diff.Added
	case scope.Removed:
		return diff.Removed
	case scope.Kept:
		return diff.Kept
	}
	return diff.Absent
}

func itemText(i scope.Item, m *scope.Merge, d *sketch.Directory) string {
	switch i.Part {
	case scope.Groups:
		return lang.L("Group {{.Name}}", lang.Data{"Name": d.GroupName(policy.GroupID(i.ID))})
	case scope.Projects:
		return lang.L("Project {{.Name}}", lang.Data{"Name": d.ProjectName(policy.ProjectID(i.ID))})
	case scope.Screencasts:
		return lang.L("Screencasts")
	}
	return lang.L("Period: theirs {{.Theirs}}; mine {{.Mine}}", lang.Data{"Theirs": span(m.Theirs), "Mine": span(m.Mine)})
}

// span returns the period of a scope, as it stands in its fields.
func span(s policy.Scope) string {
	return lang.Span(sketch.FormatFrom(s.From, time.Local), sketch.FormatUntil(s.Until, time.Local))
}

// itemID and parseID make one text of an item and back.
func itemID(i scope.Item) string { return string(i.Part) + " " + i.ID }

func parseID(text string) (scope.Part, string) {
	part, id, _ := strings.Cut(text, " ")
	return scope.Part(part), id
}
