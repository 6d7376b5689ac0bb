package engine

import (
	"context"
	"fmt"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/topdown"

	"sightline.example/policy"
)

// MaxTrace is the longest text of a trace, in bytes.
const MaxTrace = 1 << 20

const traceCut = "The trace is longer than 1 MiB and ends here.\n"

// Trace evaluates the decision on a request and returns how: OPA's own trace,
// each step with its place in the rules and the values it saw, cut to
// [MaxTrace] if need be. It is for authors of rules and may show anything the
// rules read. The error is a *[policy.Error] if there is no snapshot or the
// evaluation was stopped: by the end of ctx, or by the limit of a list, since
// tracing takes a multiple of the time.
func (v View) Trace(ctx context.Context, r policy.Request) (string, error) {
	steps := &steps{left: MaxTrace - len(traceCut)}
	q := query{entry: entryDecision, request: r, explain: true, trace: steps}
	text, err := ask(ctx, v, q, func(ast.Value) (string, error) { return steps.text(), nil })
	if err != nil {
		return "", complaint(q, err)
	}
	return text, nil
}

// steps is a tracer that records until the text would be too long.
type steps struct {
	topdown.BufferTracer
	left int // bytes
	cut  bool
}

// minStep is about what the place, the indentation and the operation of a step
// take, in bytes. Most steps take more: it bounds how many are kept, and text
// cuts what is over.
const minStep = 32

// TraceEvent implements topdown.QueryTracer. Of unifications there would be one
// for each comparison; OPA leaves them out as well unless debugging itself.
func (s *steps) TraceEvent(e topdown.Event) {
	if e.Op == topdown.UnifyOp || s.cut {
		return
	}
	s.left -= minStep + len(e.Message)
	if !e.HasRule() { // of a rule only the name is told
		s.left -= len(fmt.Sprint(e.Node))
	}
	if s.cut = s.left < 0; !s.cut {
		shorten(e.Locals)
		s.BufferTracer.TraceEvent(e)
	}
}

// maxValue is the longest value that is kept for a step. OPA shows 32 bytes of
// it, but writes all of it first.
const maxValue = 256

// shorten puts a note in the place of long values: a step has copies of its own.
func shorten(values *ast.ValueMap) {
	long := map[ast.Value]int{}
	values.Iter(func(name, value ast.Value) bool {
		if n := ast.NewTerm(value).StringLength(); n > maxValue {
			long[name] = n
		}
		return false
	})
	for name, n := range long {
		values.Put(name, ast.Var(fmt.Sprintf("(%d bytes of %s)", n, ast.ValueName(values.Get(name)))))
	}
}

func (s *steps) text() string {
	var all strings.Builder
	topdown.PrettyTraceWithOpts(&all, s.BufferTracer, topdown.PrettyTraceOptions{Locations: true, ExprVariables: true})
	text := all.String()
	if len(text) > MaxTrace-len(traceCut) {
		text, s.cut = text[:strings.LastIndexByte(text[:MaxTrace-len(traceCut)], '\n')+1], true
	}
	if s.cut {
		text += traceCut
	}
	return text
}
