package directory

import (
	"context"
	"slices"

	"github.com/google/uuid"

	"sightline.example/desktop/async"
	"sightline.example/desktop/model"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// MaxLosses is of how many clients it is found out what each would lose; of more,
// it is known how many there are.
const MaxLosses = 50

// Loss is what one client would lose by a deletion.
type Loss struct {
	Client policy.ClientID
	Name   string
	// Selected tells that the scope selects what is deleted: that stays in it as a
	// dead reference. What is lost is counted then; else it is the deleted thing
	// alone.
	Selected                    bool
	Employees, Projects, Groups int
}

// Losses is what a deletion would take from whom.
type Losses struct {
	First []Loss // whose scopes select it before the others, by id; at most MaxLosses
	Rest  []Loss // the others, of whom it is not known how much they lose
}

// Count returns how many clients lose something, or have it in their scope.
func (l Losses) Count() int { return len(l.First) + len(l.Rest) }

// Equal reports whether a deletion would take the same from the same clients.
func (l Losses) Equal(m Losses) bool {
	return slices.Equal(l.First, m.First) && slices.Equal(l.Rest, m.Rest)
}

// FindLosses finds out what the deletion of one of a kind would take from whom,
// and hands it to done.
func FindLosses(on async.Dispatcher, s *model.Store, c *client.Client, kind Kind, id string, done func(Losses, error)) {
	selecting := Selecting(s.Data(), kind, id)
	c = c.AtLeast(s.Data().Token)
	on.Go(func(ctx context.Context) {
		found, err := losses(ctx, c, selecting, kind, id)
		on.Main(func() { done(found, err) })
	})
}

// losses asks who can see it, and, of those whose scopes select it, what they see
// with a dead reference in its place.
func losses(ctx context.Context, c *client.Client, selecting []*model.Client, kind Kind, id string) (Losses, error) {
	scopes := map[policy.ClientID]policy.Scope{}
	var all []Loss
	for _, one := range selecting {
		scopes[one.ID] = one.Scope
		all = append(all, Loss{Client: one.ID, Name: one.Name, Selected: true})
	}
	for after := policy.ClientID(""); ; {
		page, err := c.Review(ctx, kind, id, after, api.MaxPage)
		if err != nil {
			return Losses{}, err
		}
		for _, one := range page.Clients {
			if _, selects := scopes[one.ID]; !selects {
				all = append(all, Loss{Client: one.ID, Name: one.Name})
			}
		}
		if after = page.Next; after == "" {
			break
		}
	}
	most := min(len(all), MaxLosses)
	out := Losses{First: all[:most], Rest: all[most:]}
	dead := uuid.NewString() // which nothing has
	for i := range out.First {
		l := &out.First[i]
		if !l.Selected {
			continue
		}
		p, err := c.Preview(ctx, api.NewPreview{Client: l.Client, Scope: without(scopes[l.Client], kind, id, dead), Limit: 1})
		if err != nil {
			return Losses{}, err
		}
		lost := p.Against.Lost
		l.Employees, l.Projects, l.Groups = lost.Employees.Count, lost.Projects.Count, lost.Groups.Count
	}
	return out, nil
}

// without returns a scope that selects what is dead in the place of something.
func without(s policy.Scope, kind Kind, id, dead string) policy.Scope {
	if kind == policy.TypeGroup {
		s.Groups = swapped(s.Groups, policy.GroupID(id), policy.GroupID(dead))
	} else {
		s.Projects = swapped(s.Projects, policy.ProjectID(id), policy.ProjectID(dead))
	}
	return s
}

func swapped[ID ~string](ids []ID, from, to ID) []ID {
	next := slices.Clone(ids)
	if i := slices.Index(next, from); i >= 0 {
		next[i] = to
	}
	return next
}

// Delete deletes one of a kind for good, as the store has it now, and hands done
// what became of it. Where the sidecar has another version, it fails with
// policy.Stale.
func Delete(on async.Dispatcher, s *model.Store, c *client.Client, kind Kind, id string, done func(error)) {
	now, exists := valueOf(s.Data(), kind, id)
	if !exists {
		done(&policy.Error{Code: policy.NotFound})
		return
	}
	on.Go(func(ctx context.Context) {
		err := remove(ctx, c, kind, id, now.revision)
		on.Main(func() { done(err) })
	})
}

func remove(ctx context.Context, c *client.Client, kind Kind, id string, revision int64) (err error) {
	switch kind {
	case policy.TypeEmployee:
		_, err = c.Employees().Delete(ctx, id, revision, client.Terms{})
	case policy.TypeProject:
		_, err = c.Projects().Delete(ctx, id, revision, client.Terms{})
	default:
		_, err = c.Groups().Delete(ctx, id, revision, client.Terms{})
	}
	return err
}
