package review

import (
	"strings"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/review"
	"sightline.example/desktop/widgets/look"
	"sightline.example/policy"
)

// findingText says what was found; of an empty finding, that it is any.
func findingText(what review.What) string {
	switch what {
	case "":
		return lang.L("All findings")
	case review.Unreadable:
		return lang.L("Unreadable")
	case review.Dead:
		return lang.L("Dead reference")
	case review.Everyone:
		return lang.L("Sees everybody")
	case review.Nothing:
		return lang.L("Sees nothing")
	case review.Invitation:
		return lang.L("Invitation ends soon")
	case review.Expiring:
		return lang.L("Access ends soon")
	case review.Unused:
		return lang.L("Unused for a month")
	case review.Alone:
		return lang.L("On its own")
	case review.Unreached:
		return lang.L("Out of reach")
	}
	return lang.Finding(string(what))
}

func findingTone(what review.What) look.Tone {
	switch what {
	case review.Unreadable, review.Dead:
		return look.Danger
	case review.Everyone, review.Nothing, review.Invitation, review.Expiring:
		return look.Warning
	case review.Unused:
		return look.Info
	}
	return look.Neutral
}

// why says why a finding matters, and so what can be done about it.
func why(f review.Finding) string {
	switch f.What {
	case review.Unreadable:
		return lang.L("What is stored can't be read, so this client sees nothing. Look at the log of the sidecar.")
	case review.Dead:
		return whyDead(f)
	case review.Everyone:
		return lang.L("Sees every employee there is. Is that meant?")
	case review.Nothing:
		return lang.L("Has access and sees nobody's work. Select a group or a project.")
	case review.Invitation:
		return lang.L("Did not accept yet, and soon can't any more. Send the invitation again.")
	case review.Expiring:
		return lang.L("Sees nothing once it has ended. Extend it, or let it end.")
	case review.Unused:
		return lang.L("Access that nobody uses is only a risk. Suspend it, or ask.")
	case review.Alone:
		return whyAlone(f)
	case review.Unreached:
		return lang.L("No client's scope leads to it.")
	}
	return ""
}

func whyDead(f review.Finding) string {
	ids := lang.Data{"IDs": strings.Join(f.Dead, ", ")}
	switch {
	case len(f.Dead) == 0:
		return lang.L("Refers to what does not exist any more.")
	case f.Kind == policy.TypeClient:
		return lang.L("Gone: {{.IDs}}. The scope may show less than was meant.", ids)
	}
	return lang.L("Gone: {{.IDs}}. The membership leads nowhere.", ids)
}

func whyAlone(f review.Finding) string {
	if f.Kind == policy.TypeProject {
		return lang.L("Nobody is on it, it is in no group, and no scope selects it.")
	}
	return lang.L("In no group and on no project: no client can ever see this work.")
}
