package httpd

import (
	"context"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/roster"
)

// listClients answers a page of the clients that are asked for.
func (d *door) listClients(ctx context.Context, in *call) (reply[api.ClientPage], error) {
	q, err := in.roster()
	if err != nil {
		return reply[api.ClientPage]{}, err
	}
	counts, err := in.flag(api.ParamCounts)
	if err != nil {
		return reply[api.ClientPage]{}, err
	}
	page, err := d.Roster.List(ctx, callerOf(ctx), q)
	if err == nil && counts {
		err = d.count(ctx, page.Items)
	}
	return reply[api.ClientPage]{body: page.ClientPage, revision: page.Revision}, err
}

// count adds to rows how much their clients see.
func (d *door) count(ctx context.Context, rows []api.ClientRow) error {
	if d.Insight == nil {
		return nil
	}
	ids := make([]policy.ClientID, len(rows))
	for i, row := range rows {
		ids[i] = row.Value.ID
	}
	counts, err := d.Insight.Counts(ctx, callerOf(ctx), ids)
	if err != nil {
		return err
	}
	for i, id := range ids {
		if sees, ok := counts.Counts[id]; ok {
			rows[i].Sees = &sees
		}
	}
	return nil
}

// roster returns which clients are asked for.
func (c *call) roster() (q roster.Query, err error) {
	q = roster.Query{
		Search:  c.gin.Query(api.ParamSearch),
		Status:  policy.Status(c.gin.Query(api.ParamStatus)),
		Mode:    policy.Mode(c.gin.Query(api.ParamMode)),
		Group:   policy.GroupID(c.gin.Query(api.ParamGroup)),
		Project: policy.ProjectID(c.gin.Query(api.ParamProject)),
		Sort:    roster.Sort(c.gin.Query(api.ParamSort)),
		After:   c.gin.Query(api.ParamAfter),
	}
	q.Limit, err = c.limit()
	choose(&err, &q.Screencasts, api.ParamScreencasts, c.choice)
	choose(&err, &q.Dead, api.ParamDead, c.choice)
	choose(&err, &q.Seen, api.ParamSeen, c.choice)
	choose(&err, &q.SeenBefore, api.ParamSeenBefore, c.time)
	choose(&err, &q.ExpiresBefore, api.ParamExpiresBefore, c.time)
	choose(&err, &q.Descending, api.ParamOrder, c.descending)
	choose(&err, &q.Count, api.ParamCount, c.flag)
	return q, err
}

// choose reads a parameter into its place, unless there is an error already.
func choose[T any](err *error, into *T, name string, read func(string) (T, error)) {
	if *err == nil {
		*into, *err = read(name)
	}
}

// choice returns a parameter that is true, false or absent.
func (c *call) choice(name string) (*bool, error) {
	if c.gin.Query(name) == "" {
		return nil, nil
	}
	v, err := c.flag(name)
	return &v, err
}

// time returns a parameter that is a time; zero if it is absent.
func (c *call) time(name string) (time.Time, error) {
	text := c.gin.Query(name)
	if text == "" {
		return time.Time{}, nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return t, policy.FieldErrorf(name, "must be a time as of RFC 3339, such as 2026-01-31T08:00:00Z")
	}
	return t, nil
}

func (c *call) descending(name string) (bool, error) {
	switch c.gin.Query(name) {
	case api.Descending:
		return true, nil
	case "", api.Ascending:
		return false, nil
	}
	return false, policy.FieldErrorf(name, "must be %s or %s", api.Ascending, api.Descending)
}

func rosterParameters() []*huma.Param {
	return append(pageParameters(),
		text(api.ParamSearch, "Words, each of which a word of the name or of the address begins with, without regard to case and accents. "+
			"One with an @ in it has to be a part of the address.", roster.MaxSearch),
		choices(api.ParamStatus, "What the client is listed as at the time of asking.",
			policy.Invited, policy.Active, policy.Suspended, policy.Expired),
		choices(api.ParamMode, "The mode of the scope.",
			policy.ModeGroups, policy.ModeProjects, policy.ModeBoth, policy.ModeNone),
		either(api.ParamScreencasts, "Whether the scope has screencasts switched on."),
		text(api.ParamGroup, "The id of a group that the scope selects.", policy.MaxID),
		text(api.ParamProject, "The id of a project that the scope selects.", policy.MaxID),
		either(api.ParamDead, "Whether the scope has dead references."),
		either(api.ParamSeen, "Whether the client ever used the portal."),
		moment(api.ParamSeenBefore, "The client has not used the portal since."),
		moment(api.ParamExpiresBefore, "The scope's period has not ended yet, and ends before."),
		choices(api.ParamSort, "What the list is ordered by; equal ones come by id. Default: id.", roster.Sorts()...),
		choices(api.ParamOrder, "Default: asc.", api.Ascending, api.Descending),
		flag(api.ParamCount, "Tell how many clients match, too: unless a condition makes them few, this looks at every client."),
		flag(api.ParamCounts, "Tell of each client how many employees and projects the scope shows. Rows whose counts would take long come without; asked again, more of them have theirs."),
	)
}

func text(name, description string, longest int) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: description, Schema: &huma.Schema{Type: "string", MaxLength: &longest}}
}

func moment(name, description string) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: description, Schema: &huma.Schema{Type: "string", Format: "date-time"}}
}

// either describes a parameter whose absence is a third value.
func either(name, description string) *huma.Param {
	return &huma.Param{Name: name, In: "query", Description: description, Schema: &huma.Schema{Type: "boolean"}}
}

func choices[T ~string](name, description string, values ...T) *huma.Param {
	schema := &huma.Schema{Type: "string"}
	for _, v := range values {
		schema.Enum = append(schema.Enum, string(v))
	}
	return &huma.Param{Name: name, In: "query", Description: description, Schema: schema}
}
