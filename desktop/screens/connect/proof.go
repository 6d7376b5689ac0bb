package connect

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// proof shows a certificate that nobody vouches for, to be compared and trusted.
type proof struct {
	content *look.Panel
	print   *control.Entry
	about   *proofText
}

type proofText = fyne.Container

// pairsInLine is how many pairs of digits stand in a line of a fingerprint.
const pairsInLine = 8

func newProof(trust func()) *proof {
	p := &proof{print: control.NewEntry(""), about: look.Column(2)}
	p.print.Disable()
	p.print.MultiLine, p.print.Wrapping = true, fyne.TextWrapBreak
	p.print.TextStyle.Monospace = true
	p.print.SetMinRowsVisible(4)
	button := control.NewButton(lang.L("Trust this certificate"), trust)
	p.content = look.NewPanel(theme.ColorNameBackground, look.Pad(12, look.Column(8, look.Flush(look.Strong(lang.L("Fingerprint (SHA-256)"))), p.print, p.about, look.Row(layout.NewSpacer(), button))))
	p.content.Hide()
	return p
}

func (p *proof) set(c *model.Certificate) {
	p.content.Hidden = c == nil
	if c == nil {
		return
	}
	p.print.SetText(pairs(c.Fingerprint))
	p.about.RemoveAll()
	for _, line := range []string{
		lang.L("For: {{.Names}}", lang.Data{"Names": strings.Join(c.Names, ", ")}),
		lang.L("Issued by: {{.Issuer}}", lang.Data{"Issuer": c.Issuer}),
		lang.L("Valid until: {{.Until}}", lang.Data{"Until": lang.Moment(c.Until)}),
	} {
		p.about.Add(look.Flush(look.Caption(line)))
	}
}

// pairs returns the fingerprint as other programs show it, in pairs of digits, and
// in lines that are short enough to be compared by eye.
func pairs(fingerprint string) string {
	var b strings.Builder
	for i := 0; i+1 < len(fingerprint); i += 2 {
		switch {
		case i > 0 && i%(2*pairsInLine) == 0:
			b.WriteString(":\n")
		case i > 0:
			b.WriteByte(':')
		}
		b.WriteString(strings.ToUpper(fingerprint[i : i+2]))
	}
	return b.String()
}
