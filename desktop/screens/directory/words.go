package directory

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/directory"
	"sightline.example/policy"
)

// Title returns what all of a kind are called.
func Title(kind directory.Kind) string {
	switch kind {
	case policy.TypeEmployee:
		return lang.L("Employees")
	case policy.TypeProject:
		return lang.L("Projects")
	}
	return lang.L("Groups")
}

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

// newText returns what it is called to make one of a kind.
func newText(kind directory.Kind) string {
	switch kind {
	case policy.TypeEmployee:
		return lang.L("New employee")
	case policy.TypeProject:
		return lang.L("New project")
	}
	return lang.L("New group")
}

func searchText(kind directory.Kind) string {
	switch kind {
	case policy.TypeEmployee:
		return lang.L("Search employees")
	case policy.TypeProject:
		return lang.L("Search projects")
	}
	return lang.L("Search groups")
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

func filterText(side directory.Kind) string {
	switch side {
	case policy.TypeEmployee:
		return lang.L("Filter employees")
	case policy.TypeProject:
		return lang.L("Filter projects")
	}
	return lang.L("Filter groups")
}

func goneText(kind directory.Kind) string {
	switch kind {
	case policy.TypeEmployee:
		return lang.L("This employee was deleted meanwhile. What is shown here is of before.")
	case policy.TypeProject:
		return lang.L("This project was deleted meanwhile. What is shown here is of before.")
	}
	return lang.L("This group was deleted meanwhile. What is shown here is of before.")
}
