package httpd

import (
	"sync"

	"sightline.example/policy"
)

// The most streams at once: of one caller, and of all.
const (
	maxStreamsOf = 16
	maxStreams   = 1_000
)

// streams counts those under way. The zero streams has none.
type streams struct {
	mu  sync.Mutex
	all int
	of  map[subject]int
}

// subject is who has streams.
type subject struct {
	subjectType policy.SubjectType
	id          string
}

// enter counts one more stream of the caller, until leave is called.
func (s *streams) enter(caller policy.Caller) (leave func(), err error) {
	who := subject{caller.Type, caller.ID}
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.of[who] >= maxStreamsOf:
		return nil, policy.Errorf(policy.TooMany, "you have %d streams of events; that is the limit", maxStreamsOf)
	case s.all >= maxStreams:
		return nil, policy.Errorf(policy.TooMany, "there are %d streams of events; that is the limit", maxStreams)
	}
	if s.of == nil {
		s.of = map[subject]int{}
	}
	s.of[who]++
	s.all++
	return func() { s.leave(who) }, nil
}

func (s *streams) leave(who subject) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.all--
	if s.of[who]--; s.of[who] == 0 {
		delete(s.of, who)
	}
}
