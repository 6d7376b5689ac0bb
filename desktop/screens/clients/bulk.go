package clients

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// bulk is the bar of what can be done with the ticked clients. It is there while
// some are.
type bulk struct {
	content *look.Panel
	screen  *Screen
	text    *widget.Label
	acts    map[model.Act]*control.Button
}

func newBulk(s *Screen) *bulk {
	b := &bulk{screen: s, text: widget.NewLabel(""), acts: map[model.Act]*control.Button{}}
	b.text.TextStyle.Bold = true
	row := look.Wrap(b.text)
	for _, a := range []struct {
		act  model.Act
		text string
	}{
		{model.ActSuspend, lang.L("Suspend")},
		{model.ActResume, lang.L("Resume")},
		{model.ActResend, lang.L("Send invitations again")},
	} {
		button := control.NewButton(a.text, func() { s.cfg.OnAct(a.act, s.grid.Ticked()) })
		b.acts[a.act] = button
		row.Add(button)
	}
	row.Add(control.NewButton(lang.L("Export"), func() { s.cfg.OnExport(s.grid.Ticked()) }))
	row.Add(control.NewIcon(theme.CancelIcon(), lang.L("Untick all"), s.cfg.Tips, s.Untick))
	b.content = look.NewCard(look.Pad(6, row))
	b.content.Hide()
	return b
}

// refresh shows how many are ticked, and what can be done with them.
func (b *bulk) refresh() {
	ids := b.screen.grid.Ticked()
	if len(ids) == 0 {
		b.content.Hide()
		return
	}
	b.text.SetText(lang.N("{{.N}} ticked", len(ids)))
	clients := b.screen.cfg.Model.Find(ids)
	for act, button := range b.acts {
		look.Enable(button, b.screen.cfg.Writable() && anyFits(act, clients))
	}
	b.content.Show()
	b.content.Refresh()
}

func anyFits(a model.Act, clients []*model.Client) bool {
	for _, c := range clients {
		if a.Fits(c) {
			return true
		}
	}
	return false
}

// under shows a menu below what was tapped.
func under(o fyne.CanvasObject, items ...*fyne.MenuItem) {
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(o).AddXY(0, o.Size().Height)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), driver.CanvasForObject(o), at)
}
