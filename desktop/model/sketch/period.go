package sketch

import (
	"errors"
	"strings"
	"time"
)

// dayForm and momentForm are how admins write times.
const (
	dayForm    = "2006-01-02"
	momentForm = "2006-01-02 15:04"
)

// ErrNoDate is what is wrong with a text that is neither a day nor a moment.
var ErrNoDate = errors.New("neither a day nor a moment")

// Date is a time of a period, as an admin writes it: a day, such as 2026-04-01, or
// a moment, such as 2026-04-01 18:30. An empty text is no time.
type Date struct {
	Text string
	Err  error // ErrNoDate, or nil
}

// ParseFrom reads the first day or moment of a period: a day begins at midnight.
func ParseFrom(text string, zone *time.Location) (*time.Time, error) { return parse(text, zone, 0) }

// ParseUntil reads the last day or moment of a period: a day is a part of it to
// the end.
func ParseUntil(text string, zone *time.Location) (*time.Time, error) { return parse(text, zone, 1) }

func parse(text string, zone *time.Location, days int) (*time.Time, error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return nil, nil
	}
	if t, err := time.ParseInLocation(dayForm, text, zone); err == nil {
		return new(t.AddDate(0, 0, days)), nil
	}
	if t, err := time.ParseInLocation(momentForm, text, zone); err == nil {
		return &t, nil
	}
	return nil, ErrNoDate
}

// FormatFrom writes a time in the form that ParseFrom reads.
func FormatFrom(t *time.Time, zone *time.Location) string { return format(t, zone, 0) }

// FormatUntil writes a time in the form that ParseUntil reads.
func FormatUntil(t *time.Time, zone *time.Location) string { return format(t, zone, -1) }

func format(t *time.Time, zone *time.Location, days int) string {
	if t == nil {
		return ""
	}
	local := t.In(zone)
	if local.Equal(time.Date(local.Year(), local.Month(), local.Day(), 0, 0, 0, 0, zone)) {
		return local.AddDate(0, 0, days).Format(dayForm)
	}
	return local.Format(momentForm)
}
