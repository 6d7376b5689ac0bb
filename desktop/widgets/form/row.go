// Package form lays out what one fills in: what the field is called, the field,
// what helps to fill it in, and what is wrong with it, right below.
package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// Row is one field with its words.
type Row struct {
	widget.BaseWidget

	name, help *widget.Label
	below      *fyne.Container
	mistake    *Mistake
	field      fyne.CanvasObject
}

// NewRow returns a row for the field, without a mistake. help may be empty.
func NewRow(name string, field fyne.CanvasObject, help string) *Row {
	r := &Row{field: field, name: look.Strong(name), help: look.Paragraph(help), mistake: NewMistake()}
	r.help.SizeName, r.help.Importance = theme.SizeNameCaptionText, widget.LowImportance
	r.below = look.Flush(r.help)
	r.arrange()
	r.ExtendBaseWidget(r)
	return r
}

// SetError shows what is wrong with what was filled in, in place of the help. An
// empty text says that nothing is.
func (r *Row) SetError(text string) {
	if text == r.Error() {
		return
	}
	r.mistake.Set(text)
	r.arrange()
	r.Refresh()
}

// Error returns what SetError was given.
func (r *Row) Error() string { return r.mistake.wrong.Text }

// SetHelp changes the help.
func (r *Row) SetHelp(text string) {
	r.help.SetText(text)
	r.arrange()
	r.Refresh()
}

func (r *Row) arrange() {
	r.below.Hidden = r.help.Text == "" || !r.mistake.Hidden
}

// CreateRenderer is for Fyne.
func (r *Row) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(look.Column(6, look.Flush(r.name), r.field, r.below, r.mistake))
}
