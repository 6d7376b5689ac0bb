package roster

import "time"

// window is the time in which nobody's period ends: from since, which is zero if
// it has no beginning, up to but not at till, zero if it has no end.
type window struct{ since, till time.Time }

func (w window) holds(t time.Time) bool {
	return !t.Before(w.since) && (w.till.IsZero() || t.Before(w.till))
}

// settle makes the standings in x those of another time. It costs as much as
// there are periods that end in between.
func (x *index) settle(now time.Time) {
	if x.window.holds(now) {
		return
	}
	first, final := x.settled, now
	if final.Before(first) {
		first, final = final, first
	}
	for _, r := range x.ending(first, final) {
		if standing := place(standings(), r.client.Standing(now)); standing != r.standing {
			next := *r
			next.standing = standing
			x.put(r.id, &next)
		}
	}
	x.settled, x.window = now, x.windowAt(now)
}

// ending returns the rows whose period ends between two times, or at one of them.
func (x *index) ending(first, final time.Time) (rows []*row) {
	for r := range x.until.from(&row{until: first}) {
		if r.until.After(final) {
			break
		}
		rows = append(rows, r)
	}
	return rows
}

// windowAt returns the window that a time is in.
func (x *index) windowAt(now time.Time) (w window) {
	next := &row{until: now.Add(1)} // a period ends at its end, not after it
	for r := range walk(x.until, next, true) {
		w.since = r.until
		break
	}
	for r := range x.until.from(next) {
		w.till = r.until
		break
	}
	return w
}
