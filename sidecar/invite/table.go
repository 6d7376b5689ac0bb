package invite

import (
	"context"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/table"
)

// Table is [Invite.Many] of the clients in a sheet of the table table.Clients;
// with together, all of them are invited or none. Their groups and projects are
// found by id or by name. It fails with policy.Invalid, and names the faults, if
// the sheet can't be made sense of as a whole; what is wrong with one line is
// told in its row.
func (v *Invite) Table(ctx context.Context, caller policy.Caller, t admin.Terms, sheet *table.Sheet, m table.Mapping, together, dryRun bool) (admin.Changed[api.InvitedRows], error) {
	none := admin.Changed[api.InvitedRows]{}
	view, err := v.Admin.Authorise(ctx, caller, admin.Intent{Action: actionInvite, Kind: policy.KindClients})
	if err != nil {
		return none, err
	}
	if sheet == nil {
		return none, policy.FieldErrorf(api.PartInvitations, "is missing")
	}
	lines, report := table.Invitations(sheet, m, choices(view.Data()))
	if err := report.Err(); err != nil {
		return none, err
	}
	all := make([]guest, len(lines))
	for i, line := range lines {
		all[i] = guestOf(line)
	}
	done, err := v.many(ctx, caller, t, all, together, dryRun)
	done.Value.Warnings, done.Value.MoreWarnings = report.Warnings, report.MoreWarnings
	return done, err
}

// choices returns what scopes can select.
func choices(data *policy.Data) policy.Directory {
	var d policy.Directory
	for _, g := range data.Groups() {
		d.Groups = append(d.Groups, *g)
	}
	for _, p := range data.Projects() {
		d.Projects = append(d.Projects, *p)
	}
	return d
}

func guestOf(line table.Invitation) guest {
	g := guest{line: line.Row, NewInvitation: api.NewInvitation{
		Email: line.Email, Name: line.Name, Scope: line.Scope, Note: line.Note,
	}}
	if len(line.Faults) > 0 {
		first := line.Faults[0]
		e := policy.FieldErrorf(first.Column, "%s", first.Message)
		e.Faults = line.Faults
		g.err = e
	}
	return g
}
