package admin

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// Audit returns the audit records after the given number, oldest first: at most
// limit, which is 1 to api.MaxPage.
func (a *Admin) Audit(ctx context.Context, caller policy.Caller, after uint64, limit int) (api.AuditPage, error) {
	if _, err := a.Authorise(ctx, caller, Intent{Action: actionRead, Kind: kindAudit}); err != nil {
		return api.AuditPage{}, err
	}
	if err := checkPage("", limit); err != nil {
		return api.AuditPage{}, err
	}
	records, err := a.store.AuditRecords(ctx, after, limit)
	if err != nil {
		return api.AuditPage{}, err
	}
	page := api.AuditPage{Items: make([]api.AuditRecord, len(records))}
	for i, r := range records {
		page.Items[i] = recordOf(r)
	}
	if len(records) == limit {
		page.Next = records[limit-1].Seq
	}
	return page, nil
}

func recordOf(r store.AuditRecord) api.AuditRecord {
	return api.AuditRecord{
		Seq:    r.Seq,
		Prev:   r.Prev,
		At:     r.At,
		Actor:  api.Actor{KeyID: r.Actor.KeyID, Name: r.Actor.Name, Role: r.Actor.Role},
		Action: r.Action,
		Kind:   r.Kind,
		ID:     r.ID,
		Detail: r.Detail,
		Before: r.Before,
		After:  r.After,
	}
}
