//go:build acceptance

package acceptance

import (
	"image"
	"image/color"
	"image/png"
	"math"
	"slices"
)

// leastContrast is what WCAG asks of large text and of what can't be used now. That
// all other text has more is checked where the colors are chosen: the smooth edges of
// letters make what is measured here less than it is.
const leastContrast = 3

// wantReadable complains about each text that hardly differs from what is behind it.
func (a *app) wantReadable(where string) {
	a.t.Helper()
	var poor []string
	err := wait(patience, func() bool { // a frame may be that before
		poor = nil
		picture := a.picture()
		for _, i := range a.see().Items {
			if i.Text != "" && i.Kind != "entry" && !i.Partly && contrast(picture, a.rectangle(i)) < leastContrast {
				poor = append(poor, i.Text)
			}
		}
		return len(poor) == 0
	})
	if err != nil {
		a.shot(a.t.Name() + "-" + where)
		a.t.Errorf("%s: hard to read are %q", where, poor)
	}
}

// picture returns what is on the display.
func (a *app) picture() image.Image {
	a.t.Helper()
	c := a.command("import", "-window", "root", "png:-")
	out, err := c.StdoutPipe()
	if err != nil {
		a.t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		a.t.Fatal(err)
	}
	picture, err := png.Decode(out)
	if err != nil {
		a.t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		a.t.Fatal(err)
	}
	return picture
}

func (a *app) rectangle(i item) image.Rectangle {
	return image.Rect(a.x+i.X, a.y+i.Y, a.x+i.X+i.Width, a.y+i.Y+i.Height)
}

// contrast returns the ratio, as WCAG has it, of the color that there is most of to
// the one that differs most from it.
func contrast(picture image.Image, in image.Rectangle) float64 {
	in = in.Intersect(picture.Bounds())
	often := map[color.Color]int{}
	var all []float64
	for y := in.Min.Y; y < in.Max.Y; y++ {
		for x := in.Min.X; x < in.Max.X; x++ {
			often[picture.At(x, y)]++
			all = append(all, luminance(picture.At(x, y)))
		}
	}
	if len(all) == 0 {
		return math.Inf(1)
	}
	var back color.Color
	for c, n := range often {
		if back == nil || n > often[back] {
			back = c
		}
	}
	behind := luminance(back)
	return max(ratio(behind, slices.Max(all)), ratio(behind, slices.Min(all)))
}

func ratio(a, b float64) float64 { return (max(a, b) + 0.05) / (min(a, b) + 0.05) }

// luminance is that of WCAG 2.
func luminance(c color.Color) float64 {
	r, g, b, _ := c.RGBA()
	linear := func(v uint32) float64 {
		x := float64(v) / 0xffff
		if x <= 0.04045 {
			return x / 12.92
		}
		return math.Pow((x+0.055)/1.055, 2.4)
	}
	return 0.2126*linear(r) + 0.7152*linear(g) + 0.0722*linear(b)
}
