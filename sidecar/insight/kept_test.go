package insight_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/policy/policytest"
	"sightline.example/sidecar/api"
)

// TestPreviewsAreAgainstWhatIsVisibleNow previews the scope as it is, again and
// again, while the time goes on and the directory changes: it changes nothing.
func TestPreviewsAreAgainstWhatIsVisibleNow(t *testing.T) {
	d := start(t, time.Hour)
	from := policytest.Noon().Add(time.Hour)
	scope := policy.Scope{Groups: []policy.GroupID{"design"}, From: &from}
	d.follow(trio().Client("acme", scope).Data(t))
	nothing := api.Listing{Items: []api.Named{}}
	want := &api.Edit{
		From:   policy.ModeGroups,
		Gained: api.Edges{Employees: nothing, Projects: nothing, Groups: nothing},
		Lost:   api.Edges{Employees: nothing, Projects: nothing, Groups: nothing},
	}
	for _, step := range []struct {
		name    string
		happens func()
	}{
		{"as it is", func() {}},
		{"it begins", func() { d.now = from }},
		{"somebody left", func() { d.follow(d.data.Apply(3, policytest.Deletion("employees/ann"))) }},
	} {
		step.happens()
		p, err := d.Preview(t.Context(), auditor, api.NewPreview{Client: "acme", Scope: scope})
		if diff := cmp.Diff(want, p.Against); diff != "" || err != nil {
			t.Errorf("%s: %v (-want +got):\n%s", step.name, err, diff)
		}
	}
}
