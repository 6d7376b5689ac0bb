package detail

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/sketch"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/state"
	"sightline.example/policy"
)

// visible shows whom and what the client sees.
type visible struct {
	content fyne.CanvasObject
	cfg     Config

	rule   *widget.Label
	notes  *fyne.Container
	lists  []*things
	pane   *state.Pane
	frame  *fyne.Container
	beside *fyne.Container
}

func newVisible(cfg Config) *visible {
	m := cfg.Model
	v := &visible{cfg: cfg, rule: look.Paragraph(""), notes: look.Column(look.Gap)}
	v.lists = []*things{
		newThings(m.Employees, thingsWords{func(n int) string { return lang.N("{{.N}} employees", n) }, lang.L("Search employees"), lang.L("Nobody's work is visible.")}, cfg, cfg.OnEmployee),
		newThings(m.Projects, thingsWords{func(n int) string { return lang.N("{{.N}} projects", n) }, lang.L("Search projects"), lang.L("No project is visible.")}, cfg, cfg.OnProject),
		newThings(m.Groups, thingsWords{func(n int) string { return lang.N("{{.N}} groups", n) }, lang.L("Search groups"), ""}, cfg, cfg.OnGroup),
	}
	v.beside = container.New(look.Beside{Space: 2 * look.Gap})
	for _, l := range v.lists {
		v.beside.Add(l.content)
	}
	v.pane = state.NewPane(v.beside, cfg.After)
	top := container.New(layout.NewCustomPaddedLayout(0, look.Gap, 0, 0), look.Column(look.Gap, look.Flush(v.rule), v.notes))
	v.frame = container.New(layout.NewBorderLayout(top, nil, nil, nil), top, v.pane)
	v.content = look.Scroll(v.frame) // notes may leave too little room for the lists
	return v
}

func (v *visible) refresh() {
	m := v.cfg.Model
	p := m.Visible()
	v.rule.SetText(ruleText(m.Client(), m.Now()))
	v.showNotes(p)
	switch {
	case p.Value != nil:
		v.pane.ShowContent()
	case p.State == sketch.Failed:
		v.pane.ShowFailed(lang.L("What the client sees could not be found out"), lang.Error(p.Err), m.Look)
	default:
		v.pane.ShowLoading(lang.L("Looking…"))
	}
	for _, l := range v.lists {
		l.refresh()
	}
	// Groups are listed only where the scope has some.
	look.Hide(v.lists[2].content, m.Groups.Total() == 0)
	v.beside.Refresh()
	v.frame.Refresh()
}

// showNotes shows what is to be pointed out.
func (v *visible) showNotes(p sketch.Preview) {
	v.notes.Objects = nil
	if p.Value != nil {
		for _, text := range noteTexts(p) {
			v.notes.Add(note(text))
		}
		if p.State == sketch.Failed {
			v.notes.Add(note(lang.L("What is shown here is of before: {{.Why}}", lang.Data{"Why": lang.Error(p.Err)})))
		}
	}
	look.Hide(v.notes, len(v.notes.Objects) == 0)
}

// ruleText says what the scope shows, and whether it does now.
func ruleText(c *model.Client, now time.Time) string {
	rule := lang.Rule(c.Scope)
	switch {
	case c.Scope.Mode() == policy.ModeNone:
	case c.Status == policy.Invited:
		return rule + " " + lang.L("This will be seen once the client has made the account.")
	case c.Status == policy.Suspended:
		return rule + " " + lang.L("The client is suspended and sees nothing now. This would be seen again.")
	case !c.Scope.Begun(now):
		return rule + " " + beginsText(c)
	case c.Standing(now) == policy.Expired:
		return rule + " " + lang.L("The access has ended, as its period says: the client sees nothing now.")
	}
	return rule
}

// beginsText says when an access begins that has not begun yet.
func beginsText(c *model.Client) string {
	return lang.L("The access has not begun: the client sees nothing before {{.When}}.", lang.Data{"When": lang.Moment(*c.Scope.From)})
}

func noteTexts(p sketch.Preview) (texts []string) {
	switch {
	case p.Value.Message != "":
		texts = append(texts, lang.L("Nothing is visible. The client reads: “{{.Message}}”", lang.Data{"Message": p.Value.Message}))
	case p.Blind():
		texts = append(texts, lang.L("Nothing is visible: nobody in the selected groups works on the selected projects."))
	}
	if dead := deadNames(p.Value.DeadGroups, p.Value.DeadProjects); len(dead) > 0 {
		texts = append(texts, lang.L("Selected, and deleted since: {{.Names}}. They show nothing, and keep limiting what is visible until they are dropped.",
			lang.Data{"Names": strings.Join(dead, ", ")}))
	}
	return texts
}

// deadNames names what the scope selects and does not exist: nothing but the ids
// are left of it.
func deadNames(groups []policy.GroupID, projects []policy.ProjectID) (names []string) {
	for _, id := range groups {
		names = append(names, lang.L("group {{.ID}}", lang.Data{"ID": string(id)}))
	}
	for _, id := range projects {
		names = append(names, lang.L("project {{.ID}}", lang.Data{"ID": string(id)}))
	}
	const most = 12
	if n := len(names); n > most {
		return append(names[:most], lang.N("{{.N}} more", n-most))
	}
	return names
}

func note(text string) fyne.CanvasObject {
	label := look.Paragraph(text)
	label.SizeName = theme.SizeNameCaptionText
	return look.NewPanel(look.Warning.Fill(), look.Pad(2, label))
}
