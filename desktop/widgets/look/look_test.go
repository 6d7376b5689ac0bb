package look_test

import (
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/widgets/look"
)

// pair is what is shown on what. Names after the first of on lie over it, in
// order: a row that is selected and hovered over is painted so.
type pair struct {
	what  string
	front []fyne.ThemeColorName
	on    [][]fyne.ThemeColorName
	least float64
}

func pairs() []pair {
	type names = []fyne.ThemeColorName
	input := names{theme.ColorNameInputBackground}
	pages := []names{{theme.ColorNameBackground}, {look.Surface}, {theme.ColorNameOverlayBackground}, {theme.ColorNameMenuBackground}, {theme.ColorNameHeaderBackground}}
	rows := []names{
		{look.Surface, theme.ColorNameHover},
		{look.Surface, theme.ColorNameSelection},
		{look.Surface, theme.ColorNameSelection, theme.ColorNameHover},
		{theme.ColorNameOverlayBackground, theme.ColorNameSelection},
		{theme.ColorNameBackground, theme.ColorNameHover},
	}
	list := []pair{
		{"text", names{theme.ColorNameForeground}, append(pages, input), 7},
		{"text in rows", names{theme.ColorNameForeground, look.Muted, theme.ColorNameDisabled}, rows, 4.5},
		{"text in menus", names{theme.ColorNameForeground}, []names{{theme.ColorNameMenuBackground, theme.ColorNameFocus}}, 4.5},
		{"text on buttons", names{theme.ColorNameForeground}, states(theme.ColorNameButton), 4.5},
		{"quiet text", names{look.Muted, theme.ColorNameDisabled}, append(pages, input, names{theme.ColorNameDisabledButton}), 4.5},
		{"links and messages", names{theme.ColorNameHyperlink, theme.ColorNameError, theme.ColorNameWarning, theme.ColorNameSuccess, theme.ColorNamePrimary}, pages, 4.5},
		{"control outlines", names{theme.ColorNameInputBorder, look.Ring, theme.ColorNamePrimary, theme.ColorNameError}, append(append(pages, rows...), input), 3},
		{"button", names{theme.ColorNameForegroundOnPrimary}, states(theme.ColorNamePrimary), 4.5},
		{"button", names{theme.ColorNameForegroundOnSuccess}, states(theme.ColorNameSuccess), 4.5},
		{"button", names{theme.ColorNameForegroundOnWarning}, states(theme.ColorNameWarning), 4.5},
		{"button", names{theme.ColorNameForegroundOnError}, states(theme.ColorNameError), 4.5},
	}
	for _, tone := range tones() {
		list = append(list, pair{"tone", names{tone.Text()}, states(tone.Fill()), 4.5})
	}
	return list
}

// states returns what a control with the fill is painted with.
func states(fill fyne.ThemeColorName) [][]fyne.ThemeColorName {
	return [][]fyne.ThemeColorName{{fill}, {fill, theme.ColorNameHover}, {fill, theme.ColorNameFocus}, {fill, theme.ColorNamePressed}}
}

func tones() []look.Tone {
	return []look.Tone{look.Neutral, look.Info, look.Success, look.Warning, look.Danger, look.Accent}
}

func TestEverythingCanBeReadInBothVariants(t *testing.T) {
	for _, variant := range []look.Variant{look.Light, look.Dark} {
		th := look.New(variant)
		for _, pair := range pairs() {
			for _, on := range pair.on {
				back := flatten(th, on)
				for _, front := range pair.front {
					if got := contrast(flatten(th, []fyne.ThemeColorName{front}), back); got < pair.least {
						t.Errorf("%s: %s, %s on %v: %.2f, want at least %.1f", variant, pair.what, front, on, got, pair.least)
					}
				}
			}
		}
	}
}

func TestContrastIsMeasuredAsWCAGDoes(t *testing.T) {
	black, white, grey := rgb{}, rgb{1, 1, 1}, rgb{119. / 255, 119. / 255, 119. / 255}
	if got := contrast(black, white); math.Abs(got-21) > 0.001 {
		t.Errorf("black on white: %.3f, want 21", got)
	}
	if got := contrast(grey, white); math.Abs(got-4.478) > 0.001 {
		t.Errorf("#777777 on white: %.3f, want 4.478", got)
	}
}

func TestAVariantRulesOverTheDesktopUnlessItIsTheSystems(t *testing.T) {
	lum := func(v look.Variant, desktop fyne.ThemeVariant) float64 {
		r, g, b, _ := look.New(v).Color(theme.ColorNameBackground, desktop).RGBA()
		return luminance(rgb{float64(r) / 0xFFFF, float64(g) / 0xFFFF, float64(b) / 0xFFFF})
	}
	bright := func(v look.Variant, desktop fyne.ThemeVariant) bool { return lum(v, desktop) > 0.5 }
	if !bright(look.Light, theme.VariantDark) || bright(look.Dark, theme.VariantLight) {
		t.Error("the desktop's variant overrules the chosen one")
	}
	if !bright(look.System, theme.VariantLight) || bright(look.System, theme.VariantDark) {
		t.Error("System does not follow the desktop")
	}
}

func TestToneNamesAreKnownColors(t *testing.T) {
	for _, tone := range append(tones(), "") {
		for _, name := range []fyne.ThemeColorName{tone.Fill(), tone.Text()} {
			if _, _, _, alpha := look.New(look.Light).Color(name, 0).RGBA(); alpha != 0xFFFF {
				t.Errorf("%s is not in the palette", name)
			}
		}
	}
}

// rgb is an opaque color, sRGB, 0 to 1.
type rgb struct{ r, g, b float64 }

// flatten returns what is seen when the colors lie over each other, the first at
// the bottom.
func flatten(th fyne.Theme, names []fyne.ThemeColorName) (seen rgb) {
	for _, name := range names {
		c := color.NRGBAModel.Convert(th.Color(name, theme.VariantLight)).(color.NRGBA)
		a := float64(c.A) / 255
		seen.r = seen.r*(1-a) + float64(c.R)/255*a
		seen.g = seen.g*(1-a) + float64(c.G)/255*a
		seen.b = seen.b*(1-a) + float64(c.B)/255*a
	}
	return seen
}

// contrast is the contrast ratio of WCAG 2.2, 1 to 21.
func contrast(one, other rgb) float64 {
	a, b := luminance(one), luminance(other)
	return (max(a, b) + 0.05) / (min(a, b) + 0.05)
}

// luminance is the relative luminance of WCAG 2.2.
func luminance(c rgb) float64 {
	linear := func(v float64) float64 {
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(c.r) + 0.7152*linear(c.g) + 0.0722*linear(c.b)
}
