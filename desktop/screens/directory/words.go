package directory

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/directory"
	"sightline.example/policy"
)

// words are what a kind is called in the app.
type words struct {
	all    string // what all of the kind are called
	make   string // to make one
	search string
	filter string
	gone   string // of one that was deleted while it was looked at
}

func wordsOf(kind directory.Kind) words {
	switch kind {
	case policy.TypeEmployee:
		return words{
			all: lang.L("Employees"), make: lang.L("New employee"), search: lang.L("Search employees"), filter: lang.L("Filter employees"),
			gone: lang.L("This employee was deleted meanwhile. What is shown here is of before."),
		}
	case policy.TypeProject:
		return words{
			all: lang.L("Projects"), make: lang.L("New project"), search: lang.L("Search projects"), filter: lang.L("Filter projects"),
			gone: lang.L("This project was deleted meanwhile. What is shown here is of before."),
		}
	}
	return words{
		all: lang.L("Groups"), make: lang.L("New group"), search: lang.L("Search groups"), filter: lang.L("Filter groups"),
		gone: lang.L("This group was deleted meanwhile. What is shown here is of before."),
	}
}

// Title returns what all of a kind are called.
func Title(kind directory.Kind) string { return wordsOf(kind).all }

// NewTitle returns what it is called to make one of a kind.
func NewTitle(kind directory.Kind) string { return wordsOf(kind).make }

// Icon returns the picture of a kind.
func Icon(kind directory.Kind) fyne.Resource {
	switch kind {
	case policy.TypeEmployee:
		return theme.NewThemedResource(theme.ComputerIcon())
	case policy.TypeProject:
		return theme.NewThemedResource(theme.FolderIcon())
	}
	return theme.NewThemedResource(theme.GridIcon())
}

// Count says how many there are of a kind.
func Count(kind directory.Kind, n int) string {
	switch kind {
	case policy.TypeEmployee:
		return lang.N("{{.N}} employees", n)
	case policy.TypeProject:
		return lang.N("{{.N}} projects", n)
	}
	return lang.N("{{.N}} groups", n)
}

// sideTitle returns what a side of the page of a kind is called.
func sideTitle(kind, side directory.Kind) string {
	switch {
	case kind != policy.TypeEmployee && side == policy.TypeEmployee:
		return lang.L("Members")
	case kind == policy.TypeGroup:
		return lang.L("Projects of the group")
	}
	return Title(side)
}
