package detail_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model"
	"sightline.example/desktop/model/detail"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

func tells(t *testing.T, owner *client.Client) {
	d := invite(t, owner, "tells")
	d.untilState(detail.InvitationSent)
	if i := d.Invitation.Value(); i.Note != "Welcome." || i.Delivery.At.IsZero() || !d.Invitation.Open() {
		t.Errorf("the invitation is %+v", i)
	}
	if _, err := owner.RevokeInvitation(t.Context(), policy.SubjectClient, string(d.Client().ID), client.Terms{}); err != nil {
		t.Fatal(err)
	}
	d.pump.Advance(15 * time.Second) // no feed tells of it
	if d.Invitation.State() != detail.InvitationRevoked || d.Invitation.Open() {
		t.Errorf("the invitation is %s", d.Invitation.State())
	}
}

func sends(t *testing.T, owner *client.Client) {
	d := invite(t, owner, "sends")
	d.untilState(detail.InvitationSent)
	before := d.Invitation.Value()
	d.Invitation.Send(false)
	d.Invitation.Send(false) // a second press
	d.rest()
	if len(d.sent) != 1 || len(d.keys) != 1 || len(d.failed) != 0 {
		t.Fatalf("sent %v by %d calls, failed %v", d.sent, len(d.keys), d.failed)
	}
	if s := d.sent[0]; s.Link != "" || !s.Expires.After(before.Expires) || s.Note != "Welcome." {
		t.Errorf("sent was %+v", s)
	}
	d.untilState(detail.InvitationSent)
}

func repeats(t *testing.T, owner *client.Client) {
	d := open(t, owner, "repeats", policy.Scope{})
	d.refused = policy.Errorf(policy.Unavailable, "nobody answers")
	d.Invitation.Send(false)
	d.rest()
	d.refused = policy.Errorf(policy.TooMany, "too many")
	d.Invitation.Send(false)
	d.rest()
	d.refused = nil
	d.Invitation.Send(false)
	d.rest()
	if len(d.failed) != 2 || len(d.sent) != 1 || d.Invitation.Sending() {
		t.Errorf("failed %v, sent %v", d.failed, d.sent)
	}
	if d.keys[0] != d.keys[1] || d.keys[1] == d.keys[2] {
		t.Errorf("the calls are named %q, want the first two alike", d.keys)
	}
}

func links(t *testing.T, owner *client.Client) {
	d := open(t, owner, "links", policy.Scope{})
	d.refused = policy.Errorf(policy.Unavailable, "nobody answers")
	d.Invitation.Send(true)
	d.rest()
	d.refused = nil
	d.Invitation.Send(true)
	d.rest()
	if len(d.sent) != 1 || !d.sent[0].Wanted || d.keys[0] == d.keys[1] {
		t.Fatalf("sent %+v under the names %q", d.sent, d.keys)
	}
	first := d.sent[0].Link
	d.Invitation.Send(true)
	d.rest()
	if _, err := d.owner.OpenLink(t.Context(), token(d.sent[1].Link)); err != nil {
		t.Errorf("the link opens nothing: %v", err)
	}
	if _, err := d.owner.OpenLink(t.Context(), token(first)); policy.CodeOf(err) != policy.LinkFault {
		t.Errorf("the link before says %v", err)
	}
}

// token returns the text of a link, which is the end of its address.
func token(link string) string { return link[strings.LastIndex(link, "/")+1:] }

func active(t *testing.T, owner *client.Client) {
	d := open(t, owner, "active", policy.Scope{})
	c := *d.Client()
	c.Status = policy.Active
	d.Follow(&c, d.data)
	d.Invitation.Send(false)
	d.pump.Advance(time.Minute)
	if d.Invitation.State() != detail.InvitationNone || len(d.keys) != 0 || d.pump.Timers() != 0 {
		t.Errorf("the invitation is %s, %d were sent, %d readings wait", d.Invitation.State(), len(d.keys), d.pump.Timers())
	}
}

func TestAnInvitationIsWhatItsTimesAndItsDeliverySay(t *testing.T) {
	noon := time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)
	fine := api.Invitation{Expires: noon.Add(time.Hour)}
	with := func(change func(*api.Invitation)) api.Invitation {
		i := fine
		change(&i)
		return i
	}
	for want, answer := range map[detail.InvitationState]struct {
		value api.Invitation
		err   error
		open  bool
	}{
		detail.InvitationWaiting: {value: with(func(i *api.Invitation) { i.Delivery.State = policy.DeliveryPending }), open: true},
		detail.InvitationSent:    {value: with(func(i *api.Invitation) { i.Delivery.State = policy.DeliverySent }), open: true},
		detail.InvitationFailed:  {value: with(func(i *api.Invitation) { i.Delivery.State = policy.DeliveryFailed }), open: true},
		detail.InvitationExpired: {value: with(func(i *api.Invitation) { i.Expires = noon })},
		detail.InvitationRevoked: {value: with(func(i *api.Invitation) { i.Revoked, i.Expires = noon, noon })},
		detail.InvitationUsed:    {value: with(func(i *api.Invitation) { i.Accepted = noon })},
		detail.InvitationUnsent:  {err: policy.Errorf(policy.NotFound, "there is none")},
		detail.InvitationUnknown: {err: policy.Errorf(policy.Unavailable, "nobody answers")},
	} {
		pump := asynctest.New(t)
		m := detail.New(detail.Config{
			On: pump, Now: func() time.Time { return noon },
			Preview: func(context.Context, string, api.NewPreview) (api.Preview, error) { return api.Preview{}, nil },
			Invitation: func(context.Context, policy.SubjectType, string) (client.Stored[api.Invitation], error) {
				return client.Stored[api.Invitation]{Value: answer.value}, answer.err
			},
		}, model.NewClient(policy.Client{ID: "acme", Status: policy.Invited}, 1), &model.Data{})
		if m.Invitation.State() != detail.InvitationReading {
			t.Errorf("before it was read it is %s", m.Invitation.State())
		}
		pump.Settle()
		if m.Invitation.State() != want || m.Invitation.Open() != answer.open {
			t.Errorf("it is %s, open: %t, want %s, open: %t", m.Invitation.State(), m.Invitation.Open(), want, answer.open)
		}
		m.Close()
	}
}
