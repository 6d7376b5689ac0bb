package look

import "fyne.io/fyne/v2"

// Tone is what a color means on chips, banners and toasts. A tone never stands
// alone: there is always a word with it.
type Tone string

// The tones. The zero value is Neutral's equal.
const (
	Neutral Tone = "neutral"
	Info    Tone = "info"
	Success Tone = "success"
	Warning Tone = "warning"
	Danger  Tone = "danger"
	Accent  Tone = "accent"
)

// Fill names the color behind text in this tone.
func (t Tone) Fill() fyne.ThemeColorName { return t.name("Fill") }

// Text names the color of text in this tone, on its Fill.
func (t Tone) Text() fyne.ThemeColorName { return t.name("Text") }

func (t Tone) name(part fyne.ThemeColorName) fyne.ThemeColorName {
	if t == "" {
		t = Neutral
	}
	return "sightline" + fyne.ThemeColorName(t) + part
}
