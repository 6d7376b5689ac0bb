package trail_test

import (
	"errors"
	"testing"
	"time"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/sketch"
	"sightline.example/desktop/model/trail"
)

func TestRecordsOfAPeriodAreFound(t *testing.T) {
	owner, pump := written(t), asynctest.New(t)
	acme := trail.Filter{Kind: "clients", ID: "acme"}
	today := time.Now().Format("2006-01-02")
	for name, test := range map[string]struct {
		filter trail.Filter
		want   int
	}{
		"the last day":        {acme.During(trail.LastDay, time.Now()), 2},
		"a day to come":       {acme.During(trail.LastDay, time.Now().AddDate(0, 0, 2)), 0},
		"any time":            {acme.During(trail.LastDay, time.Now().AddDate(0, 0, 2)).During(trail.AnyTime, time.Now()), 2},
		"to the end of today": {acme.Within(trail.ParseSpan("", today, time.Local)), 2},
		"from today on":       {acme.Within(trail.ParseSpan(today, "", time.Local)), 2},
		"long ago":            {acme.Within(trail.ParseSpan("2020-01-01", "2020-12-31", time.Local)), 0},
	} {
		t.Run(name, func(t *testing.T) {
			tr := trail.New(config(pump, owner), test.filter)
			t.Cleanup(tr.Close)
			pump.Settle()
			if tr.Err() != nil || tr.Len() != test.want {
				t.Errorf("%d records, want %d; %v", tr.Len(), test.want, tr.Err())
			}
		})
	}
}

func TestASpanIsReadAsItIsWritten(t *testing.T) {
	for name, test := range map[string]struct {
		from, until       string
		fromErr, untilErr error
		period            trail.Period
	}{
		"both":          {"2026-04-01", "2026-04-30", nil, nil, trail.Between},
		"one day":       {"2026-04-01", "2026-04-01", nil, nil, trail.Between},
		"moments":       {"2026-04-01 08:30", "2026-04-01 09:00", nil, nil, trail.Between},
		"no end":        {"2026-04-01", "", nil, nil, trail.Between},
		"nothing":       {"", "", nil, nil, trail.AnyTime},
		"turned around": {"2026-04-30", "2026-04-01", nil, trail.ErrOrder, ""},
		"no dates":      {"yesterday", "31.12.", sketch.ErrNoDate, sketch.ErrNoDate, ""},
	} {
		t.Run(name, func(t *testing.T) {
			s := trail.ParseSpan(test.from, test.until, time.UTC)
			if !errors.Is(s.FromErr, test.fromErr) || !errors.Is(s.UntilErr, test.untilErr) {
				t.Fatalf("%v and %v", s.FromErr, s.UntilErr)
			}
			if !s.Valid() {
				return
			}
			f := trail.Filter{}.Within(s)
			if from, until := f.Texts(time.UTC); from != test.from || until != test.until || f.Period != test.period {
				t.Errorf("it is written %q and %q, %q", from, until, f.Period)
			}
		})
	}
}
