package invite

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"

	"sightline.example/desktop/async"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// How many rows one request has: many where nothing is changed; few where the
// admin watches how it goes on, and may want to stop it.
const (
	tried   = 100
	invited = 25
)

// CanTry reports whether there are rows to ask about, and can be asked now.
func (b *Batch) CanTry() bool {
	return (b.step == Checking || b.step == Done) && !b.offline && slices.ContainsFunc(b.rows, (*Row).open)
}

// Try asks the sidecar what it would do with the rows in which nothing is faulty, and
// how much those would see whom it would invite.
func (b *Batch) Try() {
	if b.CanTry() {
		b.counting = newCounting(b.cfg.Preview, b.directory)
		b.begin(Trying, tried)
	}
}

// CanInvite reports whether there are rows that can be invited now.
func (b *Batch) CanInvite() bool { return b.CanTry() }

// Invite invites all in whose rows nothing is faulty. Those of the others stay to
// be put right.
func (b *Batch) Invite() {
	if b.CanInvite() {
		b.begin(Inviting, invited)
	}
}

// Cancel stops what is under way: asking at once, and inviting after the request that
// is on its way. Whoever was invited by then is invited.
func (b *Batch) Cancel() {
	switch b.step {
	case Trying:
		b.end()
	case Inviting:
		b.total = b.chunk // nothing more is begun
		b.OnChange()
	}
}

// open reports whether nobody was invited yet of the row and nothing is faulty.
func (r *Row) open() bool { return r.State != Faulty && r.State != Invited }

func (b *Batch) begin(s Step, size int) {
	var rows []int
	for i, r := range b.rows {
		if r.open() {
			rows = append(rows, i)
		}
	}
	b.step, b.err, b.chunk, b.total = s, nil, 0, len(rows)
	b.work = async.NewScope(b.on)
	b.OnChange()
	b.next(rows, size)
}

// next sends a part of the rows, and then the rest.
func (b *Batch) next(rows []int, size int) {
	if !b.busy() { // it was stopped
		return
	}
	if b.chunk >= b.total || len(rows) == 0 {
		b.end()
		return
	}
	part := rows[:min(size, len(rows))]
	many, count := b.cfg.Many, (*counting)(nil)
	if b.step == Trying {
		many, count = b.cfg.TryMany, b.counting
	}
	wanted, terms := api.Invitations{}, client.Terms{IdempotencyKey: b.nameOf(part)}
	for _, i := range part {
		wanted.Invitations = append(wanted.Invitations, b.rows[i].Wanted)
	}
	b.work.Go(func(ctx context.Context) {
		var told []answer
		stored, err := many(ctx, wanted, terms)
		if err == nil {
			told, err = count.answers(ctx, wanted, stored.Value)
		}
		b.work.Main(func() {
			b.take(part, told)
			if err != nil {
				b.err, b.broke = err, b.step
				b.end()
				return
			}
			b.next(rows[len(part):], size)
		})
	})
}

// amend puts a row with a difference in the place of one.
func (b *Batch) amend(i int, change func(*Row)) {
	next := *b.rows[i]
	change(&next)
	b.rows[i] = &next
}

// nameOf names a request after its rows: the same rows, sent again because nobody
// knows what became of them, are the same request.
func (b *Batch) nameOf(part []int) string {
	if b.step == Trying {
		return rand.Text()
	}
	name := b.rows[part[0]].sent
	if name == "" || !b.sameName(part, name) {
		name = strings.ToLower(rand.Text())
		for _, i := range part {
			b.amend(i, func(r *Row) { r.sent = name })
		}
	}
	return name
}

// sameName reports whether exactly these rows were sent under the name.
func (b *Batch) sameName(part []int, name string) bool {
	n := 0
	for _, r := range b.rows {
		if r.sent == name {
			n++
		}
	}
	for _, i := range part {
		if b.rows[i].sent != name {
			return false
		}
	}
	return n == len(part)
}

// take enters what became of rows.
func (b *Batch) take(part []int, told []answer) {
	good, bad := Fine, Refused
	if b.step == Inviting {
		good, bad = Invited, Failed
	}
	for n, o := range told {
		b.amend(part[n], func(r *Row) {
			r.State, r.Err, r.ID, r.Link = good, nil, o.ID, o.Link
			if o.Error != nil {
				r.State, r.Err = bad, o.Error.Err()
			}
			if b.step == Inviting {
				r.sent = ""
			} else {
				r.Sees = o.sees
			}
		})
	}
	b.chunk += len(told)
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
	if b.again {
		b.check()
	}
	b.OnChange()
}
