package insight_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

func groups(ids ...policy.GroupID) []policy.GroupID       { return ids }
func projects(ids ...policy.ProjectID) []policy.ProjectID { return ids }

// studio is a company and its clients: one active by projects, one invited by
// groups, one suspended by both, one with nothing selected and one whose access
// soon ends.
func studio() api.Document {
	soon := time.Now().Add(72 * time.Hour).UTC().Truncate(time.Second)
	guest := func(id policy.ClientID, name string, status policy.Status, s policy.Scope) policy.Client {
		return policy.Client{ID: id, Name: name, Email: string(id) + "@example.com", Status: status, Scope: s}
	}
	return api.Document{
		Directory: policy.Directory{
			Groups:   []policy.Group{{ID: "design", Name: "Design"}, {ID: "sales", Name: "Sales"}, {ID: "empty", Name: "Empty"}, {ID: "old", Name: "Old"}},
			Projects: []policy.Project{{ID: "site", Name: "Website"}, {ID: "shop", Name: "Shop"}},
			Employees: []policy.Employee{
				{ID: "e1", Name: "Zoe", Groups: groups("design"), Projects: projects("site")},
				{ID: "e2", Name: "Ann", Groups: groups("design"), Projects: projects("shop")},
				{ID: "e3", Name: "Bob", Groups: groups("sales", "old"), Projects: projects("site")},
			},
		},
		Clients: []policy.Client{
			guest("acme", "Acme", policy.Active, policy.Scope{Projects: projects("site")}),
			guest("beta", "Beta", policy.Invited, policy.Scope{Groups: groups("design", "old")}),
			guest("gamma", "Gamma", policy.Suspended, policy.Scope{Groups: groups("design"), Projects: projects("site")}),
			guest("nil", "Nil", policy.Active, policy.Scope{}),
			guest("soon", "=Soon", policy.Active, policy.Scope{Groups: groups("design", "sales"), Until: &soon}),
		},
	}
}

