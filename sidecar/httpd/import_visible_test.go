package httpd_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/sync/errgroup"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

// watcher asks a sidecar over and over what there is of a company of which
// everything carries the company's name, old or new.
type watcher struct {
	*sidecartest.Sidecar
	asked, changes int // answers, and how often another company was seen
	last           string
}

func (w *watcher) saw(company string) {
	w.asked++
	if company != w.last {
		w.changes++
		w.last = company
	}
}

// decide asks for many decisions at once: those about the old company's
// employees are all yes and about the new one's all no, or the other way round.
func (w *watcher) decide(ctx context.Context, employees int) error {
	batch := api.Evaluations{
		Subject: &policy.Entity{Type: policy.TypeClient, ID: "acme"},
		Action:  &policy.Action{Name: policy.ActionView},
	}
	for i := range 500 {
		for _, company := range []string{"old", "new"} {
			id := fmt.Sprintf("%s-%05d", company, i*employees/500)
			batch.Evaluations = append(batch.Evaluations, api.Item{Resource: &policy.Entity{Type: policy.TypeEmployee, ID: id}})
		}
	}
	got, err := w.App.Evaluations(ctx, batch)
	if err != nil {
		return err
	}
	old := got.Decisions[0].Decision
	for i, d := range got.Decisions {
		if d.Decision != (old == (i%2 == 0)) {
			return fmt.Errorf("decision %d is %v, where the first is %v", i, d.Decision, old)
		}
	}
	w.saw(map[bool]string{true: "old", false: "new"}[old])
	return nil
}

// list asks for a page of employees, of which all are of one company.
func (w *watcher) list(ctx context.Context) error {
	page, err := w.Owner.Employees().List(ctx, "", 1_000)
	if err != nil {
		return err
	}
	if len(page.Items) != 1_000 {
		return fmt.Errorf("%d employees are listed, want 1000", len(page.Items))
	}
	company := page.Items[0].Value.Name
	for _, item := range page.Items {
		if item.Value.Name != company || !strings.HasPrefix(string(item.Value.ID), company) {
			return fmt.Errorf("%s is listed in the company %s", item.Value.ID, company)
		}
	}
	w.saw(company)
	return nil
}

// moved is a company of as many employees, as tables: all are in one group.
func moved(company string, employees int) client.Tables {
	var rows strings.Builder
	rows.WriteString("id,name,group\n")
	for i := range employees {
		fmt.Fprintf(&rows, "%s-%05d,%s,all\n", company, i, company)
	}
	return client.Tables{Employees: strings.NewReader(rows.String()), Groups: strings.NewReader("id,name\nall,All\n")}
}

// patiently calls until the sidecar stands where it is asked to: a call waits a second
// at most until so many changes are taken in.
func patiently(t *testing.T, call func() error) {
	t.Helper()
	var err error
	for range 60 {
		if err = call(); policy.CodeOf(err) != policy.Unavailable {
			break
		}
	}
	if err != nil {
		t.Fatal(err)
	}
}

func TestImportIsNeverHalfVisible(t *testing.T) {
	const employees = 20_000
	s := sidecartest.Start(t, sidecartest.Options{})
	old, err := s.Owner.ImportCSV(t.Context(), moved("old", employees), client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	acme := policy.Client{
		ID: "acme", Name: "Acme", Email: "a@example.com", Status: policy.Active,
		Scope: policy.Scope{Groups: []policy.GroupID{"all"}},
	}
	var made client.Stored[policy.Client]
	patiently(t, func() (err error) {
		made, err = s.Owner.AtLeast(old.Token).Clients().Create(t.Context(), acme, client.Terms{})
		return err
	})
	known := policy.Request{
		Subject: policy.Entity{Type: policy.TypeClient, ID: "acme"}, Action: policy.Action{Name: policy.ActionView},
		Resource: policy.Entity{Type: policy.TypeEmployee, ID: "old-00000"},
	}
	patiently(t, func() error {
		_, err := s.App.AtLeast(made.Token).Evaluate(t.Context(), known)
		return err
	})

	decisions, lists := &watcher{Sidecar: s}, &watcher{Sidecar: s}
	if err := errors.Join(decisions.decide(t.Context(), employees), lists.list(t.Context())); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	all, ctx := errgroup.WithContext(t.Context())
	watch := func(w *watcher, ask func() error) {
		all.Go(func() error {
			for {
				ended := false
				select {
				case <-done:
					ended = true
				default:
				}
				if err := ask(); err != nil {
					return err
				}
				if ended && w.last == "new" {
					return nil
				}
			}
		})
	}
	watch(decisions, func() error { return decisions.decide(ctx, employees) })
	watch(lists, func() error { return lists.list(ctx) })
	all.Go(func() error {
		defer close(done)
		_, err := s.Owner.ImportCSV(ctx, moved("new", employees), client.Terms{})
		return err
	})
	if err := all.Wait(); err != nil {
		t.Fatal(err)
	}
	for name, w := range map[string]*watcher{"decisions": decisions, "lists": lists} {
		if w.changes != 2 || w.asked < 4 {
			t.Errorf("%s: in %d answers %d companies were seen, want the old one and then the new one", name, w.asked, w.changes)
		}
		t.Logf("%s: %d answers", name, w.asked)
	}

	records := len(auditLog(t, s.Owner))
	again, err := s.Owner.ImportCSV(t.Context(), moved("new", employees), client.Terms{})
	if diff := cmp.Diff(api.Counts{}, again.Value.Employees.Counts); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if got := len(auditLog(t, s.Owner)); got != records {
		t.Errorf("the same again left %d audit records", got-records)
	}
}
