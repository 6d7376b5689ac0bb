package admin

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
)

// Audit returns the audit records that q wants: at most q.Limit, which is 1 to
// api.MaxPage. It looks at some thousand records and no more, so that a page may
// have fewer and still a Next. Those that are archived are left out.
func (a *Admin) Audit(ctx context.Context, caller policy.Caller, q audit.Query) (api.AuditPage, error) {
	if _, err := a.Authorise(ctx, caller, Intent{Action: actionRead, Kind: kindAudit}); err != nil {
		return api.AuditPage{}, err
	}
	if err := checkPage("", q.Limit); err != nil {
		return api.AuditPage{}, err
	}
	if err := q.Check(); err != nil {
		return api.AuditPage{}, err
	}
	part, err := a.store.FindAudit(ctx, q)
	return api.AuditPage{Items: part.Items, Next: part.Next, ArchivedThrough: part.ArchivedThrough}, err
}

// maxLines is how much of the log, in bytes, one answer has of it at least, if
// there is as much: it ends with the record that gets it there.
const maxLines = 4 << 20

// AuditLines returns the audit records after the given number as they are stored,
// one a line, oldest first: at most limit, which is 1 to api.MaxPage, and as many
// as make 4 MiB; and where the log begins and ends. An after of 0 asks for what
// comes first in the store. It fails with policy.NotFound if some records after
// the number are archived.
func (a *Admin) AuditLines(ctx context.Context, caller policy.Caller, after uint64, limit int) (api.AuditLines, error) {
	if _, err := a.Authorise(ctx, caller, Intent{Action: actionRead, Kind: kindAudit}); err != nil {
		return api.AuditLines{}, err
	}
	if err := checkPage("", limit); err != nil {
		return api.AuditLines{}, err
	}
	log, err := a.store.AuditLog(ctx)
	if err != nil {
		return api.AuditLines{}, err
	}
	if after == 0 {
		after = log.Tail.Seq
	}
	lines := api.AuditLines{Tail: log.Tail.Anchor, Head: log.Head}
	for stored, err := range log.Lines(ctx, after) {
		if err != nil {
			return api.AuditLines{}, err
		}
		lines.Text = append(append(lines.Text, stored...), '\n')
		if limit--; limit == 0 || len(lines.Text) >= maxLines {
			break
		}
	}
	return lines, nil
}
