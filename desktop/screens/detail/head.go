package detail

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// head says who the client is.
type head struct {
	content fyne.CanvasObject
	cfg     Config

	name, email                *widget.Label
	status, mode, screencasts  *chip.Chip
	created, changed           *widget.Label
	account, seen, from, until *widget.Label
	contact, edit              *control.Button
}

func newHead(cfg Config) *head {
	h := &head{
		cfg: cfg, name: look.Heading(""), email: look.Caption(""),
		status: chip.New("", look.Neutral), mode: chip.New("", look.Neutral), screencasts: chip.New("", look.Neutral),
	}
	for _, label := range []**widget.Label{&h.created, &h.changed, &h.account, &h.seen, &h.from, &h.until} {
		*label = look.Caption("")
	}
	h.edit = control.NewPrimary(lang.L("Edit"), cfg.OnEdit)
	h.edit.Icon, h.edit.Tips = theme.DocumentCreateIcon(), cfg.Tips
	h.contact = control.NewButton(lang.L("Name and address…"), cfg.OnContact)
	h.contact.Tips = cfg.Tips
	actions := container.NewCenter(look.Row(h.contact, h.edit))
	title := look.Column(2, look.Flush(h.name), look.Flush(h.email))
	top := container.New(layout.NewBorderLayout(nil, nil, nil, actions), title, actions)
	facts := container.New(layout.NewGridLayoutWithColumns(3),
		look.Flush(h.created), look.Flush(h.account), look.Flush(h.from),
		look.Flush(h.changed), look.Flush(h.seen), look.Flush(h.until))
	h.content = look.Column(8, top, look.Row(h.status, h.mode, h.screencasts), facts)
	return h
}

func (h *head) refresh(why string) {
	m := h.cfg.Model
	c, now := m.Client(), m.Now()
	h.name.SetText(c.Name)
	h.email.SetText(c.Email)
	standing := c.Standing(now)
	h.status.Set(lang.Standing(standing), standingTone(standing))
	h.mode.Set(lang.L("Sees: {{.Mode}}", lang.Data{"Mode": lang.Mode(c.Scope.Mode())}), modeTone(c.Scope.Mode()))
	h.screencasts.Set(screencastsText(c.Scope.Screencasts), look.Neutral)
	h.showFacts(c)
	set(h.contact, why)
	set(h.edit, why)
}

func (h *head) showFacts(c *model.Client) {
	now := h.cfg.Model.Now()
	fact := func(label *widget.Label, name, value string) {
		label.SetText(name + ": " + orDash(value))
	}
	fact(h.created, lang.L("Created"), lang.Moment(c.Created))
	changed := ""
	if !c.Changed.IsZero() {
		changed = lang.Who(c.ChangedBy, c.Changed, now)
	}
	fact(h.changed, lang.L("Changed"), changed)
	fact(h.account, lang.L("Account"), c.Account)
	fact(h.seen, lang.L("Last seen"), lang.Ago(c.Seen, now))
	from, until := lang.L("At once"), lang.L("Without end")
	if c.Scope.From != nil {
		from = lang.Moment(*c.Scope.From)
	}
	if c.Scope.Until != nil {
		until = lang.Moment(*c.Scope.Until)
	}
	fact(h.from, lang.L("From"), from)
	fact(h.until, lang.L("Until"), until)
}
