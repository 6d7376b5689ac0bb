package invite_test

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model/invite"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// staffed is newSidecar with people: Ada and Bo in Design, Cy in Development; Ada and
// Cy are on the website.
func staffed(t *testing.T) *client.Client {
	t.Helper()
	owner := newSidecar(t)
	doc := api.Document{Directory: policy.Directory{
		Employees: []policy.Employee{
			{ID: "ada", Name: "Ada", Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"site"}},
			{ID: "bo", Name: "Bo", Groups: []policy.GroupID{"design"}},
			{ID: "cy", Name: "Cy", Groups: []policy.GroupID{"dev"}, Projects: []policy.ProjectID{"site"}},
		},
		Groups:   []policy.Group{{ID: "design", Name: "Design"}, {ID: "dev", Name: "Development"}},
		Projects: []policy.Project{{ID: "site", Name: "Website"}},
	}}
	stored, err := owner.Import(t.Context(), doc, client.Terms{})
	if err != nil {
		t.Fatal(err)
	}
	return owner.AtLeast(stored.Token)
}

const several = "email,groups,projects,until\n" +
	"ann@client.example,design,,\n" +
	"bob@client.example,design;dev,site,\n" +
	"carl@client.example,dev;design,site,2099-01-01\n" +
	"dora@client.example,design,,2020-01-01\n" +
	"eve@client.example,,,\n" +
	"nobody,design,,\n"

func TestADryRunTellsHowMuchEachWouldSeeAskingOnce(t *testing.T) {
	pump := asynctest.New(t)
	asked := 0
	b := batch(t, pump, staffed(t), several, func(c *invite.Config) {
		preview := c.Preview
		c.Preview = func(ctx context.Context, token string, q api.NewPreview) (api.Preview, error) {
			asked++ // one at a time
			return preview(ctx, token, q)
		}
	})
	b.Try()
	pump.Settle()
	var got []string
	for _, r := range b.Rows() {
		text := string(r.State)
		if r.Sees != nil {
			text += fmt.Sprintf(" %d %d", r.Sees.Employees, r.Sees.Projects)
		}
		got = append(got, text)
	}
	want := []string{"fine 2 1", "fine 2 1", "fine 2 1", "refused", "fine 0 0", "faulty"}
	if diff := cmp.Diff(want, got); diff != "" || asked != 3 {
		t.Errorf("the sidecar was asked %d times; -want +got\n%s", asked, diff)
	}
	b.Set(0, invite.Groups, "dev")
	if b.Rows()[0].Sees != nil {
		t.Error("what another scope shows stays")
	}
}

func TestADryRunThatBreaksOffKeepsWhatItKnows(t *testing.T) {
	pump := asynctest.New(t)
	b := batch(t, pump, newSidecar(t), "email,groups\nann@client.example,design\nbob@client.example,dev\n", func(c *invite.Config) {
		preview := c.Preview
		c.Preview = func(ctx context.Context, token string, q api.NewPreview) (api.Preview, error) {
			if q.Scope.Groups[0] == "dev" {
				return api.Preview{}, policy.Errorf(policy.Unavailable, "cut off")
			}
			return preview(ctx, token, q)
		}
	})
	b.Try()
	pump.Settle()
	wantStates(t, b, "2 ann@client.example fine", "3 bob@client.example waiting")
	if b.Step() != invite.Checking || b.Err() == nil {
		t.Errorf("the batch is %s, %v", b.Step(), b.Err())
	}
}

func TestADryRunIsStoppedAtOnce(t *testing.T) {
	pump := asynctest.New(t)
	b := batch(t, pump, newSidecar(t), many(1), func(c *invite.Config) {
		c.Preview = func(ctx context.Context, _ string, _ api.NewPreview) (api.Preview, error) {
			<-ctx.Done()
			return api.Preview{}, ctx.Err()
		}
	})
	b.Try()
	b.Cancel()
	if b.Step() != invite.Checking || !b.CanInvite() {
		t.Errorf("the batch is %s", b.Step())
	}
	pump.Settle()
	if b.Err() != nil {
		t.Errorf("it broke off: %v", b.Err())
	}
}

func TestADryRunThatIsStoppedBetweenTwoRequestsSendsNothing(t *testing.T) {
	pump := asynctest.New(t)
	b := batch(t, pump, newSidecar(t), many(150))
	b.OnChange = func() {
		if n, of := b.Progress(); n == 100 && of == 150 {
			b.Cancel()
		}
	}
	b.Try()
	pump.Settle()
	if b.Step() != invite.Checking || b.Count(invite.Fine) != 100 || b.Count(invite.Waiting) != 50 {
		t.Errorf("the batch is %s, %d rows are fine, %d wait", b.Step(), b.Count(invite.Fine), b.Count(invite.Waiting))
	}
	b.SetDirectory(directory(), func(string) bool { return true })
	pump.Settle()
	if n := b.Count(invite.Faulty); n != 150 {
		t.Errorf("%d addresses are known, the others were sent", n)
	}
}

func TestARefusalConcernsColumns(t *testing.T) {
	owner := newSidecar(t)
	if _, err := owner.Invite(t.Context(), api.NewInvitation{Email: "old@client.example"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	pump := asynctest.New(t)
	b := batch(t, pump, owner, "email,groups,projects,until\n"+
		"old@client.example,,,\n"+
		"ann@client.example,dev2,,\n"+ // in the directory of the app alone
		"bob@client.example,,,2020-01-01\n"+
		"carl@client.example,,,\n")
	b.Try()
	pump.Settle()
	want := [][]invite.Column{{invite.Email}, {invite.Groups}, {invite.Until}, nil}
	for i, r := range b.Rows() {
		if diff := cmp.Diff(want[i], r.Concerned()); diff != "" {
			t.Errorf("%s, %v: -want +got\n%s", r.Cells[invite.Email], r.Err, diff)
		}
	}
}
