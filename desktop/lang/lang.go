// Package lang has the app's words: a catalogue in English and German, and the
// texts of what the models know by name only, such as modes, times and failures.
//
// A text is known by its English form. Without Load, and where a language lacks
// it, it is shown in English.
package lang

import "fyne.io/fyne/v2/lang"

// Data are what a text has in its {{.Places}}.
type Data = map[string]any

// L returns a text in the admin's language.
func L(text string, data ...Data) string {
	if len(data) == 0 {
		return lang.L(text)
	}
	return lang.L(text, data[0])
}

// N returns the form of a text that fits a number, which is {{.N}} in it.
func N(text string, n int, data ...Data) string {
	all := Data{"N": Number(n)}
	for _, d := range data {
		for name, value := range d {
			all[name] = value
		}
	}
	return lang.N(text, n, all)
}
