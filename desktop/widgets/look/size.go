package look

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// Gap is the space between things that belong together; twice that divides
// what does not. In Fyne's device-independent pixels, like all sizes.
const Gap float32 = 8

func sizes() map[fyne.ThemeSizeName]float32 {
	return map[fyne.ThemeSizeName]float32{
		theme.SizeNameText:            14,
		theme.SizeNameCaptionText:     12,
		theme.SizeNameSubHeadingText:  17,
		theme.SizeNameHeadingText:     22,
		theme.SizeNamePadding:         4,
		theme.SizeNameInnerPadding:    8,
		theme.SizeNameLineSpacing:     4,
		theme.SizeNameInlineIcon:      18,
		theme.SizeNameInputBorder:     1,
		theme.SizeNameInputRadius:     6,
		theme.SizeNameButtonRadius:    6,
		theme.SizeNameSelectionRadius: 6,
		theme.SizeNamePopupRadius:     10,
		theme.SizeNameDialogRadius:    12,
		theme.SizeNameMenuRadius:      8,
		theme.SizeNameCardRadius:      10,
		theme.SizeNameScrollBar:       12,
		theme.SizeNameScrollBarSmall:  4,
	}
}
