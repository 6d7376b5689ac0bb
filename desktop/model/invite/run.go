package invite

import (
	"context"
	"crypto/rand"
	"strings"

	"sightline.example/desktop/async"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// How many rows one request has: many where nothing is changed; few where the
// admin watches how it goes on, and may want to stop it.
const (
	tried   = 500
	invited = 25
)

// CanTry reports whether there are rows to ask about.
func (b *Batch) CanTry() bool {
	return (b.step == Checking || b.step == Done) && len(b.open()) > 0
}

// Try asks the sidecar what it would do with the rows in which nothing is faulty.
func (b *Batch) Try() {
	if b.CanTry() {
		b.begin(Trying, b.open(), tried)
	}
}

// CanInvite reports whether there are rows that can be invited.
func (b *Batch) CanInvite() bool { return b.CanTry() }

// Invite invites all in whose rows nothing is faulty. Those of the others stay to
// be put right.
func (b *Batch) Invite() {
	if b.CanInvite() {
		b.begin(Inviting, b.open(), invited)
	}
}

// Cancel stops what is under way, after the request that is on its way: whoever
// was invited by then is invited.
func (b *Batch) Cancel() {
	if b.busy() {
		b.total = b.chunk // nothing more is begun
		b.OnChange()
	}
}

// open returns the rows of which nobody was invited yet and nothing is faulty.
func (b *Batch) open() (rows []*Row) {
	for _, r := range b.rows {
		if r.State != Faulty && r.State != Invited {
			rows = append(rows, r)
		}
	}
	return rows
}

func (b *Batch) begin(s Step, rows []*Row, size int) {
	b.step, b.err, b.chunk, b.total = s, nil, 0, len(rows)
	b.work = async.NewScope(b.on)
	b.OnChange()
	b.next(rows, size)
}

// next sends a part of the rows, and then the rest.
func (b *Batch) next(rows []*Row, size int) {
	if b.chunk >= b.total || len(rows) == 0 {
		b.end()
		return
	}
	part := rows[:min(size, len(rows))]
	call := b.cfg.Many
	if b.step == Trying {
		call = b.cfg.TryMany
	}
	wanted, terms := api.Invitations{}, client.Terms{IdempotencyKey: b.nameOf(part)}
	for _, r := range part {
		wanted.Invitations = append(wanted.Invitations, r.Wanted)
	}
	b.work.Go(func(ctx context.Context) {
		stored, err := call(ctx, wanted, terms)
		b.work.Main(func() {
			if err != nil {
				b.err = err
				b.end()
				return
			}
			b.take(part, stored.Value.Rows)
			b.next(rows[len(part):], size)
		})
	})
}

// nameOf names a request after its rows: the same rows, sent again because nobody
// knows what became of them, are the same request.
func (b *Batch) nameOf(part []*Row) string {
	if b.step == Trying {
		return rand.Text()
	}
	name := b.names[part[0]]
	if name == "" || !b.sameName(part, name) {
		name = strings.ToLower(rand.Text())
		for _, r := range part {
			b.names[r] = name
		}
	}
	return name
}

// sameName reports whether exactly these rows were sent under the name.
func (b *Batch) sameName(part []*Row, name string) bool {
	n := 0
	for _, other := range b.names {
		if other == name {
			n++
		}
	}
	for _, r := range part {
		if b.names[r] != name {
			return false
		}
	}
	return n == len(part)
}

// take enters what became of rows.
func (b *Batch) take(part []*Row, outcome []api.InvitedRow) {
	good, bad := Fine, Refused
	if b.step == Inviting {
		good, bad = Invited, Failed
	}
	for i, o := range outcome[:min(len(outcome), len(part))] {
		r := part[i]
		r.State, r.Err, r.ID, r.Link = good, nil, o.ID, o.Link
		if o.Error != nil {
			r.State, r.Err = bad, o.Error.Err()
		}
		delete(b.names, r)
	}
	b.chunk += len(part)
	b.total = max(b.total, b.chunk)
	b.OnChange()
}

func (b *Batch) end() {
	b.work.Close()
	finished := b.step == Inviting && b.Count(Waiting)+b.Count(Fine)+b.Count(Refused) == 0
	b.step = Checking
	if finished {
		b.step = Done
	}
	b.OnChange()
}
