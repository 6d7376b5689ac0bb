package invite

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/invite"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
)

// outcome shows what became of invitations, and gives out their links.
type outcome struct {
	content fyne.CanvasObject
	model   *invite.Form
	summary *widget.Label
	retry   *control.Button
	done    *control.Button
	grid    *grid.Grid[invite.Outcome]
}

func newOutcome(cfg Config) *outcome {
	o := &outcome{model: cfg.Model, summary: look.Paragraph("")}
	o.retry = control.NewButton(lang.L("Try those again"), cfg.Model.Retry)
	again := control.NewButton(lang.L("Invite others with the same scope"), cfg.Model.Again)
	o.done = control.NewPrimary(lang.L("Done"), cfg.OnDone)
	o.grid = grid.New(grid.Config[invite.Outcome]{
		Columns: []grid.Column[invite.Outcome]{
			{ID: "email", Title: lang.L("E-mail"), Width: 180, Grow: 2, Text: func(x invite.Outcome) string { return x.Email }},
			{ID: "state", Title: lang.L("Status"), Width: 120, Build: newChip, Show: showOutcome},
			{ID: "why", Title: lang.L("Remark"), Width: 120, Grow: 3, Text: whyText},
			{ID: "link", Title: lang.L("Link"), Width: 140, Build: func() fyne.CanvasObject { return newCopier(cfg.OnCopy) }, Show: showLink},
		},
		Len:    func() int { return len(o.model.Outcome()) },
		At:     func(i int) (invite.Outcome, bool) { return o.model.Outcome()[i], true },
		ID:     func(x invite.Outcome) string { return x.Email },
		Name:   func(x invite.Outcome) string { return x.Email },
		OnOpen: func(email string) { o.copy(email, cfg.OnCopy) },
	})
	buttons := container.NewBorder(nil, nil, nil, look.Row(o.retry, again, o.done))
	top := container.New(layout.NewCustomPaddedLayout(0, 10, 0, 0), look.Flush(o.summary))
	bottom := container.New(layout.NewCustomPaddedLayout(10, 0, 0, 0), buttons)
	card := look.NewCard(look.Pad(1, o.grid))
	o.content = container.New(layout.NewBorderLayout(top, bottom, nil, nil), top, card, bottom)
	return o
}

// focus gives the keyboard to what most go on with.
func (o *outcome) focus() {
	if c := fyne.CurrentApp().Driver().CanvasForObject(o.done); c != nil {
		c.Focus(o.done)
	}
}

// copy hands out the link of an address, for the keyboard.
func (o *outcome) copy(email string, copied func(string)) {
	for _, x := range o.model.Outcome() {
		if x.Email == email && x.Link != "" {
			copied(x.Link)
		}
	}
}

func (o *outcome) refresh() {
	failed := 0
	for _, x := range o.model.Outcome() {
		if x.Err != nil {
			failed++
		}
	}
	text := lang.N("{{.N}} invitations are on their way.", len(o.model.Outcome())-failed)
	if failed > 0 {
		text += " " + lang.N("{{.N}} could not be sent.", failed)
	}
	o.summary.SetText(text + " " + lang.L("Whoever has a link can make the account: hand it to nobody else."))
	look.Hide(o.retry, failed == 0)
	o.grid.Reload()
}

func whyText(x invite.Outcome) string {
	if x.Err == nil {
		return ""
	}
	return lang.Error(x.Err)
}

func newChip() fyne.CanvasObject { return chip.New("", look.Neutral) }

func showOutcome(x invite.Outcome, cell fyne.CanvasObject) {
	if x.Err != nil {
		cell.(*chip.Chip).Set(lang.L("Not invited"), look.Danger)
	} else {
		cell.(*chip.Chip).Set(lang.L("Invited"), look.Success)
	}
}

// copier is a cell with a button that hands out a link.
type copier struct {
	widget.BaseWidget
	button *control.Button
	link   string
}

func newCopier(copied func(string)) *copier {
	c := &copier{}
	c.button = control.NewButton(lang.L("Copy link"), func() { copied(c.link) })
	c.button.Importance, c.button.Alignment = widget.LowImportance, widget.ButtonAlignLeading
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer is for Fyne.
func (c *copier) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.button) }

func showLink(x invite.Outcome, cell fyne.CanvasObject) {
	c := cell.(*copier)
	c.link = x.Link
	look.Enable(c.button, x.Link != "")
}
