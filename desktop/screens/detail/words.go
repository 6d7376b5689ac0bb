package detail

import (
	"sightline.example/desktop/lang"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
	"sightline.example/policy"
)

func standingTone(s policy.Status) look.Tone {
	switch s {
	case policy.Active:
		return look.Success
	case policy.Invited:
		return look.Info
	case policy.Suspended:
		return look.Danger
	}
	return look.Warning
}

func modeTone(m policy.Mode) look.Tone {
	switch m {
	case policy.ModeBoth:
		return look.Accent
	case policy.ModeNone:
		return look.Warning
	}
	return look.Info
}

func screencastsText(on bool) string {
	if on {
		return lang.L("Screencasts: on")
	}
	return lang.L("Screencasts: off")
}

func orDash(text string) string {
	if text == "" {
		return "–"
	}
	return text
}

// set lets a button be pressed, unless there is a reason why not, which it tells.
func set(b *control.Button, why string) {
	b.Tip = why
	switch {
	case (why == "") == !b.Disabled():
	case why == "":
		b.Enable()
	default:
		b.Disable()
	}
}
