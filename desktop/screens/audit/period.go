package audit

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/trail"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/dialog"
	"sightline.example/desktop/widgets/form"
	"sightline.example/desktop/widgets/look"
)

// buildPeriod makes the field in which it is chosen of when records are shown.
func (s *Screen) buildPeriod() {
	s.period = control.NewSelect(nil, nil)
	for _, p := range trail.Periods() {
		s.period.Options = append(s.period.Options, periodText(p))
	}
	s.period.OnChanged = func(string) {
		p := trail.AnyTime
		if i := s.period.SelectedIndex(); i >= 0 {
			p = trail.Periods()[i]
		}
		if p == trail.Between {
			s.askDays()
			return
		}
		s.cfg.Model.SetFilter(s.cfg.Model.Filter().During(p, s.cfg.Now()))
	}
}

// showPeriod shows of when records are shown now.
func (s *Screen) showPeriod() {
	f := s.cfg.Model.Filter()
	text := periodText(f.Period)
	if f.Period == trail.Between {
		from, until := f.Texts(time.Local)
		text = from + " – " + until
	}
	if text != s.period.Selected {
		s.period.Selected = text
		s.period.Refresh()
	}
}

func periodText(p trail.Period) string {
	switch p {
	case trail.LastDay:
		return lang.L("Last 24 hours")
	case trail.LastWeek:
		return lang.L("Last 7 days")
	case trail.LastMonth:
		return lang.L("Last 30 days")
	case trail.Between:
		return lang.L("From … until …")
	}
	return lang.L("Any time")
}

// askDays asks for the first and the last day of which records are shown.
func (s *Screen) askDays() {
	m := s.cfg.Model
	from, until := control.NewEntry(""), control.NewEntry("")
	first, last := m.Filter().Texts(time.Local)
	from.SetText(first)
	until.SetText(last)
	help := lang.L("A day like 2026-04-30.")
	rows := []*form.Row{form.NewRow(lang.L("From"), from, help), form.NewRow(lang.L("Until"), until, help)}
	span := func() trail.Span { return trail.ParseSpan(from.Text, until.Text, time.Local) }
	shown := dialog.Show(fyne.CurrentApp().Driver().CanvasForObject(s.Content), dialog.Config{
		Title: lang.L("Show records of which days?"), Text: lang.L("An empty field is without a beginning, or without an end."),
		Content: look.Column(10, rows[0], rows[1]), Confirm: lang.L("Show"),
		OnConfirm: func() {
			m.SetFilter(m.Filter().Within(span()))
			s.showPeriod()
		},
		OnCancel: s.showPeriod,
	})
	check := func(string) {
		now := span()
		rows[0].SetError(spanFault(now.FromErr))
		rows[1].SetError(spanFault(now.UntilErr))
		shown.SetEnabled(now.Valid())
	}
	from.OnChanged, until.OnChanged = check, check
	from.OnKey, until.OnKey = shown.Key, shown.Key
}

// spanFault says what is wrong with a day.
func spanFault(err error) string {
	switch {
	case err == nil:
		return ""
	case errors.Is(err, trail.ErrOrder):
		return lang.L("Is before the first day.")
	}
	return lang.L("A day like 2026-04-30.")
}
