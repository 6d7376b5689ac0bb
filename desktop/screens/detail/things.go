package detail

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/detail"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
)

// things is a list of names that is searched. There may be very many: a name is
// read when it comes into view, so a row is known by its place.
type things struct {
	content fyne.CanvasObject

	list   *detail.List
	words  thingsWords
	title  *widget.Label
	status *widget.Label
	none   *widget.Label // stands in for the rows
	retry  *control.Button
	grid   *grid.Grid[int]
	search *control.Search
	frame  *fyne.Container
}

// thingsWords are what a list is called.
type thingsWords struct {
	title  func(n int) string
	search string
	none   string
}

func newThings(l *detail.List, words thingsWords, cfg Config, open func(id string)) *things {
	t := &things{list: l, words: words, title: look.Strong(""), status: look.Caption(""), none: look.Paragraph(words.none)}
	t.none.Importance, t.none.Alignment = widget.LowImportance, fyne.TextAlignCenter
	t.search = control.NewSearch(words.search, cfg.After)
	t.search.OnSearch = l.Search
	t.retry = control.NewButton(lang.L("Try again"), l.Retry)
	t.grid = grid.New(grid.Config[int]{
		Columns:  []grid.Column[int]{{ID: "name", Title: lang.L("Name"), Width: 100, Grow: 1, Text: t.name}},
		Untitled: true,
		Len:      l.Len,
		At:       func(i int) (int, bool) { return i, true },
		ID:       strconv.Itoa,
		Tips:     cfg.Tips,
		OnOpen:   t.opener(open),
	})
	t.search.OnDown = t.grid.Focus
	foot := look.Column(4, look.Flush(t.status), t.retry)
	top := container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), look.Column(8, look.Flush(t.title), t.search, foot))
	rows := container.NewStack(t.grid, look.Pad(look.Gap, t.none))
	t.frame = container.New(layout.NewBorderLayout(top, nil, nil, nil), top, look.NewCard(look.Pad(1, rows)))
	t.content = t.frame
	return t
}

// name returns what the row at a place says, which is read if it has to be.
func (t *things) name(i int) string {
	named, read := t.list.At(i)
	if !read {
		return "…"
	}
	return named.Name
}

func (t *things) opener(open func(id string)) func(string) {
	if open == nil {
		return nil
	}
	return func(place string) {
		if i, err := strconv.Atoi(place); err == nil {
			if named, read := t.list.At(i); read {
				open(named.ID)
			}
		}
	}
}

func (t *things) refresh() {
	l := t.list
	t.title.SetText(t.words.title(l.Total()))
	text := ""
	switch {
	case l.Err() != nil:
		text = lang.Error(l.Err())
	case l.Words() != "" && l.Len() == 0 && !l.Busy():
		text = lang.L("Nothing found")
	case l.Words() != "":
		text = lang.N("{{.N}} found", l.Len())
	}
	t.status.SetText(text)
	look.Hide(t.status, text == "")
	look.Hide(t.retry, l.Err() == nil)
	look.Hide(t.search, l.Total() == 0)
	look.Hide(t.none, l.Total() > 0)
	t.grid.Reload()
	t.frame.Refresh()
}
