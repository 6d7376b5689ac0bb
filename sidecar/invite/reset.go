package invite

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/remote"
	"sightline.example/sidecar/store"
)

// Limits of asking for resets: by address of the account, and by where from.
const (
	resetsPerAccount = policy.MaxSends
	resetsFrom       = 20
)

// Reset asks for the link to set another password. It does the same for every
// address, whether there is such an account or not: that is looked up when the
// letter is about to be sent. It fails with policy.TooMany if it was asked for
// too often.
func (v *Invite) Reset(ctx context.Context, from string, asked api.AskReset) error {
	if asked.Type != policy.SubjectAdmin && asked.Type != policy.SubjectClient {
		return policy.FieldErrorf("type", "must be %s or %s", policy.SubjectAdmin, policy.SubjectClient)
	}
	if err := policy.CheckEmail("email", asked.Email); err != nil {
		return err
	}
	digest := string(policy.DigestOf(policy.CanonicalEmail(asked.Email)))
	// In this order: who may ask no more uses nothing up for others.
	for _, limit := range []struct {
		name string
		most int
	}{
		{"reset/from/" + remote.Address(from), resetsFrom},
		{"reset/" + string(asked.Type) + "/" + digest, resetsPerAccount},
	} {
		if err := v.Store.Attempt(ctx, limit.name, v.count(limit.most)); err != nil {
			return err
		}
	}
	now := v.now()
	letter := store.Letter{ID: newID(), Kind: store.LetterReset, Type: asked.Type, Subject: digest, Created: now, Next: now}
	_, err := v.Store.Touch(ctx, v.Store.Outbox().Create(letter.ID, letter))
	v.Nudge()
	return err
}

// count counts up to a limit a day.
func (v *Invite) count(limit int) func(store.Attempts) (store.Attempts, error) {
	return func(a store.Attempts) (store.Attempts, error) {
		now := v.now()
		if now.Sub(a.Since) >= day {
			a = store.Attempts{Since: now}
		}
		if a.Count >= limit {
			return a, policy.Errorf(policy.TooMany, "this was asked for too often; try again tomorrow")
		}
		a.Count++
		a.Last = now
		return a, nil
	}
}
