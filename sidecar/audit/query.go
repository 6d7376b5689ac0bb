package audit

import (
	"encoding/json"
	"strings"
	"time"

	"sightline.example/policy"
)

// Query says which records are wanted, in what order and from where on. Every
// field that is set is a condition, and all have to hold. The zero Query wants
// all, the oldest first.
type Query struct {
	ActorType policy.SubjectType
	Actor     string // the id of who did it
	Action    string
	Kind      string
	ID        string    // of what it was done to
	From      time.Time // not before
	Until     time.Time // before
	// Text is a part of something that the record tells, without regard to case:
	// of a name, an id, a detail, or a value before or after.
	Text string

	Descending bool   // the newest first
	After      uint64 // the number to go on after, in that order; 0 begins
	Limit      int    // how many at most
}

// MaxText is the longest [Query.Text], in bytes.
const MaxText = 200

// Check reports what is wrong with a query.
func (q Query) Check() error {
	switch q.ActorType {
	case "", policy.SubjectKey, policy.SubjectAdmin, policy.SubjectClient, policy.SubjectSystem:
	default:
		return policy.FieldErrorf("actor_type", "must be %s, %s, %s or %s",
			policy.SubjectKey, policy.SubjectAdmin, policy.SubjectClient, policy.SubjectSystem)
	}
	if len(q.Text) > MaxText {
		return policy.FieldErrorf("text", "is longer than %d bytes", MaxText)
	}
	if !q.From.IsZero() && !q.Until.IsZero() && !q.From.Before(q.Until) {
		return policy.FieldErrorf("until", "is not after from")
	}
	return nil
}

// Holds reports whether all conditions hold of a record, which has been opened.
func (q Query) Holds(r Record) bool {
	is := func(wanted, got string) bool { return wanted == "" || wanted == got }
	return is(string(q.ActorType), string(r.Actor.Type)) &&
		is(q.Actor, r.Actor.ID) && is(q.Action, r.Action) && is(q.Kind, r.Kind) && is(q.ID, r.ID) &&
		!r.At.Before(q.From) && (q.Until.IsZero() || r.At.Before(q.Until)) &&
		(q.Text == "" || r.tells(strings.ToLower(q.Text)))
}

// skew is how far the clocks of sidecars may be apart.
const skew = time.Hour

// Over reports whether no record can match that comes after r: their times are
// past the period. It takes the clocks of all sidecars to be within an hour.
func (q Query) Over(r Record) bool {
	if q.Descending {
		return r.At.Before(q.From.Add(-skew))
	}
	return !q.Until.IsZero() && r.At.After(q.Until.Add(skew))
}

// tells reports whether a text, in small letters, is in what the record shows.
func (r Record) tells(text string) bool {
	for _, shown := range []string{r.Actor.Name, r.Actor.ID, r.Actor.From, r.Action, r.Kind, r.ID, r.Detail} {
		if strings.Contains(strings.ToLower(shown), text) {
			return true
		}
	}
	for _, shown := range []json.RawMessage{r.Before, r.After} {
		if mentions(shown, text) {
			return true
		}
	}
	return r.Personal != nil && mentions(r.Personal.Data, text)
}

// mentions reports whether a text is in one of the strings of a JSON text.
func mentions(shown json.RawMessage, text string) bool {
	var value any
	if len(shown) == 0 || json.Unmarshal(shown, &value) != nil {
		return false
	}
	return within(value, text)
}

func within(value any, text string) bool {
	switch v := value.(type) {
	case string:
		return strings.Contains(strings.ToLower(v), text)
	case []any:
		for _, element := range v {
			if within(element, text) {
				return true
			}
		}
	case map[string]any:
		for _, member := range v {
			if within(member, text) {
				return true
			}
		}
	}
	return false
}
