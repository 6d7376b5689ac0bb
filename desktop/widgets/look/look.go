// Package look is the app's theme: its colours, light and dark, its sizes, and
// the few pieces all widgets are painted with. Text has a contrast of at least
// 4.5:1 against everything it is shown on, and outlines by which a control is
// told apart at least 3:1 (WCAG 2.2, 1.4.3 and 1.4.11); a test measures it.
//
// A theme changes while the app runs, so no widget keeps a colour: each asks for
// it by name whenever it is refreshed.
package look

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Variant says whether the app is light or dark.
type Variant string

// The variants: as the desktop says, or always the same.
const (
	System Variant = "system"
	Light  Variant = "light"
	Dark   Variant = "dark"
)

// Theme is the app's fyne.Theme. It is immutable.
type Theme struct {
	variant Variant
	colors  map[fyne.ThemeColorName]shade
	sizes   map[fyne.ThemeSizeName]float32
}

// New returns the theme in a variant; anything but Light and Dark is System.
func New(v Variant) *Theme {
	return &Theme{variant: v, colors: palette(), sizes: sizes()}
}

// Color returns the color of the name, Fyne's own or one of this package's. The
// variant is the desktop's, and rules only when the theme was made for System.
func (t *Theme) Color(name fyne.ThemeColorName, v fyne.ThemeVariant) color.Color {
	s, ok := t.colors[name]
	switch {
	case !ok:
		return theme.DefaultTheme().Color(name, v)
	case t.dark(v):
		return s.dark
	default:
		return s.light
	}
}

func (t *Theme) dark(v fyne.ThemeVariant) bool {
	switch t.variant {
	case Light:
		return false
	case Dark:
		return true
	default:
		return v == theme.VariantDark
	}
}

// Size returns the size of the name.
func (t *Theme) Size(name fyne.ThemeSizeName) float32 {
	if size, ok := t.sizes[name]; ok {
		return size
	}
	return theme.DefaultTheme().Size(name)
}

// Font returns the font of the style: those that come with Fyne.
func (t *Theme) Font(style fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(style) }

// Icon returns the icon of the name: those that come with Fyne.
func (t *Theme) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// Color returns what a name stands for where o is shown, right now.
func Color(o fyne.CanvasObject, name fyne.ThemeColorName) color.Color {
	return theme.CurrentForWidget(o).Color(name, fyne.CurrentApp().Settings().ThemeVariant())
}

// Over returns what is seen when the color named over lies on the one named
// under. An empty over is nothing.
func Over(o fyne.CanvasObject, under, over fyne.ThemeColorName) color.Color {
	back := color.NRGBAModel.Convert(Color(o, under)).(color.NRGBA)
	if over == "" {
		return back
	}
	front := color.NRGBAModel.Convert(Color(o, over)).(color.NRGBA)
	mix := func(b, f uint8) uint8 {
		a := int(front.A)
		return uint8((int(b)*(255-a) + int(f)*a + 127) / 255)
	}
	return color.NRGBA{mix(back.R, front.R), mix(back.G, front.G), mix(back.B, front.B), back.A}
}

// Size returns what a name stands for where o is shown, right now.
func Size(o fyne.CanvasObject, name fyne.ThemeSizeName) float32 {
	return theme.CurrentForWidget(o).Size(name)
}
