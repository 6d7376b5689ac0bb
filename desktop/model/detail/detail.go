// Package detail is everything there is to know of one client: whom and what the
// client sees, how far the invitation has come, and what can be done about it.
//
// A Detail belongs to the UI goroutine.
package detail

import (
	"context"
	"time"

	"sightline.example/desktop/async"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// Config says how a detail reaches the sidecar. The functions are the methods of
// client.Client: see Calls.
type Config struct {
	On         async.Dispatcher // required, as the three that follow
	Preview    sketch.Ask
	Invitation func(context.Context, policy.SubjectType, string) (client.Stored[api.Invitation], error)
	Send       func(context.Context, policy.SubjectType, string, api.SendInvitation, client.Terms) (client.Stored[api.Invited[string]], error)
	Now        func() time.Time // nil means time.Now
}

// Calls returns a Config that reaches the sidecar by a client.
func Calls(on async.Dispatcher, c *client.Client) Config {
	return Config{On: on, Preview: sketch.AskBy(c), Invitation: c.Invitation, Send: c.SendInvitation}
}

// Detail is what is known of one client. Functions that are nil are not called.
type Detail struct {
	// OnChange is called when anything to be shown has changed.
	OnChange func()

	// Employees, Projects and Groups are those the client sees.
	Employees, Projects, Groups *List
	Invitation                  *Invitation

	cfg     Config
	on      *async.Scope
	client  *model.Client
	told    standing
	gone    bool
	data    *model.Data
	offline bool
	visible sketch.Preview
	latest  async.Latest[looked, api.Preview]
	stale   bool // asked for once more when the answer is there
}

// standing is how the client stands at a time, as it was told last: time alone can
// change it.
type standing struct {
	status policy.Status
	begun  bool
}

// looked is what is looked at, and as of when at least.
type looked struct {
	scope policy.Scope
	token string
}

// settle is how long a change has to rest before what it does is asked for.
const settle = 200 * time.Millisecond

// New returns the detail of a client as the client and the directory are now.
func New(cfg Config, c *model.Client, d *model.Data) *Detail {
	if cfg.Now == nil {
		cfg.Now = time.Now
	}
	m := &Detail{cfg: cfg, on: async.NewScope(cfg.On), client: c, data: d, visible: sketch.Preview{State: sketch.Loading}}
	list := func(of func(*api.Preview) api.Listing) *List {
		return newList(m.on, cfg.Preview, of, m.changed)
	}
	m.Employees = list(func(p *api.Preview) api.Listing { return p.Employees })
	m.Projects = list(func(p *api.Preview) api.Listing { return p.Projects })
	m.Groups = list(func(p *api.Preview) api.Listing { return p.Groups })
	m.Invitation = newInvitation(cfg, m.on, c.ID, m.changed)
	m.latest = async.Latest[looked, api.Preview]{
		On: m.on, Delay: settle, Install: m.saw,
		Work: func(ctx context.Context, at looked) (api.Preview, error) {
			return cfg.Preview(ctx, at.token, api.NewPreview{Scope: at.scope, Limit: api.MaxPage})
		},
	}
	m.told = m.standing()
	m.Look()
	m.Invitation.follow(m.invited())
	return m
}

// Close ends what the detail does in the background.
func (m *Detail) Close() {
	m.latest.Cancel()
	m.on.Close()
}

// Client returns the client, in the last version there was.
func (m *Detail) Client() *model.Client { return m.client }

// Gone reports whether the client was deleted.
func (m *Detail) Gone() bool { return m.gone }

// Now returns the time at which all of it is looked at.
func (m *Detail) Now() time.Time { return m.cfg.Now() }

// Visible returns whom and what the client's stored scope shows, as far as it is
// known: the names of the first of each kind, and how many there are.
func (m *Detail) Visible() sketch.Preview { return m.visible }

// Follow says how the client and the directory are now; a nil client is deleted.
func (m *Detail) Follow(c *model.Client, d *model.Data) {
	same := c == m.client || c == nil
	moved := !d.SameDirectory(m.data)
	m.data = d
	switch {
	case c == nil:
		m.gone = true
		m.latest.Cancel()
	case !same || m.gone:
		moved = moved || m.gone || !scope.Equal(c.Scope, m.client.Scope)
		m.client, m.gone = c, false
	}
	if moved && !m.gone {
		m.Look()
	}
	m.Invitation.follow(m.invited())
	if now := m.standing(); moved || !same || m.gone || now != m.told {
		m.told = now
		m.changed()
	}
}

// SetOffline says whether changes have to wait, and whether there is anybody to
// ask. What could not be had meanwhile is asked for when that is over.
func (m *Detail) SetOffline(offline bool) {
	if offline == m.offline {
		return
	}
	m.offline = offline
	if !offline {
		if m.visible.State == sketch.Failed && !m.gone {
			m.Look()
		}
		m.Invitation.Ask()
	}
	m.changed()
}

func (m *Detail) standing() standing {
	now := m.cfg.Now()
	return standing{m.client.Standing(now), m.client.Scope.Begun(now)}
}

func (m *Detail) invited() bool { return !m.gone && m.client.Status == policy.Invited }

// Look asks what the client sees. What was known stays to be looked at meanwhile.
func (m *Detail) Look() {
	if m.latest.Busy() {
		m.stale = true // begun anew each time, it might never come to an end
		return
	}
	m.visible.State, m.visible.Err = sketch.Loading, nil
	m.latest.Set(looked{m.client.Scope, m.data.Token})
	m.changed()
}

func (m *Detail) saw(p api.Preview, err error) {
	if err != nil {
		m.visible.State, m.visible.Err = sketch.Failed, err
	} else {
		m.visible = sketch.Preview{State: sketch.Ready, Value: &p}
		for _, l := range []*List{m.Employees, m.Projects, m.Groups} {
			l.begin(m.client.Scope, m.data.Token, &p)
		}
	}
	if m.stale && !m.gone {
		m.stale = false
		m.Look()
	}
	m.changed()
}

func (m *Detail) changed() {
	if m.OnChange != nil {
		m.OnChange()
	}
}
