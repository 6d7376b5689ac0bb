package admin

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Audit returns the audit records after the given number, oldest first: at most
// limit, which is 1 to api.MaxPage. Those that are archived are left out.
func (a *Admin) Audit(ctx context.Context, caller policy.Caller, after uint64, limit int) (api.AuditPage, error) {
	if _, err := a.Authorise(ctx, caller, Intent{Action: actionRead, Kind: kindAudit}); err != nil {
		return api.AuditPage{}, err
	}
	if err := checkPage("", limit); err != nil {
		return api.AuditPage{}, err
	}
	part, err := a.store.AuditRecords(ctx, after, limit)
	if err != nil {
		return api.AuditPage{}, err
	}
	page := api.AuditPage{Items: part.Items, ArchivedThrough: part.ArchivedThrough}
	if len(part.Items) == limit {
		page.Next = part.Items[limit-1].Seq
	}
	return page, nil
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
