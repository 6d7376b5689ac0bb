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
