package client

import (
	"context"
	"net/http"
	"net/url"
	"strconv"

	"github.com/google/uuid"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Terms are the conditions of a change. The zero Terms make an ordinary one.
type Terms struct {
	// Force writes references to groups and projects that do not exist, where
	// the call would fail with policy.DeadReference.
	Force bool
	// IdempotencyKey names the change. A call that failed with
	// policy.Unavailable is safe to repeat under the same name: the change
	// takes effect once. Empty means a fresh one.
	IdempotencyKey string
}

// Stored is a value of the admin API.
type Stored[T any] struct {
	Value    T
	Revision int64  // of the version, for Replace and Delete; 0 if it has none
	Token    string // see Client.AtLeast
}

// Collection is the clients, the employees, the groups or the projects.
type Collection[T any] struct {
	client *Client
	path   string
}

// Clients returns the collection of clients.
func (c *Client) Clients() Collection[policy.Client] {
	return Collection[policy.Client]{c, api.PathClients}
}

// Employees returns the collection of employees.
func (c *Client) Employees() Collection[policy.Employee] {
	return Collection[policy.Employee]{c, api.PathEmployees}
}

// Groups returns the collection of groups.
func (c *Client) Groups() Collection[policy.Group] {
	return Collection[policy.Group]{c, api.PathGroups}
}

// Projects returns the collection of projects.
func (c *Client) Projects() Collection[policy.Project] {
	return Collection[policy.Project]{c, api.PathProjects}
}

// Get returns an entity.
func (x Collection[T]) Get(ctx context.Context, id string) (Stored[T], error) {
	return call[T](ctx, x.client, http.MethodGet, below(x.path, id), nil, nil)
}

// List returns the entities after the given id, by id: at most limit, or
// api.DefaultPage if that is 0.
func (x Collection[T]) List(ctx context.Context, after string, limit int) (api.Page[T], error) {
	page, err := call[api.Page[T]](ctx, x.client, http.MethodGet, x.path+pageQuery(after, limit), nil, nil)
	return page.Value, err
}

// Create stores a new entity and returns it with its id, which the sidecar
// makes up if it has none.
func (x Collection[T]) Create(ctx context.Context, v T, t Terms) (Stored[T], error) {
	return call[T](ctx, x.client, http.MethodPost, x.path+t.query(), t.header(), v)
}

// Replace puts v in the place of the entity's version of the given revision. It
// fails with policy.Stale if that is not the current one.
func (x Collection[T]) Replace(ctx context.Context, id string, revision int64, v T, t Terms) (Stored[T], error) {
	return call[T](ctx, x.client, http.MethodPut, below(x.path, id)+t.query(), t.at(revision), v)
}

// Delete removes the entity's version of the given revision, like
// [Collection.Replace]. Its id is never used again.
func (x Collection[T]) Delete(ctx context.Context, id string, revision int64, t Terms) (Stored[api.Deleted], error) {
	return call[api.Deleted](ctx, x.client, http.MethodDelete, below(x.path, id), t.at(revision), nil)
}

// Sidecar returns how the sidecar stands.
func (c *Client) Sidecar(ctx context.Context) (api.Sidecar, error) {
	answer, err := call[api.Sidecar](ctx, c, http.MethodGet, api.PathSidecar, nil, nil)
	return answer.Value, err
}

// Import makes the directory exactly that of the document, and the clients too
// if it has any.
func (c *Client) Import(ctx context.Context, doc api.Document, t Terms) (Stored[api.Imported], error) {
	return call[api.Imported](ctx, c, http.MethodPost, api.PathImport+t.query(), t.header(), doc)
}

// TryImport says what Import would do.
func (c *Client) TryImport(ctx context.Context, doc api.Document, t Terms) (Stored[api.Imported], error) {
	query := url.Values{"dry_run": {"true"}, "force": {strconv.FormatBool(t.Force)}}
	return call[api.Imported](ctx, c, http.MethodPost, api.PathImport+"?"+query.Encode(), nil, doc)
}

// Keys returns the keys after the given id, by id, like [Collection.List].
func (c *Client) Keys(ctx context.Context, after string, limit int) (api.Page[api.Key], error) {
	page, err := call[api.Page[api.Key]](ctx, c, http.MethodGet, api.PathKeys+pageQuery(after, limit), nil, nil)
	return page.Value, err
}

// CreateKey makes a key. Nobody can find out its text again.
func (c *Client) CreateKey(ctx context.Context, wanted api.NewKey, t Terms) (Stored[api.CreatedKey], error) {
	return call[api.CreatedKey](ctx, c, http.MethodPost, api.PathKeys, t.header(), wanted)
}

// DeleteKey deletes a key: it lets nobody in from then on.
func (c *Client) DeleteKey(ctx context.Context, id policy.KeyID, revision int64, t Terms) (Stored[api.Deleted], error) {
	path := below(api.PathKeys, string(id))
	return call[api.Deleted](ctx, c, http.MethodDelete, path, t.at(revision), nil)
}

func call[T any](ctx context.Context, c *Client, method, path string, header http.Header, in any) (s Stored[T], err error) {
	got, err := c.do(ctx, method, path, header, in, &s.Value)
	if err != nil {
		return Stored[T]{}, err
	}
	s.Token = got.Get(api.HeaderRevision)
	if tag := got.Get("ETag"); tag != "" {
		s.Revision, err = api.ParseETag(tag)
	}
	return s, err
}

func below(collection, id string) string { return collection + "/" + url.PathEscape(id) }

func pageQuery(after string, limit int) string {
	query := url.Values{"after": {after}}
	if limit != 0 {
		query.Set("limit", strconv.Itoa(limit))
	}
	return "?" + query.Encode()
}

func (t Terms) query() string {
	if t.Force {
		return "?force=true"
	}
	return ""
}

// header returns the headers of a change.
func (t Terms) header() http.Header {
	key := t.IdempotencyKey
	if key == "" {
		key = uuid.NewString()
	}
	return http.Header{api.HeaderIdempotencyKey: {key}}
}

// at returns the headers of a change of the version of the given revision.
func (t Terms) at(revision int64) http.Header {
	h := t.header()
	h.Set(api.HeaderIfMatch, api.ETag(revision))
	return h
}
