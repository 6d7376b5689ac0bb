package settings

import (
	"slices"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// choice is a field in which one of some values is chosen.
type choice[T comparable] struct {
	field  *control.Select
	values []T
	text   func(T) string
	chosen func(T)
}

func newChoice[T comparable](values []T, text func(T) string, chosen func(T)) *choice[T] {
	c := &choice[T]{text: text, chosen: chosen, field: control.NewSelect(nil, nil)}
	c.offer(values)
	c.field.OnChanged = c.changed
	return c
}

func (c *choice[T]) changed(string) {
	if i := c.field.SelectedIndex(); i >= 0 {
		c.chosen(c.values[i])
	}
}

// offer offers other values.
func (c *choice[T]) offer(values []T) {
	if slices.Equal(values, c.values) {
		return
	}
	c.values = values
	texts := make([]string, len(values))
	for i, v := range values {
		texts[i] = c.text(v)
	}
	c.field.SetOptions(texts)
}

// show shows what is chosen, without telling that it was.
func (c *choice[T]) show(v T) {
	if i := slices.Index(c.values, v); i >= 0 && i != c.field.SelectedIndex() {
		c.field.OnChanged = nil
		c.field.SetSelectedIndex(i)
		c.field.OnChanged = c.changed
	}
}

func themes() []look.Variant { return []look.Variant{look.System, look.Light, look.Dark} }

func themeText(v look.Variant) string {
	switch v {
	case look.Light:
		return lang.L("Light")
	case look.Dark:
		return lang.L("Dark")
	}
	return lang.L("As the system")
}

// scales returns the scales to choose from, and that which is chosen.
func scales(chosen int) []int {
	all := []int{70, 80, 90, 100, 110, 125, 150, 175, 200, 250}
	if i, found := slices.BinarySearch(all, chosen); !found {
		all = slices.Insert(all, i, chosen)
	}
	return all
}

func scaleText(percent int) string {
	return lang.L("{{.Percent}} %", lang.Data{"Percent": percent})
}
