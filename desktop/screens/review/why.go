package review

import (
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/review"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/state"
	"sightline.example/policy"
)

// WhyConfig says what a Why shows, and whom it tells what is wanted. Everything is
// required.
type WhyConfig struct {
	Model  *review.Why
	Client string // the client's name
	After  func(time.Duration, func()) (stop func())

	OnChoose func(kind string) // a thing of the kind is to be chosen
	OnClient func()            // another client is to be chosen
	OnEdit   func()            // the client's scope is to be shown
	OnCopy   func(text string)
}

// Why is why a client can see something, or can't. It belongs to the UI goroutine.
type Why struct {
	Content fyne.CanvasObject

	cfg      WhyConfig
	verdict  *chip.Chip
	question *widget.Label
	sentence *widget.Label
	facts    *widget.Label
	rule     *widget.Label
	trace    *control.Button
	copy     *control.Button
	lines    *widget.List
	pane     *state.Pane
}

// NewWhy returns the screen.
func NewWhy(cfg WhyConfig) *Why {
	w := &Why{
		cfg: cfg, verdict: chip.New("", look.Neutral), question: look.Heading(""),
		sentence: look.Paragraph(""), facts: look.Paragraph(""), rule: look.Paragraph(""),
	}
	w.question.Truncation = fyne.TextTruncateEllipsis
	w.rule.Importance = widget.LowImportance
	w.trace = control.NewButton(lang.L("Show how the rules were evaluated"), cfg.Model.Trace)
	w.copy = control.NewButton(lang.L("Copy"), func() { cfg.OnCopy(strings.Join(cfg.Model.Traced(), "\n")) })
	w.lines = widget.NewList(func() int { return len(cfg.Model.Traced()) }, newTraceLine, func(i int, o fyne.CanvasObject) {
		o.(*widget.Label).SetText(cfg.Model.Traced()[i])
	})
	w.pane = state.NewPane(w.answer(), cfg.After)
	w.Content = w.build()
	cfg.Model.OnChange = w.Refresh
	w.Refresh()
	return w
}

func newTraceLine() fyne.CanvasObject {
	line := look.Line("")
	line.TextStyle.Monospace, line.Truncation = true, fyne.TextTruncateEllipsis
	return line
}

// build lays the screen out, in the order of the Tab key.
func (w *Why) build() fyne.CanvasObject {
	choose := func(text, kind string) *control.Button {
		return control.NewButton(text, func() { w.cfg.OnChoose(kind) })
	}
	kinds := look.Row(
		choose(lang.L("Choose an employee…"), policy.TypeEmployee),
		choose(lang.L("Choose a project…"), policy.TypeProject),
		choose(lang.L("Choose a group…"), policy.TypeGroup),
		control.NewButton(lang.L("Choose a client…"), w.cfg.OnClient))
	top := container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), look.Column(10, look.Head(w.question), kinds))
	return look.Pad(16, container.New(layout.NewBorderLayout(top, nil, nil, nil), top, w.pane))
}

// answer is what stands there once there is an answer.
func (w *Why) answer() fyne.CanvasObject {
	edit := control.NewButton(lang.L("Edit scope"), w.cfg.OnEdit)
	told := look.Column(8, look.Row(w.verdict), look.Flush(w.sentence), look.Flush(w.facts), look.Flush(w.rule), look.Row(edit, w.trace, w.copy))
	card := look.NewCard(look.Pad(12, told))
	return container.New(layout.NewBorderLayout(card, nil, nil, nil), card, w.lines)
}

// Refresh shows the model as it is now.
func (w *Why) Refresh() {
	m := w.cfg.Model
	names := lang.Data{"Client": w.cfg.Client, "Name": m.Thing().Name}
	switch a := m.Answer(); {
	case m.Thing() == review.Thing{}:
		w.question.SetText(lang.L("What can {{.Client}} see, and why?", names))
		w.pane.ShowEmpty(state.Message{
			Icon: theme.NewPrimaryThemedResource(theme.QuestionIcon()), Title: lang.L("Can this client see it?"),
			Text:   lang.L("Choose an employee, a project or a group: you are told yes or no, and what decided it."),
			Action: lang.L("Choose an employee…"), OnAction: func() { w.cfg.OnChoose(policy.TypeEmployee) },
		})
	case m.Err() != nil:
		w.ask(names)
		w.pane.ShowFailed(lang.L("What decides it could not be found out"), lang.Error(m.Err()), m.Again)
	case a == nil:
		w.ask(names)
		w.pane.ShowLoading(lang.L("Looking…"))
	default:
		w.ask(names)
		w.tell(a)
		w.pane.ShowContent()
	}
}

func (w *Why) ask(names lang.Data) {
	w.question.SetText(lang.L("Can {{.Client}} see {{.Name}}?", names))
}

func (w *Why) tell(a *review.Answer) {
	if a.Decision.Decision {
		w.verdict.Set(lang.L("Yes"), look.Success)
	} else {
		w.verdict.Set(lang.L("No"), look.Danger)
	}
	w.sentence.SetText(w.sentenceOf(a))
	w.facts.SetText(strings.Join(factsOf(a), "\n"))
	w.rule.SetText(lang.L("Rule: {{.Rule}}", lang.Data{"Rule": a.Rule.Path}))
	traced := len(w.cfg.Model.Traced()) > 0
	look.Enable(w.trace, !traced)
	look.Hide(w.copy, !traced)
	w.lines.Refresh()
}

// sentenceOf returns the reason; as the rules put it if it is one of their own.
func (w *Why) sentenceOf(a *review.Answer) string {
	c := a.Decision.Context
	if c == nil {
		return a.Rule.Title
	}
	sentence := lang.Reason(c.Reason, w.cfg.Client, w.cfg.Model.Thing().Name)
	switch {
	case sentence != "":
		return sentence
	case c.ReasonAdmin != nil:
		return c.ReasonAdmin.EN
	}
	return a.Rule.Title
}

// factsOf returns what the decision rests on, a line each.
func factsOf(a *review.Answer) (lines []string) {
	if a.Status != "" {
		lines = append(lines, lang.L("Status: {{.Status}}", lang.Data{"Status": lang.Standing(a.Status)}))
	}
	if a.Mode != "" {
		lines = append(lines, lang.L("Sees: {{.Mode}}", lang.Data{"Mode": lang.Mode(a.Mode)}))
	}
	for _, n := range a.Groups {
		lines = append(lines, groupFact(n.Name, a.Decision.Decision))
	}
	for _, n := range a.Projects {
		lines = append(lines, projectFact(n.Name, a.Decision.Decision))
	}
	return lines
}

func groupFact(name string, lets bool) string {
	if lets {
		return lang.L("Through the group {{.Name}}", lang.Data{"Name": name})
	}
	return lang.L("The scope has the group {{.Name}}, which is not enough", lang.Data{"Name": name})
}

func projectFact(name string, lets bool) string {
	if lets {
		return lang.L("Through the project {{.Name}}", lang.Data{"Name": name})
	}
	return lang.L("The scope has the project {{.Name}}, which is not enough", lang.Data{"Name": name})
}
