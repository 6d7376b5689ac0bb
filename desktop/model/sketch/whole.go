package sketch

import (
	"context"

	"sightline.example/sidecar/api"
)

// Whole tells all names of what the scope would show, of which Preview has the first
// only: as many of each list as the sidecar names at once. It tells what is known
// already at once if that is all.
func (s *Sketch) Whole(told func(Preview)) {
	if p := s.Preview(); p.State == Ready && complete(p.Value) {
		told(p)
		return
	}
	asked := s.question()
	asked.Limit = api.MaxPage
	s.cfg.On.Go(func(ctx context.Context) {
		ctx, cancel := context.WithTimeout(ctx, patient)
		defer cancel()
		p, err := s.cfg.Preview(ctx, asked.token, asked.NewPreview)
		s.cfg.On.Main(func() {
			if err != nil {
				told(Preview{State: Failed, Err: err})
			} else {
				told(Preview{State: Ready, Value: &p})
			}
		})
	})
}

// complete reports whether all names are there.
func complete(p *api.Preview) bool {
	all := []api.Listing{p.Employees, p.Projects, p.Groups}
	if p.Against != nil {
		for _, side := range []api.Edges{p.Against.Gained, p.Against.Lost} {
			all = append(all, side.Employees, side.Projects, side.Groups)
		}
	}
	for _, l := range all {
		if len(l.Items) < l.Count {
			return false
		}
	}
	return true
}
