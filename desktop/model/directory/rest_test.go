package directory_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/directory"
	"sightline.example/policy"
)

// slow is a dispatcher whose background does what it is given when the test says so.
type slow struct {
	*asynctest.Pump
	work []func(context.Context)
}

func (s *slow) Go(f func(context.Context)) { s.work = append(s.work, f) }

// finish does what was given first.
func (s *slow) finish(t *testing.T) {
	t.Helper()
	f := s.work[0]
	s.work = s.work[1:]
	f(t.Context())
	s.Step()
}

func TestAListIsMadeThoughChangesNeverRest(t *testing.T) {
	on := &slow{Pump: asynctest.New(t)}
	store := model.NewStore(model.StoreConfig{On: on, Empty: true})
	defer store.Close()
	change := func(name string) {
		store.Install(&model.Data{
			Groups: model.NewTable([]*model.Group{{Group: policy.Group{ID: "a", Name: name}}}), Token: name,
		}, model.Link{State: model.LinkLive})
		on.Pass(time.Second)
		on.Step()
	}
	l := directory.NewList(on, store, policy.TypeGroup)
	defer l.Close()
	on.finish(t)
	change("Alpha")
	change("Beta") // before Alpha is listed
	if len(on.work) != 1 {
		t.Fatalf("%d lists are being made", len(on.work))
	}
	on.finish(t)
	if got := lines(l); !slices.Equal(got, []string{"Alpha 0 0 0 0"}) {
		t.Errorf("listed is %q", got)
	}
	on.finish(t)
	if got := lines(l); !slices.Equal(got, []string{"Beta 0 0 0 0"}) {
		t.Errorf("listed is %q", got)
	}
}
