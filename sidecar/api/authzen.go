package api

import "sightline.example/policy"

// Paths of the AuthZEN Authorization API 1.0 (section 10.1). POST only.
const (
	PathEvaluation  = "/access/v1/evaluation"
	PathEvaluations = "/access/v1/evaluations"
)

// Evaluations is a request for many decisions at once (section 7.1). The first
// four members are defaults for the items: an item's own entity replaces the
// default as a whole.
type Evaluations struct {
	Subject     *policy.Entity `json:"subject,omitempty"`
	Action      *policy.Action `json:"action,omitempty"`
	Resource    *policy.Entity `json:"resource,omitempty"`
	Context     map[string]any `json:"context,omitempty"`
	Evaluations []Item         `json:"evaluations"`
	Options     Options        `json:"options,omitzero"`
}

// Item is one question of an [Evaluations]; what it leaves out comes from the
// defaults.
type Item struct {
	Subject  *policy.Entity `json:"subject,omitempty"`
	Action   *policy.Action `json:"action,omitempty"`
	Resource *policy.Entity `json:"resource,omitempty"`
	Context  map[string]any `json:"context,omitempty"`
}

// Options steer how a batch is answered (section 7.1.2).
type Options struct {
	Semantic Semantic `json:"evaluations_semantic,omitempty"` // empty means ExecuteAll
	Reasons  bool     `json:"reasons,omitempty"`              // ours: give every decision its reason
}

// Semantic says when a batch is done.
type Semantic string

// The semantics. Answers stop with the decision that ends the batch.
const (
	ExecuteAll          Semantic = "execute_all"
	DenyOnFirstDeny     Semantic = "deny_on_first_deny"
	PermitOnFirstPermit Semantic = "permit_on_first_permit"
)

// Decision is an answer (section 5.5). A no is HTTP status 200.
type Decision struct {
	Decision bool     `json:"decision"`
	Context  *Context `json:"context,omitempty"`
}

// Context says why. Reason is a constant code; the sentences are for people.
type Context struct {
	Reason      string     `json:"reason,omitempty"`
	ReasonAdmin *Sentence  `json:"reason_admin,omitempty"` // may name what the user may not see
	ReasonUser  *Sentence  `json:"reason_user,omitempty"`
	Error       *ItemError `json:"error,omitempty"` // set if the item could not be evaluated
}

// Sentence is a text by language tag.
type Sentence struct {
	EN string `json:"en"`
}

// ItemError says what is wrong with one item of a batch (section 7.2.1).
type ItemError struct {
	Status  int    `json:"status"`
	Message string `json:"message"`
}

// Decisions is the answer to an [Evaluations] with items (section 7.2): one
// decision per item, in order, up to the one that ended the batch.
type Decisions struct {
	Evaluations []Decision `json:"evaluations"`
}

// DecisionOf returns the wire form of d, with its reason.
func DecisionOf(d policy.Decision) Decision {
	return Decision{Decision: d.Allow, Context: &Context{
		Reason:      d.Reason.Code,
		ReasonAdmin: sentence(d.Reason.Admin),
		ReasonUser:  sentence(d.Reason.Client),
	}}
}

// Policy returns what d says, in the domain's words.
func (d Decision) Policy() policy.Decision {
	if d.Context == nil {
		return policy.Decision{Allow: d.Decision}
	}
	return policy.Decision{Allow: d.Decision, Reason: policy.Reason{
		Code:   d.Context.Reason,
		Admin:  d.Context.ReasonAdmin.text(),
		Client: d.Context.ReasonUser.text(),
	}}
}

func sentence(text string) *Sentence {
	if text == "" {
		return nil
	}
	return &Sentence{EN: text}
}

func (s *Sentence) text() string {
	if s == nil {
		return ""
	}
	return s.EN
}
