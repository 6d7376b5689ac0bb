package contact

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

// tries is how often a change is tried that others keep getting in the way of.
const tries = 5

// Saved is what a save did. Undo takes it.
type Saved struct {
	Client policy.Client // as it is now
	before [fields]string
	after  [fields]string
}

// Changed reports whether the save changed a field.
func (s Saved) Changed(f Field) bool { return s.before[f] != s.after[f] }

// Before returns what a field was before the save.
func (s Saved) Before(f Field) string { return s.before[f] }

// Save saves what was changed, if it can be. Whatever else somebody changes meanwhile
// stays; where it is the same, nothing is saved and the fields have News.
func (m *Edit) Save() {
	if !m.CanSave() {
		return
	}
	w := &work{cfg: m.cfg, known: m.client, revision: m.revision}
	for f := range fields {
		w.before[f], w.after[f] = m.texts[f].base, m.texts[f].wanted()
	}
	m.busy, m.err = true, nil
	m.cfg.On.Go(func(ctx context.Context) {
		err := w.run(ctx)
		m.cfg.On.Main(func() { m.saved(w, err) })
	})
	m.changed()
}

func (m *Edit) saved(w *work, err error) {
	m.busy = false
	if w.revision > m.revision {
		m.stand(w.known, w.revision)
	}
	m.gone = policy.CodeOf(err) == policy.NotFound
	m.err = err
	if policy.CodeOf(err) == policy.Stale && (m.texts[Name].news || m.texts[Email].news) {
		m.err = nil // the fields tell
	}
	if held := m.held; held != nil {
		m.held = nil
		m.Follow(held.client, held.revision)
	}
	m.changed()
	switch {
	case err != nil && m.OnFailed != nil:
		m.OnFailed(err)
	case err == nil && m.OnSaved != nil:
		m.OnSaved(Saved{Client: w.known, before: w.before, after: w.after})
	}
}

// work is a change of a client from before to after, in the background.
type work struct {
	cfg           Config
	known         policy.Client
	revision      int64
	before, after [fields]string
}

// run makes the change. It fails with policy.Stale, and knows the version then, if
// somebody else has changed the same.
func (w *work) run(ctx context.Context) error {
	for try := 1; ; try++ {
		next := w.known
		for f := range fields {
			if w.before[f] != w.after[f] {
				*f.of(&next) = w.after[f]
			}
		}
		if next.Name == w.known.Name && next.Email == w.known.Email { // somebody has done the same
			return nil
		}
		id := string(w.known.ID)
		stored, err := w.cfg.Replace(ctx, id, w.revision, next, client.Terms{Force: true}) // the scope is as it was
		if err == nil {
			w.known, w.revision = stored.Value, stored.Revision
			return nil
		}
		if policy.CodeOf(err) != policy.Stale || try == tries {
			return err
		}
		if err := w.catchUp(ctx, id); err != nil {
			return err
		}
	}
}

// catchUp reads the version that came before the change.
func (w *work) catchUp(ctx context.Context, id string) error {
	fresh, err := w.cfg.Get(ctx, id)
	if err != nil {
		return err
	}
	w.known, w.revision = fresh.Value, fresh.Revision
	for f := range fields {
		now := *f.of(&w.known)
		if w.before[f] != w.after[f] && now != w.before[f] && now != w.after[f] {
			return policy.Errorf(policy.Stale, "the same was changed meanwhile")
		}
	}
	return nil
}

// Undo takes a save back, as a change of its own: what others have changed since
// stays. It fails with policy.Stale if they have changed the same. done is called on
// the UI goroutine, also after the Edit was closed.
func (c Config) Undo(s Saved, done func(error)) {
	w := &work{cfg: c, known: s.Client, before: s.after, after: s.before}
	c.On.Go(func(ctx context.Context) {
		err := w.catchUp(ctx, string(s.Client.ID))
		if err == nil {
			err = w.run(ctx)
		}
		c.On.Main(func() { done(err) })
	})
}
