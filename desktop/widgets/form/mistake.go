package form

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/look"
)

// Mistake says what is wrong with what it stands beside. It is hidden while nothing
// is.
type Mistake struct {
	widget.BaseWidget

	wrong *widget.Label
}

// NewMistake returns one that says nothing.
func NewMistake() *Mistake {
	m := &Mistake{wrong: look.Paragraph("")}
	m.wrong.SizeName, m.wrong.Importance = theme.SizeNameCaptionText, widget.DangerImportance
	m.Hidden = true
	m.ExtendBaseWidget(m)
	return m
}

// Set says what is wrong; an empty text says that nothing is.
func (m *Mistake) Set(text string) {
	m.wrong.SetText(text)
	m.Hidden = text == ""
	m.Refresh()
}

// CreateRenderer is for Fyne.
func (m *Mistake) CreateRenderer() fyne.WidgetRenderer {
	icon := widget.NewIcon(theme.NewErrorThemedResource(theme.ErrorIcon()))
	return widget.NewSimpleRenderer(container.NewBorder(nil, nil, container.NewVBox(icon), nil, look.Flush(m.wrong)))
}
