package clients

import (
	"slices"

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
	n, unlisted := b.screen.grid.CountTicked()
	if n == 0 {
		b.content.Hide()
		return
	}
	b.text.SetText(tickedText(n, unlisted))
	clients := b.some()
	for act, button := range b.acts {
		look.Enable(button, b.screen.cfg.Writable() && (len(clients) < n || anyFits(act, clients)))
	}
	b.content.Show()
	b.content.Refresh()
}

func tickedText(n, unlisted int) string {
	if unlisted == 0 {
		return lang.N("{{.N}} ticked", n)
	}
	return lang.N("{{.N}} ticked, {{.M}} not listed", n, lang.Data{"M": lang.Number(unlisted)})
}

// looked is how many of the ticked clients are looked at for what can be done. Of
// more it is taken for granted that something can: this happens at each change.
const looked = 500

// some returns the ticked clients, or as many of them as are looked at.
func (b *bulk) some() []*model.Client {
	var ids []string
	for id := range b.screen.grid.AllTicked() {
		if ids = append(ids, id); len(ids) == looked {
			break
		}
	}
	return b.screen.cfg.Model.Find(ids)
}

func anyFits(a model.Act, clients []*model.Client) bool {
	return slices.ContainsFunc(clients, a.Fits)
}

// under shows a menu below what was tapped.
func under(o fyne.CanvasObject, items ...*fyne.MenuItem) {
	driver := fyne.CurrentApp().Driver()
	at := driver.AbsolutePositionForObject(o).AddXY(0, o.Size().Height)
	widget.ShowPopUpMenuAtPosition(fyne.NewMenu("", items...), driver.CanvasForObject(o), at)
}
