package httpd_test

import (
	"encoding/json"
	"net/http"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// TestAuditRecordsAreFoundByClient asks for parts of a log by every parameter.
func TestAuditRecordsAreFoundByClient(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	before := time.Now()
	made, err := s.Owner.Groups().Create(t.Context(), policy.Group{ID: "design", Name: "Design & Print"}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Owner.Groups().Replace(t.Context(), "design", made.Revision, policy.Group{ID: "design", Name: "Studio"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	after := time.Now()
	who, err := s.Owner.Who(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		q    audit.Query
		want []string // the actions
	}{
		"id":              {audit.Query{ID: "design"}, []string{"create", "replace"}},
		"newest first":    {audit.Query{ID: "design", Descending: true}, []string{"replace", "create"}},
		"action":          {audit.Query{Action: "replace"}, []string{"replace"}},
		"kind":            {audit.Query{Kind: "groups"}, []string{"create", "replace"}},
		"actor":           {audit.Query{Kind: "groups", Actor: who.ID}, []string{"create", "replace"}},
		"another actor":   {audit.Query{Kind: "groups", Actor: "somebody"}, nil},
		"actor's type":    {audit.Query{Kind: "groups", ActorType: policy.SubjectAdmin}, []string{"create", "replace"}},
		"another type":    {audit.Query{Kind: "groups", ActorType: policy.SubjectKey}, nil},
		"text":            {audit.Query{Text: "design & p"}, []string{"create", "replace"}},
		"text afterwards": {audit.Query{Text: "STUDIO", Kind: "groups"}, []string{"replace"}},
		"from":            {audit.Query{Kind: "groups", From: before}, []string{"create", "replace"}},
		"from later on":   {audit.Query{Kind: "groups", From: after}, nil},
		"until":           {audit.Query{Kind: "groups", Until: after}, []string{"create", "replace"}},
		"until before":    {audit.Query{Kind: "groups", Until: before}, nil},
	} {
		page, err := s.Owner.FindAudit(t.Context(), c.q)
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		var got []string
		for _, r := range page.Items {
			got = append(got, r.Action)
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s: got %v, want %v", name, got, c.want)
		}
	}
}

// TestAuditRecordsShowBeforeAndAfter follows a page to the next one.
func TestAuditRecordsShowBeforeAndAfter(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	made, err := s.Owner.Groups().Create(t.Context(), policy.Group{ID: "design", Name: "Design"}, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Owner.Groups().Replace(t.Context(), "design", made.Revision, policy.Group{ID: "design", Name: "Studio"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	first, err := s.Owner.FindAudit(t.Context(), audit.Query{ID: "design", Descending: true, Limit: 1})
	if err != nil || len(first.Items) != 1 {
		t.Fatalf("got %+v, %v", first, err)
	}
	r := first.Items[0]
	if diff := cmp.Diff([]string{`{"id":"design","name":"Design"}`, `{"id":"design","name":"Studio"}`}, []string{string(r.Before), string(r.After)}); diff != "" {
		t.Errorf("before and after (-want +got):\n%s", diff)
	}
	second, err := s.Owner.FindAudit(t.Context(), audit.Query{ID: "design", Descending: true, Limit: 1, After: first.Next})
	if err != nil || len(second.Items) != 1 || second.Items[0].Action != "create" {
		t.Errorf("then: %+v, %v", second, err)
	}
}

func TestSearchesOfTheAuditLogThatMakeNoSense(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	for query, field := range map[string]string{
		"actor_type=robot": "actor_type",
		"from=yesterday":   "from",
		"until=1":          "until",
		"order=up":         "order",
		"after=-1":         "after",
		"limit=0":          "limit",
		"limit=1001":       "limit",
		"from=2026-01-02T00:00:00Z&until=2026-01-01T00:00:00Z": "until",
	} {
		got := refusal(t, s, "/v1/audit?"+query)
		if got.Code != policy.Invalid || got.Field != field {
			t.Errorf("%s: got %+v, want the field %s", query, got, field)
		}
	}
}

// refusal returns the problem that a GET is answered with.
func refusal(t *testing.T, s *sidecartest.Sidecar, path string) api.Problem {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, s.URL+path, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+s.Owner.Key)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var p api.Problem
	if err := json.NewDecoder(response.Body).Decode(&p); err != nil {
		t.Fatal(err)
	}
	return p
}
