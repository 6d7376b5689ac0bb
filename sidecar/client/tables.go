package client

import (
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"
	"net/url"
	"strconv"

	"sightline.example/sidecar/api"
)

// Tables are a directory as CSV, each table in a file of its own. What none of
// them speaks of stays as it is in the sidecar.
type Tables struct {
	Employees   io.Reader // nil for none, as the others
	Groups      io.Reader
	Projects    io.Reader
	Memberships io.Reader
	// Mapping says, by table and column, which header a column has, such as
	// {"employees": {"id": "Staff no."}}. The usual headers need none.
	Mapping map[string]map[string]string
}

// ImportCSV makes the directory that of the tables. If anything is wrong with
// them it fails with policy.Invalid, lists it in the error's Faults, and nothing
// is changed. The tables are read once; a repeat needs them anew.
func (c *Client) ImportCSV(ctx context.Context, tables Tables, t Terms) (Stored[api.Imported], error) {
	return c.importCSV(ctx, "", tables, t.header())
}

// TryImportCSV says what ImportCSV would do, and fails as it would.
func (c *Client) TryImportCSV(ctx context.Context, tables Tables) (Stored[api.Imported], error) {
	return c.importCSV(ctx, "?dry_run=true", tables, nil)
}

func (c *Client) importCSV(ctx context.Context, query string, tables Tables, header http.Header) (Stored[api.Imported], error) {
	return post[api.Imported](ctx, c, api.PathImport+query, header, form{tables.Mapping, []part{
		{api.PartEmployees, tables.Employees},
		{api.PartGroups, tables.Groups},
		{api.PartProjects, tables.Projects},
		{api.PartMemberships, tables.Memberships},
	}})
}

// InvitationTable is a list of clients to be invited, as CSV.
type InvitationTable struct {
	File io.Reader
	// Mapping says which header a column has, such as {"invitations": {"email":
	// "Contact"}}. The usual headers need none.
	Mapping map[string]map[string]string
	// All makes every invitation or none: none if anything is wrong with one.
	All bool
}

// InviteCSV is [Client.InviteMany] of the clients in a table. If it can't be made
// sense of as a whole, it fails with policy.Invalid and lists why in the error's
// Faults; what is wrong with one line is told in its row. The table is read once;
// a repeat needs it anew.
func (c *Client) InviteCSV(ctx context.Context, table InvitationTable, t Terms) (Stored[api.InvitedRows], error) {
	return c.inviteCSV(ctx, table, false, t)
}

// TryInviteCSV says what InviteCSV would do.
func (c *Client) TryInviteCSV(ctx context.Context, table InvitationTable) (Stored[api.InvitedRows], error) {
	return c.inviteCSV(ctx, table, true, Terms{})
}

func (c *Client) inviteCSV(ctx context.Context, table InvitationTable, dry bool, t Terms) (Stored[api.InvitedRows], error) {
	query := url.Values{"all": {strconv.FormatBool(table.All)}, "dry_run": {strconv.FormatBool(dry)}}
	return post[api.InvitedRows](ctx, c, api.PathInviteMany+"?"+query.Encode(), t.header(),
		form{table.Mapping, []part{{api.PartInvitations, table.File}}})
}

// form is tables that are sent together.
type form struct {
	mapping map[string]map[string]string
	parts   []part
}

type part struct {
	name string
	file io.Reader // nil for none
}

// post sends a form while it is read.
func post[T any](ctx context.Context, c *Client, path string, header http.Header, f form) (Stored[T], error) {
	from, to := io.Pipe()
	defer from.Close() // ends the writer if the sidecar answered before it read all
	out := multipart.NewWriter(to)
	go func() { to.CloseWithError(f.write(out)) }()
	return call[T](ctx, c, http.MethodPost, path, header, content{out.FormDataContentType(), from})
}

func (f form) write(out *multipart.Writer) error {
	for _, part := range f.parts {
		if part.file == nil {
			continue
		}
		w, err := out.CreatePart(partHeader(part.name, "text/csv"))
		if err != nil {
			return err
		}
		if _, err := io.Copy(w, part.file); err != nil {
			return err
		}
	}
	if f.mapping != nil {
		w, err := out.CreatePart(partHeader(api.PartMapping, "application/json"))
		if err != nil {
			return err
		}
		if err := json.NewEncoder(w).Encode(f.mapping); err != nil {
			return err
		}
	}
	return out.Close()
}

func partHeader(name, media string) textproto.MIMEHeader {
	return textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="` + name + `"`},
		"Content-Type":        {media},
	}
}
