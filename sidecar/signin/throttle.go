package signin

import (
	"context"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/remote"
	"sightline.example/sidecar/store"
)

// How often somebody can fail (OWASP ASVS 5.0, 6.3.1; NIST SP 800-63B-4, section
// 3.2.2). An account is counted by network too, so that whoever guesses makes its
// owner wait only if they share one.
const (
	freeFailures = 5                // of an account from a network, before each costs a wait
	firstWait    = time.Second      // it doubles with each failure
	longestWait  = 15 * time.Minute // up to here
	perMinute    = 20               // tries from an address, whatever the account
	mostFailures = 100              // of an account in a row, from wherever: then its password must be reset
)

// guess is a try that has been counted.
type guess struct {
	pair, account string // the names it is counted under
	last          bool   // no other is taken if it fails
}

// count counts a try as a failure before it is known to be one: of many at once,
// no more are compared than one after the other. It fails with policy.TooMany if
// there were too many already.
func (d *Desk) count(ctx context.Context, of policy.SubjectType, email, from string) (guess, error) {
	g := guess{account: accountName(of, email)}
	g.pair = g.account + " from " + remote.Network(from)
	if err := d.store.Attempt(ctx, "sign in from "+remote.Address(from), d.oneMore); err != nil {
		return g, err
	}
	if err := d.store.Attempt(ctx, g.pair, d.afterWait); err != nil {
		return g, err
	}
	err := d.store.Attempt(ctx, g.account, func(a store.Attempts) (store.Attempts, error) {
		if a.Count >= mostFailures {
			return a, policy.Errorf(policy.TooMany, "there were too many failed tries; the password has to be reset")
		}
		g.last = a.Count+1 == mostFailures
		return d.counted(a), nil
	})
	if err != nil {
		d.takeBack(ctx, g.pair)
	}
	return g, err
}

func accountName(of policy.SubjectType, email string) string {
	return "sign in " + string(of) + " " + policy.CanonicalEmail(email)
}

// oneMore counts within a minute.
func (d *Desk) oneMore(a store.Attempts) (store.Attempts, error) {
	end := a.Since.Add(time.Minute)
	if !d.now().Before(end) {
		a = store.Attempts{}
	}
	if a.Count >= perMinute {
		return a, tooMany(end.Sub(d.now()))
	}
	return d.counted(a), nil
}

// afterWait counts unless it is too early for another try.
func (d *Desk) afterWait(a store.Attempts) (store.Attempts, error) {
	if left := a.Last.Add(wait(a.Count)).Sub(d.now()); left > 0 && a.Count >= freeFailures {
		return a, tooMany(left)
	}
	return d.counted(a), nil
}

func (d *Desk) counted(a store.Attempts) store.Attempts {
	a.Last = d.now().UTC()
	if a.Count == 0 {
		a.Since = a.Last
	}
	a.Count++
	return a
}

// wait returns how long it takes until another try after so many failures.
func wait(failures int) time.Duration {
	w := firstWait
	for range failures - freeFailures {
		if w *= 2; w >= longestWait {
			return longestWait
		}
	}
	return w
}

func tooMany(left time.Duration) error {
	e := policy.Errorf(policy.TooMany, "there were too many failed tries; wait before the next one")
	e.RetryAfter = (left + time.Second - 1).Truncate(time.Second)
	return e
}

// takeBack undoes the count of a try that was not compared.
func (d *Desk) takeBack(ctx context.Context, names ...string) {
	for _, name := range names {
		err := d.store.Attempt(ctx, name, func(a store.Attempts) (store.Attempts, error) {
			a.Count = max(a.Count-1, 0)
			return a, nil
		})
		d.notice(ctx, "take back a counted try", err)
	}
}

// forget sets what a guess was counted under to nothing: it was right.
func (d *Desk) forget(ctx context.Context, g guess) {
	d.notice(ctx, "forget failed tries", d.store.ForgetAttempts(ctx, g.pair))
	d.notice(ctx, "forget failed tries", d.store.ForgetAttempts(ctx, g.account))
}

// ForgetAttempts lets the account with an e-mail address be signed in to again
// after too many failures. It is for whoever has just set another password, and
// harmless where there is nothing to forget.
func (d *Desk) ForgetAttempts(ctx context.Context, of policy.SubjectType, email string) error {
	return d.store.ForgetAttempts(ctx, accountName(of, email))
}

// notice logs what went wrong beside a request that goes well all the same.
func (d *Desk) notice(ctx context.Context, what string, err error) {
	if err != nil && ctx.Err() == nil {
		d.log.WarnContext(ctx, what, "error", err)
	}
}
