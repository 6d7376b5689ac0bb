package model

import (
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

func TestAnEventThatWasReadAlreadyIsPassedOver(t *testing.T) {
	d := &Data{Clients: NewTable([]*Client{NewClient(policy.Client{ID: "acme", Name: "Acme", Status: policy.Suspended}, 7)})}
	event := func(revision int64) []api.Event {
		return []api.Event{{
			Revision: revision, Kind: policy.KindClients, ID: "acme", Name: "Acme", Action: api.EventChanged,
			Changes: api.Changes{Status: &api.Turn[policy.Status]{From: policy.Suspended, To: policy.Active}},
		}}
	}
	if got := d.after(event(7)).Clients.Find("acme").Status; got != policy.Suspended {
		t.Errorf("an event of the same revision made it %s", got)
	}
	if got := d.after(event(8)).Clients.Find("acme").Status; got != policy.Active {
		t.Errorf("a later event left it %s", got)
	}
}

func TestAChangeOfWhatIsNotThereIsPassedOver(t *testing.T) {
	d := (&Data{}).after([]api.Event{{Revision: 3, Kind: policy.KindClients, ID: "gone", Action: api.EventChanged}})
	if d.Clients.Len() != 0 || d.Revision != 3 {
		t.Errorf("%d clients at revision %d", d.Clients.Len(), d.Revision)
	}
}

func TestSeveralEventsOfARevisionAreAppliedInTheirOrder(t *testing.T) {
	d := &Data{Groups: NewTable([]*Group{{Group: policy.Group{ID: "b", Name: "B"}, Revision: 1}, {Group: policy.Group{ID: "d", Name: "D"}, Revision: 1}})}
	next := d.after([]api.Event{
		{Revision: 2, Kind: policy.KindGroups, ID: "a", Name: "A", Action: api.EventAdded},
		{Revision: 2, Kind: policy.KindGroups, ID: "b", Action: api.EventRemoved},
		{Revision: 2, Kind: policy.KindGroups, ID: "c", Name: "C", Action: api.EventAdded},
		{Revision: 2, Kind: policy.KindGroups, ID: "d", Name: "Dd", Action: api.EventChanged},
		{Revision: 2, Kind: policy.KindProjects, ID: "e", Name: "E", Action: api.EventAdded},
	})
	var names string
	for _, g := range next.Groups.All() {
		names += g.Name + " "
	}
	if names != "A C Dd " || next.Projects.Find("e") == nil || d.Groups.Len() != 2 {
		t.Errorf("the groups are %s", names)
	}
}

func TestCountsOfDataReadBeforeAreForgotten(t *testing.T) {
	s := &Store{data: &Data{read: 1}}
	k := newCounts(s)
	c := NewClient(policy.Client{ID: "acme", Name: "Acme"}, 1)
	told := api.Counted{Counts: map[policy.ClientID]api.Sees{"acme": {Employees: 2}}, Revision: 9}
	k.forget()
	k.install(1, []policy.ClientID{"acme"}, told)
	if sees, current := k.Of(c); sees == nil || !current {
		t.Fatal("nothing was installed")
	}
	s.data = &Data{read: 2}
	if sees, _ := k.Of(c); sees != nil {
		t.Errorf("after everything was read anew: %+v", sees)
	}
	k.install(1, []policy.ClientID{"acme"}, told) // asked for before
	if sees, _ := k.Of(c); sees != nil {
		t.Errorf("after a late answer: %+v", sees)
	}
}
