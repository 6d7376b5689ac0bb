//go:build acceptance

package acceptance

import (
	"slices"
	"strconv"
)

// click clicks on the first item with the words, once it is there and can be used.
func (a *app) click(words string) {
	a.t.Helper()
	a.clickOn(a.usable(words)[0])
}

// clickLast is click for the last item, as below others of the same words.
func (a *app) clickLast(words string) {
	a.t.Helper()
	all := a.usable(words)
	a.clickOn(all[len(all)-1])
}

// clickKind is click for the first item of a kind.
func (a *app) clickKind(kind, words string) {
	a.t.Helper()
	for _, i := range a.usable(words) {
		if i.Kind == kind {
			a.clickOn(i)
			return
		}
	}
	a.t.Fatalf("no %s has %q; shown is %s", kind, words, a.see().text())
}

// usable waits for items with the words that can be used and stay where they are: what
// was typed or clicked before may still move them.
func (a *app) usable(words string) []item {
	a.t.Helper()
	var all []item
	a.when(words, func(s seen) bool {
		before := all
		all = slices.DeleteFunc(s.all(words), func(i item) bool { return i.Disabled })
		return len(all) > 0 && slices.Equal(before, all)
	})
	return all
}

func (a *app) clickOn(i item) {
	a.t.Helper()
	x := i.X + i.Width/2
	if i.Kind != "button" {
		x = i.X + min(i.Width/2, 20) // texts may be narrower than their place
	}
	a.do("mousemove", strconv.Itoa(a.x+x), strconv.Itoa(a.y+i.Y+i.Height/2), "click", "1")
}

// write types a text.
func (a *app) write(text string) {
	a.t.Helper()
	a.do("type", "--delay", "6", "--", text)
}

// press presses keys, one after the other, as xdotool names them.
func (a *app) press(keys ...string) {
	a.t.Helper()
	a.do(append([]string{"key", "--delay", "20"}, keys...)...)
}

// choose runs the command with the title by the palette.
func (a *app) choose(title string) {
	a.t.Helper()
	a.press("ctrl+k")
	a.when("the palette", func(s seen) bool { return s.Overlay && s.has("Type a command or a name") })
	a.write(title)
	a.when("the command "+title, func(s seen) bool { return s.Overlay && len(s.all(title)) > 1 }) // typed, and found
	a.press("Return")
	a.when("the end of the palette", func(s seen) bool { return !s.has("Type a command or a name") && len(s.all(title)) < 2 || !s.Overlay })
}
