package table

import (
	"cmp"
	"fmt"
	"slices"

	"sightline.example/policy"
)

// Report is what there is to say about files that were read.
type Report struct {
	Faults       []policy.Fault // what is wrong
	MoreFaults   int            // how many there are besides
	Warnings     []policy.Fault // what was passed over
	MoreWarnings int            // how many there are besides
}

// Err returns nil if nothing is wrong, else an Invalid policy.Error with the
// faults.
func (r *Report) Err() error {
	if len(r.Faults) == 0 {
		return nil
	}
	e := policy.Errorf(policy.Invalid, "the tables have %s; nothing was done", count(len(r.Faults)+r.MoreFaults, "fault"))
	e.Faults, e.More = r.Faults, r.MoreFaults
	return e
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

func (r *Report) fault(f policy.Fault) { note(&r.Faults, &r.MoreFaults, f) }

func (r *Report) warn(f policy.Fault) { note(&r.Warnings, &r.MoreWarnings, f) }

func (r *Report) add(more Report) {
	for _, f := range more.Faults {
		r.fault(f)
	}
	for _, f := range more.Warnings {
		r.warn(f)
	}
	r.MoreFaults += more.MoreFaults
	r.MoreWarnings += more.MoreWarnings
}

// sort puts what is listed in the order of the tables and their rows.
func (r *Report) sort() {
	tables := []string{Employees, Groups, Projects, Memberships}
	for _, list := range [][]policy.Fault{r.Faults, r.Warnings} {
		slices.SortStableFunc(list, func(a, b policy.Fault) int {
			return cmp.Or(cmp.Compare(slices.Index(tables, a.Table), slices.Index(tables, b.Table)), cmp.Compare(a.Row, b.Row))
		})
	}
}

func note(list *[]policy.Fault, more *int, f policy.Fault) {
	if len(*list) == MaxFaults {
		*more++
		return
	}
	*list = append(*list, f)
}

// quote returns what a cell says as part of a message, cut if it is long.
func quote(text string) string {
	const limit = 60
	runes := []rune(text)
	if len(runes) > limit {
		return fmt.Sprintf("%q...", string(runes[:limit]))
	}
	return fmt.Sprintf("%q", text)
}
