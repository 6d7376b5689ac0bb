package signin

import (
	"context"
	"time"

	"sightline.example/policy"
)

// waitLimit is how long a client who signed in waits for the session to be known.
const waitLimit = time.Second

// Clients lets clients into the portal of this sidecar.
type Clients struct {
	Desk *Desk
	// Wait returns once this sidecar knows of the revision, or with ctx's error.
	Wait func(ctx context.Context, revision int64) error
}

// SignInClient returns the text of a new session, like [Desk.SignInClient].
func (c Clients) SignInClient(ctx context.Context, from, agent, email, password string) (string, error) {
	entered, err := c.Desk.SignInClient(ctx, Try{Email: email, Password: password, Origin: Origin{From: from, Agent: agent}})
	if err != nil {
		return "", err
	}
	c.wait(ctx, entered.Revision)
	return entered.Text, nil
}

// SignOut ends the session of the caller.
func (c Clients) SignOut(ctx context.Context, caller policy.Caller) error {
	done, err := c.Desk.SignOut(ctx, caller)
	if err != nil {
		return err
	}
	c.wait(ctx, done.Revision)
	return nil
}

// Use notes that the session of the caller is in use. It never waits.
func (c Clients) Use(caller policy.Caller) {
	if data, err := c.Desk.data(); err == nil {
		c.Desk.Used(data, caller)
	}
}

// wait makes the next request see what was done, if that takes no longer than a
// moment: it is done either way.
func (c Clients) wait(ctx context.Context, revision int64) {
	ctx, cancel := context.WithTimeout(ctx, waitLimit)
	defer cancel()
	_ = c.Wait(ctx, revision)
}
