package invite

import (
	"slices"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/invite"
	"sightline.example/desktop/widgets/look"
)

// FaultText says what is wrong with something that was entered; nothing if nothing
// is.
func FaultText(f invite.Fault) string {
	switch f {
	case invite.NoAddress:
		return lang.L("This is no e-mail address.")
	case invite.Twice:
		return lang.L("This address is there twice.")
	case invite.Known:
		return lang.L("A client has this address already.")
	case invite.NoGroup:
		return lang.L("There is no such group.")
	case invite.NoProject:
		return lang.L("There is no such project.")
	case invite.SeveralNames:
		return lang.L("Several have this name. Take the id.")
	case invite.NoSwitch:
		return lang.L("Yes or no.")
	case invite.NoDate:
		return lang.L("A day like 2026-04-30.")
	case invite.PeriodOver:
		return lang.L("The access ends before it begins.")
	case invite.TooLong:
		return lang.L("This is too long, or has signs that can't be shown.")
	}
	return ""
}

// columnText returns what a column is called.
func columnText(c invite.Column) string {
	switch c {
	case invite.Email:
		return lang.L("E-mail")
	case invite.Name:
		return lang.L("Name")
	case invite.Groups:
		return lang.L("Groups")
	case invite.Projects:
		return lang.L("Projects")
	case invite.Screencasts:
		return lang.L("Screencasts")
	case invite.From:
		return lang.L("From")
	case invite.Until:
		return lang.L("Until")
	}
	return lang.L("Note")
}

// stateText returns what a row is called, and in which tone.
func stateText(s invite.RowState) (string, look.Tone) {
	switch s {
	case invite.Faulty:
		return lang.L("Needs fixing"), look.Warning
	case invite.Fine:
		return lang.L("Ready"), look.Success
	case invite.Refused:
		return lang.L("Refused"), look.Danger
	case invite.Invited:
		return lang.L("Invited"), look.Success
	case invite.Failed:
		return lang.L("Not invited"), look.Danger
	}
	return lang.L("Not checked"), look.Neutral
}

// RowText says what is wrong with a row, or what will come of it.
func RowText(r *invite.Row) string {
	for _, c := range invite.Columns() {
		if f := r.Faults[c]; f != "" {
			return columnText(c) + ": " + FaultText(f)
		}
	}
	if r.Err != nil {
		return lang.Error(r.Err)
	}
	if r.Sees != nil {
		return seesText(r)
	}
	return lang.Rule(r.Wanted.Scope)
}

// rowTip is RowText, and the rule in any case.
func rowTip(r *invite.Row) string {
	text, rule := RowText(r), lang.Rule(r.Wanted.Scope)
	if r.Sees == nil {
		return text
	}
	return text + " " + rule
}

// seesText says how much would be seen.
func seesText(r *invite.Row) string {
	return lang.L("Sees {{.Employees}} and {{.Projects}}.", lang.Data{
		"Employees": lang.N("{{.N}} employees", r.Sees.Employees), "Projects": lang.N("{{.N}} projects", r.Sees.Projects),
	})
}

// cellText says what is wrong with a cell: what can be seen in it, or what the
// sidecar has against it.
func cellText(r *invite.Row, c invite.Column) string {
	if f := r.Faults[c]; f != "" || !slices.Contains(r.Concerned(), c) {
		return FaultText(f)
	}
	return lang.Mistake(r.Err)
}