// running is a sidecar with the studio in it, of which a group was deleted, and a
// client whose stored value can't be read.
func running(t *testing.T) *client.Client {
	t.Helper()
	cluster := storetest.Start(t)
	s := sidecartest.Start(t, sidecartest.Options{Endpoints: []string{cluster.Endpoint()}})
	if _, err := s.Owner.Import(t.Context(), studio(), client.Terms{}); err != nil {
		t.Fatal(err)
	}
	for key := range cluster.Values(t, "/sightline/live/g/") {
		if before, ok := strings.CutSuffix(key, "clients/acme"); ok {
			cluster.Put(t, before+"clients/odd", "rubbish")
		}
	}
	old, err := s.Owner.Groups().Get(t.Context(), "old")
	if err != nil {
		t.Fatal(err)
	}
	gone, err := s.Owner.Groups().Delete(t.Context(), "old", old.Revision, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	return s.Owner.AtLeast(gone.Token)
}

// names are a listing with ids of their own.
func names(idsAndNames ...string) api.Listing {
	l := api.Listing{Count: len(idsAndNames) / 2, Items: []api.Named{}}
	for i := 0; i < len(idsAndNames); i += 2 {
		l.Items = append(l.Items, api.Named{ID: idsAndNames[i], Name: idsAndNames[i+1]})
	}
	return l
}

func TestInsightOverHTTP(t *testing.T) {
	owner := running(t)
	for name, test := range map[string]func(*testing.T, *client.Client){
		"a preview lists by name what a draft shows": previewsList,
		"a preview names a part, and what is found":  previewsPart,
		"a preview compares with the scope as it is": previewsCompare,
		"a preview refuses what can't be":            previewsRefuse,
		"a review tells who sees something":          reviews,
		"a review is exported without formulas":      exports,
		"a review refuses what can't be":             reviewsRefuse,
		"orphans are the clients who need a look":    orphans,
		"an explanation tells what decided":          explanations,
		"an explanation refuses what can't be":       explanationsRefuse,
		"counts tell how much clients see":           counts,
	} {
		t.Run(name, func(t *testing.T) { test(t, owner) })
	}
}

func preview(t *testing.T, owner *client.Client, id policy.ClientID, s policy.Scope) api.Preview {
	t.Helper()
	p, err := owner.Preview(t.Context(), api.NewPreview{Client: id, Scope: s})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func previewsList(t *testing.T, owner *client.Client) {
	design, website := names("design", "Design"), names("site", "Website")
	for name, c := range map[string]struct {
		scope policy.Scope
		want  api.Preview
	}{
		"groups": {policy.Scope{Groups: groups("design")}, api.Preview{
			Mode: policy.ModeGroups, Employees: names("e2", "Ann", "e1", "Zoe"), Projects: names("shop", "Shop", "site", "Website"), Groups: design,
		}},
		"projects": {policy.Scope{Projects: projects("site")}, api.Preview{
			Mode: policy.ModeProjects, Employees: names("e3", "Bob", "e1", "Zoe"), Projects: website, Groups: names(),
		}},
		"both": {policy.Scope{Groups: groups("design"), Projects: projects("site")}, api.Preview{
			Mode: policy.ModeBoth, Employees: names("e1", "Zoe"), Projects: website, Groups: design,
		}},
		"none": {policy.Scope{Screencasts: true}, api.Preview{
			Mode: policy.ModeNone, Message: policy.NoAccessMessage, Employees: names(), Projects: names(), Groups: names(),
		}},
		"an empty group": {policy.Scope{Groups: groups("empty")}, api.Preview{
			Mode: policy.ModeGroups, Message: policy.NoAccessMessage, Employees: names(), Projects: names(), Groups: names(),
		}},
		"dead references": {policy.Scope{Groups: groups("old", "design"), Projects: projects("never", "site")}, api.Preview{
			Mode: policy.ModeBoth, Employees: names("e1", "Zoe"), Projects: website, Groups: design,
			DeadGroups: groups("old"), DeadProjects: projects("never"),
		}},
		"nothing but a dead reference": {policy.Scope{Groups: groups("old"), Projects: projects("site")}, api.Preview{
			Mode: policy.ModeBoth, Message: policy.NoAccessMessage, Employees: names(), Projects: names(), Groups: names(), DeadGroups: groups("old"),
		}},
	} {
		c.want.DeadGroups = append([]policy.GroupID{}, c.want.DeadGroups...)
		c.want.DeadProjects = append([]policy.ProjectID{}, c.want.DeadProjects...)
		if diff := cmp.Diff(c.want, preview(t, owner, "", c.scope)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	few, err := owner.Preview(t.Context(), api.NewPreview{Scope: policy.Scope{Groups: groups("design")}, Limit: 1})
	want := api.Listing{Count: 2, Items: []api.Named{{ID: "e2", Name: "Ann"}}}
	if diff := cmp.Diff(want, few.Employees); diff != "" || err != nil {
		t.Errorf("one of each: %v %s", err, diff)
	}
}

func previewsPart(t *testing.T, owner *client.Client) {
	all := policy.Scope{Projects: projects("site", "shop")}
	listing := func(count int, idsAndNames ...string) api.Listing {
		l := names(idsAndNames...)
		l.Count = count
		return l
	}
	for name, c := range map[string]struct {
		asked               api.NewPreview
		employees, projects api.Listing
	}{
		"all":               {api.NewPreview{}, names("e2", "Ann", "e3", "Bob", "e1", "Zoe"), names("shop", "Shop", "site", "Website")},
		"without the first": {api.NewPreview{Skip: 1, Limit: 1}, listing(3, "e3", "Bob"), listing(2, "site", "Website")},
		"the last":          {api.NewPreview{Skip: 2, Limit: 5}, listing(3, "e1", "Zoe"), listing(2)},
		"after the last":    {api.NewPreview{Skip: 7}, listing(3), listing(2)},
		"what is found":     {api.NewPreview{Search: "O"}, names("e3", "Bob", "e1", "Zoe"), names("shop", "Shop")},
		"a part of it":      {api.NewPreview{Search: "o", Skip: 1}, listing(2, "e1", "Zoe"), listing(1)},
		"all of the words":  {api.NewPreview{Search: " b bo "}, names("e3", "Bob"), names()},
		"nothing of it":     {api.NewPreview{Search: "zebra"}, names(), names()},
	} {
		c.asked.Scope = all
		got, err := owner.Preview(t.Context(), c.asked)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]api.Listing{c.employees, c.projects}, []api.Listing{got.Employees, got.Projects}); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
	edit, err := owner.Preview(t.Context(), api.NewPreview{Client: "acme", Scope: all, Search: "zebra", Skip: 1})
	if diff := cmp.Diff(names("e2", "Ann"), edit.Against.Gained.Employees); diff != "" || err != nil {
		t.Errorf("what is gained: %v %s", err, diff)
	}
}

func previewsCompare(t *testing.T, owner *client.Client) {
	nothing := api.Edges{Employees: names(), Projects: names(), Groups: names()}
	for name, c := range map[string]struct {
		client policy.ClientID
		scope  policy.Scope
		want   api.Edit
	}{
		"a project more": {"acme", policy.Scope{Projects: projects("site", "shop")}, api.Edit{
			From: policy.ModeProjects, Widens: true, Lost: nothing,
			Gained: api.Edges{Employees: names("e2", "Ann"), Projects: names("shop", "Shop"), Groups: names()},
		}},
		"the first group, which narrows": {"acme", policy.Scope{Groups: groups("design"), Projects: projects("site")}, api.Edit{
			From: policy.ModeProjects, Widens: true, Narrows: true,
			Gained: api.Edges{Employees: names(), Projects: names(), Groups: names("design", "Design")},
			Lost:   api.Edges{Employees: names("e3", "Bob"), Projects: names(), Groups: names()},
		}},
		"the first group, which is empty": {"acme", policy.Scope{Groups: groups("empty"), Projects: projects("site")}, api.Edit{
			From: policy.ModeProjects, Narrows: true, Gained: nothing,
			Lost: api.Edges{Employees: names("e3", "Bob", "e1", "Zoe"), Projects: names("site", "Website"), Groups: names()},
		}},
		"no group any more, which widens, of one suspended": {"gamma", policy.Scope{Projects: projects("site")}, api.Edit{
			From: policy.ModeBoth, Widens: true, Narrows: true,
			Gained: api.Edges{Employees: names("e3", "Bob"), Projects: names(), Groups: names()},
			Lost:   api.Edges{Employees: names(), Projects: names(), Groups: names("design", "Design")},
		}},
		"screencasts of one invited": {"beta", policy.Scope{Groups: groups("design", "old"), Screencasts: true}, api.Edit{
			From: policy.ModeGroups, Widens: true, Gained: nothing, Lost: nothing,
		}},
		"as it is, without the dead reference": {"beta", policy.Scope{Groups: groups("design")}, api.Edit{
			From: policy.ModeGroups, Gained: nothing, Lost: nothing,
		}},
		"without an end": {"soon", policy.Scope{Groups: groups("design", "sales")}, api.Edit{
			From: policy.ModeGroups, Widens: true, Gained: nothing, Lost: nothing,
		}},
	} {
		if diff := cmp.Diff(&c.want, preview(t, owner, c.client, c.scope).Against); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// refused holds an error to its code, field and message.
func refused(t *testing.T, what string, err error, want policy.Error) {
	t.Helper()
	if diff := cmp.Diff(error(&want), err); diff != "" {
		t.Errorf("%s (-want +got):\n%s", what, diff)
	}
}

func previewsRefuse(t *testing.T, owner *client.Client) {
	late, early := time.Now(), time.Now().Add(-time.Hour)
	for name, c := range map[string]struct {
		asked api.NewPreview
		want  policy.Error
	}{
		"no id":             {api.NewPreview{Scope: policy.Scope{Groups: groups("design", "a/b")}}, policy.Error{Code: policy.Invalid, Field: "scope.groups[1]"}},
		"twice":             {api.NewPreview{Scope: policy.Scope{Projects: projects("site", "site")}}, policy.Error{Code: policy.Invalid, Field: "scope.projects[1]"}},
		"no period":         {api.NewPreview{Client: "acme", Scope: policy.Scope{From: &late, Until: &early}}, policy.Error{Code: policy.Invalid, Field: "scope.until"}},
		"too many":          {api.NewPreview{Limit: 1001}, policy.Error{Code: policy.Invalid, Field: "limit"}},
		"less than no skip": {api.NewPreview{Skip: -1}, policy.Error{Code: policy.Invalid, Field: "skip"}},
		"too far":           {api.NewPreview{Skip: 1 << 31}, policy.Error{Code: policy.Invalid, Field: "skip"}},
		"a long search":     {api.NewPreview{Search: strings.Repeat("a", 201)}, policy.Error{Code: policy.Invalid, Field: "search"}},
		"fewer than none":   {api.NewPreview{Limit: -1}, policy.Error{Code: policy.Invalid, Field: "limit"}},
		"unknown client":    {api.NewPreview{Client: "nobody"}, policy.Error{Code: policy.NotFound, Field: "client"}},
		"unreadable client": {api.NewPreview{Client: "odd"}, policy.Error{Code: policy.Conflict}},
	} {
		_, err := owner.Preview(t.Context(), c.asked)
		alike(t, name, err, c.want)
	}
}

// alike holds an error to its code and field, and to having a message.
func alike(t *testing.T, what string, err error, want policy.Error) {
	t.Helper()
	e, ok := err.(*policy.Error)
	if !ok || e.Code != want.Code || e.Field != want.Field || e.Message == "" {
		t.Errorf("%s: got error %#v, want %s about %q", what, err, want.Code, want.Field)
	}
}

func reviews(t *testing.T, owner *client.Client) {
	design, website := []api.Named{{ID: "design", Name: "Design"}}, []api.Named{{ID: "site", Name: "Website"}}
	acme := api.Reviewed{
		ID: "acme", Name: "Acme", Email: "acme@example.com", Mode: policy.ModeProjects, Reason: "on_project",
		Sentence: "It is part of Website, a project selected for Acme.", Groups: []api.Named{}, Projects: website,
	}
	soon := api.Reviewed{
		ID: "soon", Name: "=Soon", Email: "soon@example.com", Mode: policy.ModeGroups, Reason: "in_group",
		Sentence: "Zoe is in Design, a group selected for =Soon.", Groups: design, Projects: []api.Named{},
	}
	zoe := api.Named{ID: "e1", Name: "Zoe"}
	for name, c := range map[string]struct {
		after policy.ClientID
		limit int
		want  api.Review
	}{
		"all":   {"", 0, api.Review{Resource: zoe, Type: "employee", Clients: []api.Reviewed{acme, soon}}},
		"first": {"", 1, api.Review{Resource: zoe, Type: "employee", Clients: []api.Reviewed{acme}, Next: "acme"}},
		"rest":  {"acme", 1, api.Review{Resource: zoe, Type: "employee", Clients: []api.Reviewed{soon}}},
		"none":  {"soon", 1, api.Review{Resource: zoe, Type: "employee", Clients: []api.Reviewed{}}},
	} {
		got, err := owner.Review(t.Context(), policy.TypeEmployee, "e1", c.after, c.limit)
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
	for _, c := range []struct {
		kind, id string
		want     []policy.ClientID
	}{
		{policy.TypeProject, "shop", []policy.ClientID{"soon"}},
		{policy.TypeGroup, "design", []policy.ClientID{"soon"}},
		{policy.TypeGroup, "empty", nil},
		{policy.TypeEmployee, "e3", []policy.ClientID{"acme", "soon"}},
	} {
		got, err := owner.Review(t.Context(), c.kind, c.id, "", 0)
		var ids []policy.ClientID
		for _, r := range got.Clients {
			ids = append(ids, r.ID)
		}
		if diff := cmp.Diff(c.want, ids); diff != "" || err != nil {
			t.Errorf("%s %s: %v (-want +got):\n%s", c.kind, c.id, err, diff)
		}
	}
}

func exports(t *testing.T, owner *client.Client) {
	var text bytes.Buffer
	if err := owner.ReviewCSV(t.Context(), policy.TypeEmployee, "e1", &text); err != nil {
		t.Fatal(err)
	}
	want := "client,name,email,mode,reason,groups,projects\n" +
		`acme,Acme,acme@example.com,projects,"It is part of Website, a project selected for Acme.",,Website` + "\n" +
		`soon,'=Soon,soon@example.com,groups,"Zoe is in Design, a group selected for =Soon.",Design,` + "\n"
	if diff := cmp.Diff(want, text.String()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func reviewsRefuse(t *testing.T, owner *client.Client) {
	for _, c := range []struct {
		kind, id string
		want     policy.Error
	}{
		{"report", "projects_and_tasks", policy.Error{Code: policy.Invalid, Field: "type", Message: "must be employee, group or project"}},
		{policy.TypeEmployee, "nobody", policy.Error{Code: policy.NotFound, Field: "id", Message: "there is no such employee", IDs: []string{"nobody"}}},
		{policy.TypeGroup, "old", policy.Error{Code: policy.NotFound, Field: "id", Message: "there is no such group", IDs: []string{"old"}}},
		{policy.TypeProject, "", policy.Error{Code: policy.NotFound, Field: "id", Message: "there is no such project", IDs: []string{""}}},
	} {
		_, err := owner.Review(t.Context(), c.kind, c.id, "", 0)
		refused(t, c.kind, err, c.want)
		refused(t, c.kind+" as CSV", owner.ReviewCSV(t.Context(), c.kind, c.id, &bytes.Buffer{}), c.want)
	}
	_, err := owner.Review(t.Context(), policy.TypeGroup, "design", "", 1001)
	refused(t, "limit", err, policy.Error{Code: policy.Invalid, Field: "limit", Message: "must be 1 to 1000"})
}

func orphans(t *testing.T, owner *client.Client) {
	until := studio().Clients[4].Scope.Until
	beta := api.Orphan{ID: "beta", Name: "Beta", Email: "beta@example.com", Standing: policy.Invited, Findings: []api.Finding{api.FindingDead}}
	empty := api.Orphan{ID: "nil", Name: "Nil", Email: "nil@example.com", Standing: policy.Active, Findings: []api.Finding{api.FindingNothing}}
	odd := api.Orphan{ID: "odd", Findings: []api.Finding{api.FindingUnreadable}}
	soon := api.Orphan{
		ID: "soon", Name: "=Soon", Email: "soon@example.com", Standing: policy.Active, Until: until,
		Findings: []api.Finding{api.FindingEveryone, api.FindingExpiring},
	}
	ignoreTime := cmp.Comparer(func(a, b *time.Time) bool { return (a == nil) == (b == nil) })
	for name, c := range map[string]struct {
		after policy.ClientID
		limit int
		want  api.Orphans
	}{
		"all":    {"", 0, api.Orphans{Items: []api.Orphan{beta, empty, odd, soon}}},
		"first":  {"", 2, api.Orphans{Items: []api.Orphan{beta}, Next: "beta"}},
		"second": {"beta", 2, api.Orphans{Items: []api.Orphan{empty}, Next: "nil"}},
		"last":   {"nil", 2, api.Orphans{Items: []api.Orphan{odd, soon}}},
	} {
		got, err := owner.Orphans(t.Context(), c.after, c.limit, 90, 14)
		if diff := cmp.Diff(c.want, got, ignoreTime); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", name, err, diff)
		}
	}
	got, err := owner.Orphans(t.Context(), "odd", 0, 90, 1)
	if err != nil || len(got.Items) != 1 || len(got.Items[0].Findings) != 1 {
		t.Errorf("within a day nobody's access ends: got %+v, %v", got, err)
	}
	for field, ask := range map[string][3]int{"limit": {1001, 90, 14}, "unused_days": {1, 0, 14}, "expiring_days": {1, 90, 3651}} {
		_, err := owner.Orphans(t.Context(), "", ask[0], ask[1], ask[2])
		alike(t, field, err, policy.Error{Code: policy.Invalid, Field: field})
	}
}

func explanations(t *testing.T, owner *client.Client) {
	bob := policy.Entity{Type: policy.TypeTimeEntry, ID: "t1", Properties: map[string]any{"employee": "e3", "project": "site"}}
	got, err := owner.ExplainFor(t.Context(), api.NewExplanation{Client: "acme", Resource: bob, Trace: true})
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(got.Trace, "data.sightline") || got.Rule.Path != "data.sightline.work.on_project" || got.Rule.Title == "" {
		t.Errorf("the rule is %+v, the trace has %d bytes", got.Rule, len(got.Trace))
	}
	got.Trace, got.Rule = "", api.Rule{}
	want := api.Explanation{
		Decision: api.DecisionOf(policy.Decision{Allow: true, Reason: policy.Reason{
			Code: "on_project", Admin: "It is part of Website, a project selected for Acme.", Client: "It is part of a project you can see.",
		}}),
		Mode: policy.ModeProjects, Status: policy.Active, Groups: []api.Named{}, Projects: []api.Named{{ID: "site", Name: "Website"}},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	for name, c := range map[string]struct {
		asked  api.NewExplanation
		reason string
	}{
		"a draft":    {api.NewExplanation{Client: "acme", Resource: bob, Scope: &policy.Scope{Groups: groups("design"), Projects: projects("site")}}, "not_in_scope"},
		"invited":    {api.NewExplanation{Client: "beta", Resource: bob}, "not_active"},
		"suspended":  {api.NewExplanation{Client: "gamma", Resource: bob}, "not_active"},
		"nothing":    {api.NewExplanation{Client: "nil", Resource: bob}, "no_access"},
		"unknown":    {api.NewExplanation{Client: "nobody", Resource: bob}, "unknown_client"},
		"unreadable": {api.NewExplanation{Client: "odd", Resource: bob}, "unreadable"},
		"other type": {api.NewExplanation{Client: "acme", Resource: policy.Entity{Type: "invoice", ID: "1"}}, "unknown_resource_type"},
	} {
		got, err := owner.ExplainFor(t.Context(), c.asked)
		if err != nil || got.Decision.Decision || got.Decision.Context.Reason != c.reason || got.Trace != "" {
			t.Errorf("%s: got %+v, %v; want %s", name, got.Decision, err, c.reason)
		}
	}
}

func explanationsRefuse(t *testing.T, owner *client.Client) {
	report, scope := policy.Entity{Type: policy.TypeReport, ID: "projects_and_tasks"}, policy.Scope{Groups: groups("a/b")}
	for name, c := range map[string]struct {
		asked api.NewExplanation
		want  policy.Error
	}{
		"no client":                  {api.NewExplanation{Resource: report}, policy.Error{Code: policy.Invalid, Field: "client"}},
		"no type":                    {api.NewExplanation{Client: "acme", Resource: policy.Entity{ID: "x"}}, policy.Error{Code: policy.Invalid, Field: "resource.type"}},
		"no resource":                {api.NewExplanation{Client: "acme", Resource: policy.Entity{Type: "report"}}, policy.Error{Code: policy.Invalid, Field: "resource.id"}},
		"bad draft":                  {api.NewExplanation{Client: "acme", Resource: report, Scope: &scope}, policy.Error{Code: policy.Invalid, Field: "scope.groups[0]"}},
		"draft of an unknown one":    {api.NewExplanation{Client: "nobody", Resource: report, Scope: &scope}, policy.Error{Code: policy.NotFound, Field: "client"}},
		"draft of an unreadable one": {api.NewExplanation{Client: "odd", Resource: report, Scope: &scope}, policy.Error{Code: policy.Conflict}},
	} {
		_, err := owner.ExplainFor(t.Context(), c.asked)
		alike(t, name, err, c.want)
	}
}

func counts(t *testing.T, owner *client.Client) {
	page, err := owner.ListClients(t.Context(), client.ClientQuery{Counts: true})
	if err != nil {
		t.Fatal(err)
	}
	got := map[policy.ClientID]*api.Sees{}
	for _, row := range page.Value.Items {
		got[row.Value.ID] = row.Sees
	}
	want := map[policy.ClientID]*api.Sees{
		"acme": {Employees: 2, Projects: 1}, "beta": {Employees: 2, Projects: 2}, "gamma": {Employees: 1, Projects: 1},
		"nil": {}, "soon": {Employees: 3, Projects: 2},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	page, err = owner.ListClients(t.Context(), client.ClientQuery{})
	if err != nil || page.Value.Items[0].Sees != nil {
		t.Errorf("counts without asking for them: %v, %v", page.Value.Items[0].Sees, err)
	}
	counted, err := owner.Counts(t.Context(), []policy.ClientID{"soon", "odd", "nobody", "nil"})
	if diff := cmp.Diff(map[policy.ClientID]api.Sees{"soon": {Employees: 3, Projects: 2}, "nil": {}}, counted.Counts); diff != "" || err != nil {
		t.Errorf("of some clients: %v (-want +got):\n%s", err, diff)
	}
	if counted.Revision == 0 || len(counted.Later) > 0 {
		t.Errorf("of some clients: at revision %d, later %v", counted.Revision, counted.Later)
	}
}
