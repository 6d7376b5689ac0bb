package invite

import (
	"context"
	"fmt"
	"slices"

	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// counting asks how much scopes show: about each once, as many rows have the same,
// and one after the other, as the sidecar has others to answer. It belongs to one
// piece of work at a time.
type counting struct {
	ask   sketch.Ask
	token string
	told  map[string]*api.Sees
}

func newCounting(ask sketch.Ask, d *sketch.Directory) *counting {
	return &counting{ask, d.Token, map[string]*api.Sees{}}
}

// answer is what became of a row.
type answer struct {
	api.InvitedRow
	sees *api.Sees // nil if it is not known
}

// answers returns what became of rows, with how much those would see who would be
// invited; a nil counting leaves that out. After an error those are missing that have
// none.
func (c *counting) answers(ctx context.Context, wanted api.Invitations, told api.InvitedRows) (all []answer, err error) {
	for i, row := range told.Rows[:min(len(told.Rows), len(wanted.Invitations))] {
		a := answer{InvitedRow: row}
		if c != nil && row.Error == nil {
			if a.sees, err = c.of(ctx, wanted.Invitations[i].Scope); err != nil {
				return all, err
			}
		}
		all = append(all, a)
	}
	return all, nil
}

// of returns how much a scope shows, whenever it is in force.
func (c *counting) of(ctx context.Context, s policy.Scope) (*api.Sees, error) {
	asked := policy.Scope{Groups: slices.Sorted(slices.Values(s.Groups)), Projects: slices.Sorted(slices.Values(s.Projects))}
	key := fmt.Sprintf("%q%q", asked.Groups, asked.Projects)
	if c.told[key] == nil {
		p, err := c.ask(ctx, c.token, api.NewPreview{Scope: asked, Limit: 1})
		if err != nil {
			return nil, err
		}
		c.told[key] = &api.Sees{Employees: p.Employees.Count, Projects: p.Projects.Count}
	}
	return c.told[key], nil
}
