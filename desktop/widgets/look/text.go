package look

import (
	"sort"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Line returns a label of one line that ends in an ellipsis where it does not
// fit, so that no text ever widens the window. Give it room: on its own it asks
// for next to none.
func Line(text string) *widget.Label {
	label := widget.NewLabel(text)
	label.Truncation = fyne.TextTruncateEllipsis
	return label
}

// Strong returns a Line in bold.
func Strong(text string) *widget.Label {
	label := Line(text)
	label.TextStyle.Bold = true
	return label
}

// Heading returns a Line that names a page or a dialog.
func Heading(text string) *widget.Label {
	label := Strong(text)
	label.SizeName = theme.SizeNameSubHeadingText
	return label
}

// Caption returns a small Line that explains.
func Caption(text string) *widget.Label {
	label := Line(text)
	label.SizeName = theme.SizeNameCaptionText
	label.Importance = widget.LowImportance
	return label
}

// Paragraph returns a label that wraps between words.
func Paragraph(text string) *widget.Label {
	label := widget.NewLabel(text)
	label.Wrapping = fyne.TextWrapWord
	return label
}

// Short returns a label that keeps its full width: for words of the app itself,
// never for data.
func Short(text string) *widget.Label {
	label := widget.NewLabel(text)
	label.Importance = widget.LowImportance
	return label
}

// Fit returns the text, cut and ended with an ellipsis where it would be wider
// than width.
func Fit(text string, size float32, style fyne.TextStyle, width float32) string {
	if fyne.MeasureText(text, size, style).Width <= width {
		return text
	}
	runes := []rune(text)
	fitting := sort.Search(len(runes), func(n int) bool {
		return fyne.MeasureText(string(runes[:n+1])+"…", size, style).Width > width
	})
	return string(runes[:fitting]) + "…"
}

// Break returns the text in two lines: as many words as fit in the first, and the
// rest, cut as by Fit.
func Break(text string, size float32, style fyne.TextStyle, width float32) (first, second string) {
	fits := func(part string) bool { return fyne.MeasureText(part, size, style).Width <= width }
	if fits(text) {
		return text, ""
	}
	end := 0
	for i, r := range text {
		if r != ' ' {
			continue
		}
		if !fits(text[:i]) {
			break
		}
		end = i
	}
	if end == 0 {
		return Fit(text, size, style, width), ""
	}
	return text[:end], Fit(text[end+1:], size, style, width)
}
