package trail

import (
	"errors"
	"time"

	"sightline.example/desktop/model/sketch"
)

// Period says of when records are shown.
type Period string

// The periods. Those that are the last of something end now.
const (
	AnyTime   Period = ""
	LastDay   Period = "day"
	LastWeek  Period = "week"
	LastMonth Period = "month"
	Between   Period = "between" // the days of a Span
)

// Periods returns all of them, to filter by.
func Periods() []Period { return []Period{AnyTime, LastDay, LastWeek, LastMonth, Between} }

// During returns the filter for the last of something, or for any time.
func (f Filter) During(p Period, now time.Time) Filter {
	f.Period, f.From, f.Until = p, time.Time{}, time.Time{}
	switch p {
	case LastDay:
		f.From = now.Add(-24 * time.Hour)
	case LastWeek:
		f.From = now.AddDate(0, 0, -7)
	case LastMonth:
		f.From = now.AddDate(0, 0, -30)
	}
	return f
}

// Within returns the filter for a span, which is valid.
func (f Filter) Within(s Span) Filter {
	f.Period, f.From, f.Until = Between, s.From, s.Until
	if s.From.IsZero() && s.Until.IsZero() {
		f.Period = AnyTime
	}
	return f
}

// ErrOrder is what is wrong with a span that ends before it begins.
var ErrOrder = errors.New("ends before it begins")

// Span is the time between two days or moments. A zero time is without a beginning,
// or without an end.
type Span struct {
	From, Until time.Time
	// FromErr and UntilErr are what is wrong with the texts the span was read from:
	// sketch.ErrNoDate or ErrOrder.
	FromErr, UntilErr error
}

// ParseSpan reads a span: from the first day on, to the end of the last one.
func ParseSpan(from, until string, zone *time.Location) (s Span) {
	first, err := sketch.ParseFrom(from, zone)
	s.From, s.FromErr = timeOf(first), err
	last, err := sketch.ParseUntil(until, zone)
	s.Until, s.UntilErr = timeOf(last), err
	if s.Valid() && !s.From.IsZero() && !s.Until.IsZero() && !s.From.Before(s.Until) {
		s.UntilErr = ErrOrder
	}
	return s
}

// Valid reports whether the span can be filtered by.
func (s Span) Valid() bool { return s.FromErr == nil && s.UntilErr == nil }

// Texts returns what ParseSpan reads the span of a filter from.
func (f Filter) Texts(zone *time.Location) (from, until string) {
	return sketch.FormatFrom(optional(f.From), zone), sketch.FormatUntil(optional(f.Until), zone)
}

func timeOf(t *time.Time) time.Time {
	if t == nil {
		return time.Time{}
	}
	return *t
}

func optional(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	return &t
}
