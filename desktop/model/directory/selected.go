package directory

import (
	"context"

	"sightline.example/desktop/async"
	"sightline.example/desktop/model"
)

// Selected is how many scopes select one of a kind. All clients are looked through
// for it, so after a change that is done in the background.
type Selected struct {
	// OnChange is called when it is another number; nil is not.
	OnChange func()

	n      int
	latest async.Latest[*model.Data, int]
	stop   func()
}

// NewSelected returns the number as it is now, which follows the store until Close.
func NewSelected(on async.Dispatcher, s *model.Store, kind Kind, id string) *Selected {
	m := &Selected{}
	count := func(d *model.Data) int { return len(Selecting(d, kind, id)) }
	m.latest = async.Latest[*model.Data, int]{
		On: on, Install: m.install,
		Work: func(_ context.Context, d *model.Data) (int, error) { return count(d), nil },
	}
	of := s.Data()
	m.n = count(of)
	m.stop = s.Watch(func() {
		if d := s.Data(); d != of {
			of = d
			m.latest.Follow(d)
		}
	})
	return m
}

// Close ends following the store.
func (m *Selected) Close() {
	m.stop()
	m.latest.Cancel()
}

// Count returns how many scopes select it, as far as is known.
func (m *Selected) Count() int { return m.n }

func (m *Selected) install(n int, _ error) {
	if n == m.n {
		return
	}
	m.n = n
	if m.OnChange != nil {
		m.OnChange()
	}
}
