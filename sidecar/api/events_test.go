package api_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

func TestEventOnTheWire(t *testing.T) {
	at := time.Date(2026, 3, 1, 8, 0, 0, 0, time.UTC)
	until := at.AddDate(0, 1, 0)
	for name, c := range map[string]struct {
		event api.Event
		want  string
	}{
		"all there can be": {
			api.Event{
				Revision: 17, Kind: policy.KindClients, ID: "acme", Action: api.EventChanged, Name: "Acme Ltd", By: "Ann", At: at,
				Changes: api.Changes{
					Name:        &api.Turn[string]{From: "Acme", To: "Acme Ltd"},
					Email:       &api.Turn[string]{From: "a@example.com", To: "b@example.com"},
					Status:      &api.Turn[policy.Status]{From: policy.Active, To: policy.Suspended},
					Groups:      api.Membership{Gained: []api.Ref{{ID: "design", Name: "Design"}}, Lost: []api.Ref{{ID: "gone"}}},
					Projects:    api.Membership{Gained: []api.Ref{{ID: "site", Name: "Site"}}},
					Screencasts: &api.Turn[bool]{From: true, To: false},
					Period:      &api.Turn[api.Period]{From: api.Period{Until: &until}, To: api.Period{From: &at}},
				},
			},
			`{"revision":17,"kind":"clients","id":"acme","action":"changed","name":"Acme Ltd","by":"Ann","at":"2026-03-01T08:00:00Z","changes":{` +
				`"name":{"from":"Acme","to":"Acme Ltd"},"email":{"from":"a@example.com","to":"b@example.com"},"status":{"from":"active","to":"suspended"},` +
				`"groups":{"gained":[{"id":"design","name":"Design"}],"lost":[{"id":"gone"}]},"projects":{"gained":[{"id":"site","name":"Site"}]},` +
				`"screencasts":{"from":true,"to":false},"period":{"from":{"until":"2026-04-01T08:00:00Z"},"to":{"from":"2026-03-01T08:00:00Z"}}}}`,
		},
		"removed": {
			api.Event{Revision: 18, Kind: policy.KindGroups, ID: "design", Action: api.EventRemoved, Name: "Design"},
			`{"revision":18,"kind":"groups","id":"design","action":"removed","name":"Design"}`,
		},
		"unreadable": {
			api.Event{Revision: 19, Kind: policy.KindClients, ID: "acme", Action: api.EventRemoved, Unreadable: true},
			`{"revision":19,"kind":"clients","id":"acme","action":"removed","unreadable":true}`,
		},
		"written as it was": {
			api.Event{Revision: 20, Kind: policy.KindClients, ID: "acme", Action: api.EventChanged, Name: "Acme"},
			`{"revision":20,"kind":"clients","id":"acme","action":"changed","name":"Acme"}`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			text, err := json.Marshal(c.event)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.want, string(text)); diff != "" {
				t.Error(diff)
			}
			var back api.Event
			if err := json.Unmarshal(text, &back); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(c.event, back); diff != "" {
				t.Error(diff)
			}
		})
	}
}
