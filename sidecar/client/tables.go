package client

import (
	"context"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"net/textproto"

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
	from, to := io.Pipe()
	defer from.Close() // ends the writer if the sidecar answered before it read all
	form := multipart.NewWriter(to)
	go func() { to.CloseWithError(tables.write(form)) }()
	return call[api.Imported](ctx, c, http.MethodPost, api.PathImport+query, header, content{form.FormDataContentType(), from})
}

func (t Tables) write(form *multipart.Writer) error {
	for _, part := range []struct {
		name string
		file io.Reader
	}{
		{api.PartEmployees, t.Employees},
		{api.PartGroups, t.Groups},
		{api.PartProjects, t.Projects},
		{api.PartMemberships, t.Memberships},
	} {
		if part.file == nil {
			continue
		}
		w, err := form.CreatePart(partHeader(part.name, "text/csv"))
		if err != nil {
			return err
		}
		if _, err := io.Copy(w, part.file); err != nil {
			return err
		}
	}
	if t.Mapping != nil {
		w, err := form.CreatePart(partHeader(api.PartMapping, "application/json"))
		if err != nil {
			return err
		}
		if err := json.NewEncoder(w).Encode(t.Mapping); err != nil {
			return err
		}
	}
	return form.Close()
}

func partHeader(name, media string) textproto.MIMEHeader {
	return textproto.MIMEHeader{
		"Content-Disposition": {`form-data; name="` + name + `"`},
		"Content-Type":        {media},
	}
}
