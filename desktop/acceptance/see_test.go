//go:build acceptance

package acceptance

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"time"
)

// item is something that can be seen, as the probe tells.
type item struct {
	Kind, Text, Hint           string
	X, Y, Width, Height        int
	Disabled, Focused, Checked bool
	Partly, Cut, Short         bool // some of it can't be seen; nor be scrolled to; its text ends in an ellipsis
}

// words are what the item is known by.
func (i item) words() string {
	if i.Text == "" {
		return i.Hint
	}
	return i.Text
}

// seen is what can be seen on top.
type seen struct {
	Title         string
	Overlay       bool
	Width, Height int
	Items         []item
}

// text is everything that is shown, in one line.
func (s seen) text() string {
	var all []string
	for _, i := range s.Items {
		all = append(all, i.words())
	}
	return strings.Join(all, " | ")
}

// all returns the items with the words.
func (s seen) all(words string) (found []item) {
	for _, i := range s.Items {
		if i.words() == words {
			found = append(found, i)
		}
	}
	return found
}

func (s seen) has(text string) bool { return strings.Contains(s.text(), text) }

// ask reads something from the probe.
func (a *app) ask(what string, into any) error {
	resp, err := a.probe.Get("http://probe/" + what)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	return json.NewDecoder(resp.Body).Decode(into)
}

// see returns what can be seen now.
func (a *app) see() seen {
	a.t.Helper()
	var now seen
	if err := a.ask("seen", &now); err != nil {
		a.t.Fatal(err)
	}
	return now
}

// when waits until what is seen is as it should be, and returns it.
func (a *app) when(what string, is func(seen) bool) seen {
	a.t.Helper()
	var now seen
	err := wait(patience, func() bool {
		select {
		case <-a.ended:
			a.t.Fatalf("waiting for %s: the app has ended; it said:\n%s", what, a.stderr)
		default:
		}
		now = seen{} // what is decoded over something else keeps some of it
		return a.ask("seen", &now) == nil && is(now)
	})
	if err != nil {
		a.shot(a.t.Name() + "-failed")
		a.t.Fatalf("%s does not come; shown is %s", what, now.text())
	}
	return now
}

// until waits until all of the texts are shown.
func (a *app) until(texts ...string) seen {
	a.t.Helper()
	return a.when(fmt.Sprintf("%q", texts), func(s seen) bool {
		return !slices.ContainsFunc(texts, func(text string) bool { return !s.has(text) })
	})
}

// untilGone waits until a text is not shown any more.
func (a *app) untilGone(text string) seen {
	a.t.Helper()
	return a.when("the end of "+text, func(s seen) bool { return !s.has(text) })
}

// still waits until nothing moves any more.
func (a *app) still() seen {
	a.t.Helper()
	var before seen
	return a.when("rest", func(s seen) bool {
		rests := reflect.DeepEqual(before, s)
		before = s
		return rests
	})
}

// clipboard returns what is on it.
func (a *app) clipboard() string {
	a.t.Helper()
	var text string
	if err := a.ask("clipboard", &text); err != nil {
		a.t.Fatal(err)
	}
	return text
}

// vitals are how the app is doing.
type vitals struct {
	RSS        int64
	Goroutines int
	CPU        time.Duration
	Blocked    time.Duration
	FirstFrame time.Duration `json:"first_frame"`
}

func (a *app) vitals() (v vitals) {
	a.t.Helper()
	if err := a.ask("vitals", &v); err != nil {
		a.t.Fatal(err)
	}
	return v
}

// wait looks again and again whether something is so, for as long as that may take.
func wait(most time.Duration, is func() bool) error {
	deadline := time.After(most)
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for !is() {
		select {
		case <-again.C:
		case <-deadline:
			return fmt.Errorf("not within %v", most)
		}
	}
	return nil
}
