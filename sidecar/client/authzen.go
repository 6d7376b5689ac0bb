package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

// Answer is a decision and where it comes from.
type Answer struct {
	policy.Decision
	Token string // of the revision it was made at; see Client.AtLeast
	ID    string // under which it is logged
}

// Answers are the decisions on a batch, all made at one revision.
type Answers struct {
	Decisions []api.Decision
	Token     string
	ID        string
}

// decision tells an answer without a decision from a no.
type decision struct {
	Decision *bool        `json:"decision"`
	Context  *api.Context `json:"context"`
}

// Evaluate asks for one decision (AuthZEN 1.0, section 6), with its reason. The
// Answer to a failed call is a no.
func (c *Client) Evaluate(ctx context.Context, r policy.Request) (Answer, error) {
	var d decision
	header, err := c.do(ctx, http.MethodPost, api.PathEvaluation, nil, r, &d)
	if err != nil {
		return Answer{}, err
	}
	if d.Decision == nil {
		return Answer{}, errors.New("the answer has no decision")
	}
	return Answer{
		Decision: api.Decision{Decision: *d.Decision, Context: d.Context}.Policy(),
		Token:    header.Get(api.HeaderRevision),
		ID:       header.Get(api.HeaderDecisionID),
	}, nil
}

// Evaluations asks for many decisions at once (AuthZEN 1.0, section 7): at
// least one, at most api.MaxItems. There is one decision per item, in order;
// fewer only if the semantic ended the batch early. An item that could not be
// evaluated is a no with an error in its context.
func (c *Client) Evaluations(ctx context.Context, r api.Evaluations) (Answers, error) {
	if len(r.Evaluations) == 0 {
		return Answers{}, policy.FieldErrorf("evaluations", "must not be empty")
	}
	var batch struct {
		Evaluations []decision `json:"evaluations"`
	}
	header, err := c.do(ctx, http.MethodPost, api.PathEvaluations, nil, r, &batch)
	if err != nil {
		return Answers{}, err
	}
	decisions, err := decisionsOf(batch.Evaluations, r)
	if err != nil {
		return Answers{}, err
	}
	return Answers{
		Decisions: decisions,
		Token:     header.Get(api.HeaderRevision),
		ID:        header.Get(api.HeaderDecisionID),
	}, nil
}

func decisionsOf(batch []decision, r api.Evaluations) ([]api.Decision, error) {
	all := r.Options.Semantic == "" || r.Options.Semantic == api.ExecuteAll
	n := len(r.Evaluations)
	if len(batch) == 0 || len(batch) > n || all && len(batch) != n {
		return nil, fmt.Errorf("the answer has %d decisions on %d items", len(batch), n)
	}
	decisions := make([]api.Decision, len(batch))
	for i, d := range batch {
		if d.Decision == nil {
			return nil, fmt.Errorf("item %d of the answer has no decision", i)
		}
		decisions[i] = api.Decision{Decision: *d.Decision, Context: d.Context}
	}
	return decisions, nil
}
