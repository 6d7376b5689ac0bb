package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Colors of our own, beside Fyne's.
const (
	// Surface is what content lies on: grids, lists, cards. The window around
	// it has Fyne's background color.
	Surface fyne.ThemeColorName = "sightlineSurface"
	// Muted is text that explains, such as captions and counts.
	Muted fyne.ThemeColorName = theme.ColorNamePlaceHolder
	// Ring goes round the control that has the focus.
	Ring fyne.ThemeColorName = "sightlineRing"
)

// shade is one color in both variants.
type shade struct{ light, dark color.NRGBA }

// solid makes a shade of two colors 0xRRGGBB.
func solid(light, dark uint32) shade { return shade{rgba(light<<8 | 0xFF), rgba(dark<<8 | 0xFF)} }

// over makes a shade of two colors 0xRRGGBBAA that lie over others.
func over(light, dark uint32) shade { return shade{rgba(light), rgba(dark)} }

func rgba(v uint32) color.NRGBA {
	return color.NRGBA{R: uint8(v >> 24), G: uint8(v >> 16), B: uint8(v >> 8), A: uint8(v)}
}

// palette returns every color of the app: greys with a touch of blue, one accent,
// and three colors that mean something.
func palette() map[fyne.ThemeColorName]shade {
	return map[fyne.ThemeColorName]shade{
		theme.ColorNameBackground:          solid(0xF6F7F9, 0x14181F),
		Surface:                            solid(0xFFFFFF, 0x1B2029),
		theme.ColorNameHeaderBackground:    solid(0xEFF2F6, 0x222834),
		theme.ColorNameMenuBackground:      solid(0xFFFFFF, 0x222834),
		theme.ColorNameOverlayBackground:   solid(0xFFFFFF, 0x1F2530),
		theme.ColorNameInputBackground:     solid(0xFFFFFF, 0x10141A),
		theme.ColorNameButton:              solid(0xE6EAF0, 0x2C3442),
		theme.ColorNameDisabledButton:      solid(0xEBEEF3, 0x232A35),
		theme.ColorNameScrollBarBackground: over(0x1A233000, 0xE6EAF100),

		theme.ColorNameForeground:  solid(0x1A2330, 0xE6EAF1),
		Muted:                      solid(0x505B6C, 0xACB7C6),
		theme.ColorNameDisabled:    solid(0x555F70, 0xA3AEBD),
		theme.ColorNameHyperlink:   solid(0x2450C0, 0x9DBBFF),
		theme.ColorNameInputBorder: solid(0x707B8B, 0x8592A5),
		theme.ColorNameSeparator:   solid(0xE2E6EC, 0x2B3240),
		theme.ColorNameScrollBar:   over(0x1A233073, 0xE6EAF173),
		theme.ColorNameShadow:      over(0x0F172A2E, 0x00000080),

		theme.ColorNamePrimary:             solid(0x2F5BD0, 0x8CB0FF),
		theme.ColorNameForegroundOnPrimary: solid(0xFFFFFF, 0x0D1A33),
		Ring:                               solid(0x2F5BD0, 0x8CB0FF),
		theme.ColorNameSelection:           over(0x2F5BD01C, 0x8CB0FF26),
		theme.ColorNameFocus:               over(0x0B1F5C1A, 0xFFFFFF1A),
		theme.ColorNameHover:               over(0x0F172A0D, 0xFFFFFF0D),
		theme.ColorNamePressed:             over(0x0F172A1F, 0xFFFFFF24),

		theme.ColorNameSuccess:             solid(0x17774A, 0x5CCB8F),
		theme.ColorNameForegroundOnSuccess: solid(0xFFFFFF, 0x06281A),
		theme.ColorNameWarning:             solid(0x935600, 0xF0B454),
		theme.ColorNameForegroundOnWarning: solid(0xFFFFFF, 0x2B1A00),
		theme.ColorNameError:               solid(0xC22F3A, 0xFF8F8F),
		theme.ColorNameForegroundOnError:   solid(0xFFFFFF, 0x33080B),

		Neutral.Fill(): solid(0xDFE4EC, 0x343D4D),
		Neutral.Text(): solid(0x414C5C, 0xC9D2DF),
		Info.Fill():    solid(0xD6E2FC, 0x1E3158),
		Info.Text():    solid(0x1E46A8, 0xA9C5FF),
		Success.Fill(): solid(0xDDF3E6, 0x16392A),
		Success.Text(): solid(0x11643A, 0x8FE0B3),
		Warning.Fill(): solid(0xFBEBCB, 0x42300F),
		Warning.Text(): solid(0x7A4700, 0xF6CC7F),
		Danger.Fill():  solid(0xFBE0E2, 0x4A1E25),
		Danger.Text():  solid(0x9C1C2B, 0xFFB3B5),
		Accent.Fill():  solid(0xECE4FB, 0x35264F),
		Accent.Text():  solid(0x5A2FA0, 0xD0B8FF),
	}
}
