package detail

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/detail"
	"sightline.example/desktop/widgets/chip"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// invitation says how far the invitation has come, and what can be done about it.
type invitation struct {
	content fyne.CanvasObject
	cfg     Config

	state              *chip.Chip
	words              *widget.Label
	facts              *widget.Label
	send, link, revoke *control.Button
	why                *widget.Label
	body               *fyne.Container
}

func newInvitation(cfg Config) *invitation {
	v := &invitation{
		cfg: cfg, state: chip.New("", look.Neutral), words: look.Paragraph(""), facts: look.Paragraph(""), why: look.Paragraph(""),
	}
	m := cfg.Model.Invitation
	v.send = control.NewPrimary("", func() { m.Send(false) })
	v.link = control.NewButton(lang.L("New link to copy"), func() { m.Send(true) })
	v.revoke = control.NewButton(lang.L("Revoke…"), func() { cfg.OnAct(model.ActRevoke) })
	for _, b := range []*control.Button{v.send, v.link, v.revoke} {
		b.Tips = cfg.Tips
	}
	v.why.Importance = widget.LowImportance
	about := look.Paragraph(lang.L("Each new invitation, and each new link, ends the links that were there before. With a new link a message is sent too. Whoever has a link can make the account: hand it to nobody else."))
	about.Importance = widget.LowImportance
	v.body = look.Column(12, look.Row(v.state), look.Flush(v.words), look.Flush(v.facts), look.Row(v.send, v.link, v.revoke), look.Flush(about), look.Flush(v.why))
	v.content = look.NewCard(look.Pad(2, container.NewVScroll(look.Pad(12, v.body))))
	return v
}

func (v *invitation) refresh(why string) {
	m := v.cfg.Model.Invitation
	now := v.cfg.Model.Now()
	words, tone := stateText(m.State())
	v.state.Set(words, tone)
	v.words.SetText(aboutState(m, now))
	v.facts.SetText(factsText(m))
	look.Hide(v.facts, v.facts.Text == "")
	v.send.SetText(sendText(m))
	if m.Sending() {
		why = lang.L("Sending…")
	}
	set(v.send, why)
	set(v.link, why)
	if why == "" && !m.Open() {
		set(v.revoke, lang.L("There is no link that opens anything."))
	} else {
		set(v.revoke, why)
	}
	v.why.SetText(why)
	look.Hide(v.why, why == "")
	v.body.Refresh()
}

func sendText(m *detail.Invitation) string {
	switch {
	case m.Sending():
		return lang.L("Sending…")
	case m.State() == detail.InvitationUnsent:
		return lang.L("Send an invitation")
	}
	return lang.L("Send the invitation again")
}

func stateText(s detail.InvitationState) (string, look.Tone) {
	switch s {
	case detail.InvitationWaiting:
		return lang.L("Waiting to be sent"), look.Info
	case detail.InvitationSent:
		return lang.L("Sent"), look.Success
	case detail.InvitationFailed:
		return lang.L("Not delivered"), look.Danger
	case detail.InvitationExpired:
		return lang.L("Expired"), look.Warning
	case detail.InvitationRevoked:
		return lang.L("Revoked"), look.Warning
	case detail.InvitationUsed:
		return lang.L("Accepted"), look.Success
	case detail.InvitationUnsent:
		return lang.L("Not sent"), look.Warning
	case detail.InvitationUnknown:
		return lang.L("Not known"), look.Warning
	}
	return lang.L("Looking…"), look.Neutral
}

// aboutState says in a sentence or two how far the invitation has come.
func aboutState(m *detail.Invitation, now time.Time) string {
	i := m.Value()
	expires := lang.Data{"When": lang.Moment(i.Expires)}
	switch m.State() {
	case detail.InvitationWaiting:
		text := lang.L("The message is going to be sent within moments. Its link opens until {{.When}}.", expires)
		if i.Delivery.Detail != "" {
			text += " " + lang.L("The last try failed: {{.Why}}", lang.Data{"Why": lang.Delivery(i.Delivery.Detail)})
		}
		return text
	case detail.InvitationSent:
		return lang.L("The mail server has the message ({{.Ago}}). Its link opens until {{.When}}.", lang.Data{"Ago": lang.Ago(i.Delivery.At, now), "When": expires["When"]})
	case detail.InvitationFailed:
		return lang.L("The message could not be sent. {{.Why}} You can also copy a link, and hand it over by other means.", lang.Data{"Why": lang.Delivery(i.Delivery.Detail)})
	case detail.InvitationExpired:
		return lang.L("Nobody has used the link until {{.When}}. Send another one.", expires)
	case detail.InvitationRevoked:
		return lang.L("Its links open nothing any more. Send another one when the client may come in.")
	case detail.InvitationUsed:
		return lang.L("The client has just made the account.")
	case detail.InvitationUnsent:
		return lang.L("This client was never sent an invitation, and can't come in without one.")
	case detail.InvitationUnknown:
		return lang.Error(m.Err())
	}
	return ""
}

// factsText says who has invited, when, and with which words.
func factsText(m *detail.Invitation) string {
	switch m.State() {
	case detail.InvitationReading, detail.InvitationUnknown, detail.InvitationUnsent, detail.InvitationNone:
		return ""
	}
	return lines(invitedText(m), noteText(m))
}

func invitedText(m *detail.Invitation) string {
	i := m.Value()
	when := lang.Data{"When": lang.Moment(i.Created), "Who": i.By}
	if i.By == "" {
		return lang.L("Invited at {{.When}}.", when)
	}
	return lang.L("Invited at {{.When}} by {{.Who}}.", when)
}

func noteText(m *detail.Invitation) string {
	note := m.Value().Note
	if note == "" {
		return ""
	}
	return lang.L("Note in the message: {{.Note}}", lang.Data{"Note": note})
}

func lines(first, second string) string {
	if second == "" {
		return first
	}
	return first + "\n" + second
}
