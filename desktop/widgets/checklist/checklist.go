// Package checklist picks some of many: a filter, lines to tick, and what can be
// done with all that are shown. Only the lines that can be seen exist as objects.
//
// Everything in this package belongs to the UI goroutine.
package checklist

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/lang"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
)

// CheckList is a list of things to tick.
type CheckList struct {
	widget.BaseWidget

	// OnChange is called when the selection has been changed by hand.
	OnChange func()
	// OnReplace is called when something is to be chosen in the place of the missing
	// items. Nil, as it is at first, offers no such thing.
	OnReplace func()

	items      items
	search     *control.Search
	first      *control.Check
	count      *widget.Label
	status     *fyne.Container // has the two
	list       *list
	lost       *fyne.Container // what to do about missing items
	losses     *widget.Label
	substitute *control.Button
	none       *widget.Label
	bottom     *fyne.Container
	locked     bool
}

// New returns an empty list. what is asked for in the filter, such as "Filter
// groups".
func New(what string) *CheckList {
	c := &CheckList{items: items{selected: map[string]bool{}}}
	c.search = control.NewSearch(what, nil)
	c.search.OnSearch = c.filter
	c.search.OnDown = c.Focus
	c.first = control.NewCheck(lang.L("Selected first"), c.selectedFirst)
	c.count = look.Caption("")
	c.status = container.New(&status{c}, c.count, c.first)
	c.list = newList(c)
	c.none = look.Line("")
	c.none.Importance = widget.LowImportance
	c.losses = look.Line("")
	c.losses.Importance = widget.WarningImportance
	c.substitute = control.NewButton(lang.L("Replace…"), c.replaceMissing)
	c.lost = look.Column(0, c.losses, look.Row(control.NewButton(lang.L("Drop missing"), c.dropMissing), c.substitute))
	c.bottom = c.buttons()
	c.ExtendBaseWidget(c)
	c.update()
	return c
}

// SetItems changes what there is to select. The selection stays; ids in it that
// are not among the items are kept, but not shown.
func (c *CheckList) SetItems(all []Item) {
	c.items.set(all)
	c.update()
}

// Selected returns the ids of the selected items, in the order of the items.
func (c *CheckList) Selected() []string { return c.items.ids() }

// SetSelected selects these items and no others. OnChange is not called.
func (c *CheckList) SetSelected(ids []string) {
	c.items.selected = map[string]bool{}
	for _, id := range ids {
		c.items.selected[id] = true
	}
	c.items.show()
	c.update()
}

// SetLocked says whether the selection can be looked at only.
func (c *CheckList) SetLocked(locked bool) {
	if locked == c.locked {
		return
	}
	c.locked = locked
	for _, o := range append([]fyne.CanvasObject{c.lost}, c.bottom.Objects...) {
		if b, ok := o.(fyne.Disableable); ok && locked {
			b.Disable()
		} else if ok {
			b.Enable()
		}
	}
	c.update()
}

// SelectedFirst begins with the selected items in front.
func (c *CheckList) SelectedFirst() { c.first.SetChecked(true) }

// Focus gives the lines the keyboard.
func (c *CheckList) Focus() {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(c); canvas != nil {
		canvas.Focus(c.list)
	}
}

func (c *CheckList) filter(text string) {
	c.items.filter = text
	c.items.show()
	c.list.at = 0
	c.list.ScrollToTop()
	c.update()
}

// selectedFirst orders the lines once: were they ordered at each tick, they would
// jump away under the pointer.
func (c *CheckList) selectedFirst(first bool) {
	c.items.first = first
	c.items.show()
	c.list.ScrollToTop()
	c.update()
}

func (c *CheckList) dropMissing() {
	if c.locked {
		return
	}
	c.items.drop()
	c.items.show()
	c.changed()
}

func (c *CheckList) replaceMissing() {
	if !c.locked {
		c.OnReplace()
	}
}

// toggle changes the line at i of those shown.
func (c *CheckList) toggle(i int) {
	if c.locked || i < 0 || i >= len(c.items.shown) {
		return
	}
	item := c.items.all[c.items.shown[i]]
	c.items.put(item.ID, !c.items.selected[item.ID])
	if item.Missing {
		c.items.show()
	}
	c.changed()
}

func (c *CheckList) markShown(selected bool) {
	if c.items.mark(selected) {
		c.changed()
	}
}

func (c *CheckList) changed() {
	c.update()
	if c.OnChange != nil {
		c.OnChange()
	}
}

// update shows everything as it is now.
func (c *CheckList) update() {
	_, _, missing := c.items.count()
	c.status.Refresh()
	c.losses.SetText(lang.L("Selected, but gone: {{.Count}}", map[string]any{"Count": missing}))
	c.lost.Hidden, c.substitute.Hidden = missing == 0, c.OnReplace == nil
	c.none.SetText(lang.L("Nothing found"))
	if len(c.items.all) == 0 {
		c.none.SetText(lang.L("There are none yet."))
	}
	c.none.Hidden = len(c.items.shown) > 0
	c.list.at = max(0, min(c.list.at, len(c.items.shown)-1))
	c.list.Refresh()
	c.Refresh()
}

// CreateRenderer is for Fyne. The parts stand in the order of the Tab key.
func (c *CheckList) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(c.arrange())
}

func (c *CheckList) arrange() *fyne.Container {
	top := container.NewVBox(c.search, c.status, c.lost)
	foot := container.NewVBox(widget.NewSeparator(), c.bottom)
	middle := container.NewStack(c.list, container.NewVBox(c.none))
	return container.New(layout.NewBorderLayout(top, foot, nil, nil), top, middle, foot)
}

func (c *CheckList) buttons() *fyne.Container {
	all := control.NewButton(lang.L("All shown"), func() { c.markShown(true) })
	none := control.NewButton(lang.L("None shown"), func() { c.markShown(false) })
	all.Importance, none.Importance = widget.LowImportance, widget.LowImportance
	return look.Row(all, none)
}
