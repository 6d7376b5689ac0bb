package audit_test

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/audit"
)

// noon is when the record of the tests here was made.
var noon = time.Date(2026, 1, 2, 12, 0, 0, 0, time.UTC)

func renamed() audit.Record {
	return audit.Record{Seq: 7, Entry: audit.Entry{
		At:     noon,
		Actor:  audit.Actor{Type: policy.SubjectAdmin, ID: "a-1", Name: "Olive Ø", From: "192.0.2.7"},
		Action: "replace", Kind: "clients", ID: "acme", Detail: "setup 12",
		Before:   json.RawMessage(`{"name":"Acme <Ltd>","scope":{"groups":["design"]}}`),
		After:    json.RawMessage(`{"name":"Bolt","scope":{"groups":["print"]}}`),
		Personal: &audit.Personal{Person: "acme", Data: json.RawMessage(`"Kite"`)},
	}}
}

func TestQueriesHold(t *testing.T) {
	for name, q := range map[string]audit.Query{
		"nothing":         {},
		"all":             {ActorType: "admin", Actor: "a-1", Action: "replace", Kind: "clients", ID: "acme", From: noon, Until: noon.Add(1), Text: "bolt"},
		"actor's name":    {Text: "olive ø"},
		"where from":      {Text: "192.0.2."},
		"detail":          {Text: "SETUP 1"},
		"before":          {Text: "acme <"},
		"in a list":       {Text: "prin"},
		"id":              {Text: "acm"},
		"what else":       {Text: "kite"},
		"the first time":  {From: noon},
		"the last moment": {Until: noon.Add(time.Nanosecond)},
	} {
		if !q.Holds(renamed()) {
			t.Errorf("%s: it does not hold", name)
		}
	}
}

func TestQueriesDoNotHold(t *testing.T) {
	for name, q := range map[string]audit.Query{
		"actor's type":    {ActorType: "key"},
		"actor":           {Actor: "a"},
		"action":          {Action: "create"},
		"kind":            {Kind: "client"},
		"id":              {ID: "acm"},
		"later":           {From: noon.Add(time.Nanosecond)},
		"earlier":         {Until: noon},
		"text":            {Text: "zephyr"},
		"a member's name": {Text: "groups"},
		"one of them":     {Kind: "clients", Action: "delete"},
	} {
		if q.Holds(renamed()) {
			t.Errorf("%s: it holds", name)
		}
	}
}

// TestQueriesAreOver ends a search where no record can match any more, as far as
// clocks can be trusted.
func TestQueriesAreOver(t *testing.T) {
	hour := time.Hour
	for _, c := range []struct {
		name string
		q    audit.Query
		want bool
	}{
		{"no period", audit.Query{}, false},
		{"no period, newest first", audit.Query{Descending: true}, false},
		{"an hour after the end", audit.Query{Until: noon.Add(-hour)}, false},
		{"longer after the end", audit.Query{Until: noon.Add(-hour - 1)}, true},
		{"longer before the beginning", audit.Query{From: noon.Add(2 * hour)}, false},
		{"an hour before the beginning, newest first", audit.Query{From: noon.Add(hour), Descending: true}, false},
		{"longer before the beginning, newest first", audit.Query{From: noon.Add(hour + 1), Descending: true}, true},
		{"longer after the end, newest first", audit.Query{Until: noon.Add(-2 * hour), Descending: true}, false},
	} {
		if got := c.q.Over(renamed()); got != c.want {
			t.Errorf("%s: got %t, want %t", c.name, got, c.want)
		}
	}
}

func TestQueriesThatMakeNoSenseAreRefused(t *testing.T) {
	for field, q := range map[string]audit.Query{
		"actor_type": {ActorType: "robot"},
		"text":       {Text: strings.Repeat("x", 201)},
		"until":      {From: noon, Until: noon},
	} {
		e, ok := q.Check().(*policy.Error)
		if !ok || e.Code != policy.Invalid || e.Field != field {
			t.Errorf("%s: got %v", field, e)
		}
	}
	if err := (audit.Query{ActorType: "system", Text: strings.Repeat("x", 200), From: noon, Until: noon.Add(1)}).Check(); err != nil {
		t.Error(err)
	}
}
