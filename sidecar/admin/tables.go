package admin

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
	"sightline.example/sidecar/table"
)

// ImportTables is [Admin.Import] of a directory in tables. What they do not
// speak of stays as it is, and clients do. Every reference in them is to
// something that exists then; those that stay can be dead, as a deletion leaves
// them. It fails with policy.Invalid if the tables have faults, and names them,
// and with policy.Conflict if what is to stay can't be read.
func (a *Admin) ImportTables(ctx context.Context, caller policy.Caller, t Terms, sheets table.Sheets, m table.Mapping, dryRun bool) (Changed[api.Imported], error) {
	if err := a.MayImport(ctx, caller); err != nil {
		return Changed[api.Imported]{}, err
	}
	if len(sheets) == 0 {
		return Changed[api.Imported]{}, policy.Errorf(policy.Invalid, "has no table")
	}
	t.Force = true
	return a.importing(ctx, caller, t, dryRun, func(stored store.All) (imports, error) {
		if err := refuseUnreadable(stored); err != nil {
			return imports{}, err
		}
		d, report := table.Directory(sheets, m, policy.Directory{
			Employees: values(stored.Employees), Groups: values(stored.Groups), Projects: values(stored.Projects),
		})
		if err := report.Err(); err != nil {
			return imports{}, err
		}
		doc := api.Document{Directory: d}
		return imports{doc, report.Warnings, report.MoreWarnings}, a.checkDocument(doc)
	})
}

// refuseUnreadable keeps an import from taking what it can't read for what is not
// there.
func refuseUnreadable(stored store.All) error {
	var ids []string
	for _, u := range stored.Unreadable {
		if u.Kind != policy.KindClients {
			ids = append(ids, u.ID)
		}
	}
	if len(ids) == 0 {
		return nil
	}
	e := policy.Errorf(policy.Conflict, "there are stored values that can't be read; replace or delete them first")
	e.IDs = ids
	return e
}
