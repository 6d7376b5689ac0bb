package detail

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
	"sightline.example/policy"
)

// access is what can be done about the access as a whole.
type access struct {
	content fyne.CanvasObject
	cfg     Config

	words    *widget.Label
	turn     *control.Button // suspends or resumes
	remove   *control.Button
	why      *widget.Label
	body     *fyne.Container
	turnHost fyne.CanvasObject
}

func newAccess(cfg Config) *access {
	a := &access{cfg: cfg, words: look.Paragraph(""), why: look.Paragraph("")}
	a.turn = control.NewButton("", func() { cfg.OnAct(a.act()) })
	a.remove = control.NewButton(lang.L("Delete the client…"), func() { cfg.OnAct(model.ActDelete) })
	a.turn.Tips, a.remove.Tips = cfg.Tips, cfg.Tips
	a.why.Importance = widget.LowImportance
	a.turnHost = look.Row(a.turn)
	remove := look.Paragraph(lang.L("Deleting is for good: the account is gone, and the id is never used again. What was changed stays in the audit log."))
	a.body = look.Column(12, look.Flush(look.Strong(lang.L("Access"))), look.Flush(a.words), a.turnHost,
		look.Flush(look.Strong(lang.L("Delete"))), look.Flush(remove), look.Row(a.remove), look.Flush(a.why))
	a.content = look.NewCard(look.Pad(2, container.NewVScroll(look.Pad(12, a.body))))
	return a
}

// act returns what the button does now.
func (a *access) act() model.Act {
	if a.cfg.Model.Client().Status == policy.Suspended {
		return model.ActResume
	}
	return model.ActSuspend
}

func (a *access) refresh(why string) {
	c := a.cfg.Model.Client()
	a.words.SetText(accessText(c, a.cfg.Model.Now()))
	text := lang.L("Suspend")
	if a.act() == model.ActResume {
		text = lang.L("Resume")
	}
	if a.turn.Text != text {
		a.turn.SetText(text)
	}
	look.Hide(a.turnHost, !a.act().Fits(c))
	set(a.turn, why)
	set(a.remove, why)
	a.why.SetText(why)
	look.Hide(a.why, why == "")
	a.body.Refresh()
}

func accessText(c *model.Client, now time.Time) string {
	switch standing := c.Standing(now); {
	case standing == policy.Active && !c.Scope.Begun(now):
		return beginsText(c) + " " + lang.L("Edit the client to have it begin earlier.")
	case standing == policy.Active:
		return lang.L("The client has access. Suspending ends it at once, until the client is resumed; it can be taken back.")
	case standing == policy.Suspended:
		return lang.L("The client is suspended and sees nothing. Resuming gives the same access as before.")
	case standing == policy.Invited:
		return lang.L("The client has no account yet. To keep the client out, revoke the invitation.")
	}
	return lang.L("The access has ended, as its period says. Edit the client to give more time.")
}
