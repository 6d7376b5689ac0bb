package policy

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestWhatALinkOpens(t *testing.T) {
	good := DigestOf("link")
	for name, c := range map[string]struct {
		invitation Invitation
		want       string
	}{
		"good":              {Invitation{Links: []Digest{"other", good}, Expires: noon.Add(1)}, ""},
		"none of its links": {Invitation{Links: []Digest{"other"}, Expires: noon.Add(1)}, "this link was replaced by a newer one"},
		"expired":           {Invitation{Links: []Digest{good}, Expires: noon}, "this link has expired"},
		"used":              {Invitation{Links: []Digest{good}, Expires: noon, Accepted: noon}, "this link was used already"},
		"revoked":           {Invitation{Links: []Digest{good}, Expires: noon.Add(1), Revoked: noon}, "this link was revoked"},
	} {
		err := c.invitation.Opens(good, noon)
		if c.want == "" && err == nil {
			continue
		}
		if CodeOf(err) != LinkFault || err.Error() != c.want {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
}

func TestFiveMessagesADay(t *testing.T) {
	var i Invitation
	for n := range 5 {
		if err := i.Send(noon.Add(time.Duration(n) * time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	err := i.Send(noon.Add(24*time.Hour - 1))
	want := &Error{Code: TooMany, Message: "5 messages were sent within a day; the next one can be sent at 2026-03-11T12:00:00Z"}
	if diff := cmp.Diff(error(want), err); diff != "" {
		t.Error(diff)
	}
	if err := i.Send(noon.Add(24 * time.Hour)); err != nil {
		t.Error(err)
	}
	if len(i.Sends) != 5 {
		t.Errorf("%d times are kept", len(i.Sends))
	}
}

func TestStandingOfAClient(t *testing.T) {
	for _, c := range []struct {
		status Status
		until  time.Duration
		want   Status
	}{
		{Active, 1, Active},
		{Active, 0, Expired},
		{Suspended, 0, Suspended},
		{Invited, 0, Invited},
	} {
		until := noon.Add(c.until)
		client := Client{Status: c.status, Scope: Scope{Until: &until}}
		if got := client.Standing(noon); got != c.want {
			t.Errorf("%s until %d: %s, want %s", c.status, c.until, got, c.want)
		}
	}
	if got := (&Client{Status: Active}).Standing(noon); got != Active {
		t.Errorf("without an end: %s", got)
	}
}
