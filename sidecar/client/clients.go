package client

import (
	"context"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// ClientQuery says which clients are listed, in what order, and which part of
// the list is wanted. Every field that is set is a condition, and all have to
// hold. The zero ClientQuery lists all clients by id.
type ClientQuery struct {
	// Search has words, each of which some word of the name or of the address
	// begins with, without regard to case and accents. A word with an @ in it has
	// to be a part of the address instead.
	Search        string
	Status        policy.Status    // invited, active, suspended or expired, at the time of asking
	Mode          policy.Mode      // of the scope
	Screencasts   *bool            // the scope has them on, or off
	Group         policy.GroupID   // the scope selects it
	Project       policy.ProjectID // likewise
	Dead          *bool            // the scope has dead references, or none
	Seen          *bool            // the client used the portal, or never did
	SeenBefore    time.Time        // the client did not use the portal from then on
	ExpiresBefore time.Time        // the scope's period has not ended yet, but ends before

	Sort       string // id, name, email, status, mode, seen, changed or created; empty means id
	Descending bool

	After string // the Next of the page before; empty for the first page
	Limit int    // 1 to api.MaxPage; 0 means api.DefaultPage
	Count bool   // tell how many match, too: it may cost a look at every client
	// Counts asks for how much each client sees. Rows whose counts would take long
	// come without; asked again, some more of them have theirs.
	Counts bool
}

// ListClients returns a page of the clients that match. A page goes on where the
// one before ended, however the clients change in between: whoever does not
// change is listed once.
func (c *Client) ListClients(ctx context.Context, q ClientQuery) (Stored[api.ClientPage], error) {
	return call[api.ClientPage](ctx, c, http.MethodGet, api.PathClients+"?"+q.values().Encode(), nil, nil)
}

func (q ClientQuery) values() url.Values {
	v := url.Values{}
	put := func(name, value string) {
		if value != "" {
			v.Set(name, value)
		}
	}
	put(api.ParamSearch, q.Search)
	put(api.ParamStatus, string(q.Status))
	put(api.ParamMode, string(q.Mode))
	put(api.ParamScreencasts, choice(q.Screencasts))
	put(api.ParamGroup, string(q.Group))
	put(api.ParamProject, string(q.Project))
	put(api.ParamDead, choice(q.Dead))
	put(api.ParamSeen, choice(q.Seen))
	put(api.ParamSeenBefore, moment(q.SeenBefore))
	put(api.ParamExpiresBefore, moment(q.ExpiresBefore))
	put(api.ParamSort, q.Sort)
	put(api.ParamAfter, q.After)
	if q.Descending {
		put(api.ParamOrder, api.Descending)
	}
	if q.Limit != 0 {
		put(api.ParamLimit, strconv.Itoa(q.Limit))
	}
	if q.Count {
		put(api.ParamCount, "true")
	}
	if q.Counts {
		put(api.ParamCounts, "true")
	}
	return v
}

func choice(v *bool) string {
	if v == nil {
		return ""
	}
	return strconv.FormatBool(*v)
}

func moment(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.RFC3339Nano)
}
