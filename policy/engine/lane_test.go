package engine

import (
	"context"
	"testing"
	"testing/synctest"

	"sightline.example/policy"
	bundle "sightline.example/rego"
)

// TestEvaluationsWaitForTheirTurn takes all slots: a decision then waits, is a
// no when its request ends, and is made when a slot is free again.
func TestEvaluationsWaitForTheirTurn(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, err := New(t.Context(), bundle.Files, Config{})
		if err != nil {
			t.Fatal(err)
		}
		e.Swap(&policy.Data{})
		view, _ := e.View()
		for range cap(e.decisions.slots) {
			e.decisions.slots <- struct{}{}
		}
		ctx, cancel := context.WithCancel(t.Context())
		answers := make(chan string, 2)
		ask := func(ctx context.Context) { answers <- view.Decide(ctx, policy.Request{}).Reason.Code }
		go ask(ctx)
		synctest.Wait()
		if len(answers) != 0 {
			t.Fatalf("got %q without a slot", <-answers)
		}
		cancel()
		if got := <-answers; got != policy.CodeTimeout {
			t.Errorf("got %q when the request ended, want %q", got, policy.CodeTimeout)
		}
		go ask(t.Context())
		<-e.decisions.slots
		if got := <-answers; got != "unknown_client" {
			t.Errorf("got %q with a slot, want unknown_client", got)
		}
		if want := cap(e.decisions.slots) - 1; len(e.decisions.slots) != want {
			t.Errorf("%d slots are taken afterwards, want %d", len(e.decisions.slots), want)
		}
	})
}

// TestListsNeverTakeTheTurnOfADecision takes all slots of lists: a decision is
// made all the same, and a list waits until its request ends.
func TestListsNeverTakeTheTurnOfADecision(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e, err := New(t.Context(), bundle.Files, Config{})
		if err != nil {
			t.Fatal(err)
		}
		e.Swap(&policy.Data{})
		view, _ := e.View()
		view = view.With(policy.Client{ID: "c", Name: "C", Status: policy.Active})
		for range cap(e.lists.slots) {
			e.lists.slots <- struct{}{}
		}
		if got := view.Decide(t.Context(), policy.Request{}).Reason.Code; got != "unknown_client" {
			t.Errorf("got the decision %q, want unknown_client", got)
		}
		ctx, cancel := context.WithCancel(t.Context())
		answers := make(chan error, 1)
		go func() {
			_, err := view.Visible(ctx, "c")
			answers <- err
		}()
		synctest.Wait()
		if len(answers) != 0 {
			t.Fatalf("got an answer without a slot: %v", <-answers)
		}
		cancel()
		if err := <-answers; policy.CodeOf(err) != policy.Unavailable {
			t.Errorf("got error %v when the request ended, want unavailable", err)
		}
	})
}
