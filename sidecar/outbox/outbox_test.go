package outbox_test

import (
	"slices"
	"testing"
	"time"

	"sightline.example/sidecar/mail/mailtest"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

// TestOneSidecarSendsUntilItEnds has two sidecars on one cluster, each with a mail
// server of its own: which one got a message tells who sent it.
func TestOneSidecarSendsUntilItEnds(t *testing.T) {
	cluster := storetest.Start(t)
	firstPost, secondPost := mailtest.Start(t, mailtest.Script{}), mailtest.Start(t, mailtest.Script{})
	first := sidecartest.Start(t, sidecartest.Options{Endpoints: []string{cluster.Endpoint()}, Mail: through(firstPost)})
	id, _ := invite(t, first, address(0))
	delivery(t, first, id, sent)
	second := sidecartest.Start(t, sidecartest.Options{
		Endpoints: []string{cluster.Endpoint()}, Owner: first.Owner.Key, Mail: through(secondPost),
	})
	const each = 10
	for i := range each {
		invite(t, first, address(1+i))
		invite(t, second, address(1+each+i))
	}
	firstPost.Wait(t, 1+2*each)
	if got := len(secondPost.Messages()); got > 0 {
		t.Errorf("the second sidecar sent %d messages while the first one did", got)
	}
	first.Stop(t)
	invite(t, second, address(1+2*each))
	messages := append(firstPost.Messages(), secondPost.Wait(t, 1)...)
	var to []string
	for _, m := range messages {
		to = append(to, m.To)
	}
	slices.Sort(to)
	if once := slices.Compact(slices.Clone(to)); len(once) != 2+2*each || len(to) != len(once) {
		t.Errorf("the messages went to %v", to)
	}
}

// TestAnswersDoNotWaitForTheMailServer invites while the mail server takes a
// minute for each message.
func TestAnswersDoNotWaitForTheMailServer(t *testing.T) {
	post := mailtest.Start(t, mailtest.Script{Slow: time.Minute})
	s := sidecartest.Start(t, sidecartest.Options{Mail: through(post)})
	took := make([]time.Duration, 100)
	for i := range took {
		_, took[i] = invite(t, s, address(i))
	}
	slices.Sort(took)
	t.Logf("the API answered %d invitations after %s at the median, %s at the 99th percentile, %s at most",
		len(took), took[49], took[98], took[99])
	if took[98] > soon {
		t.Errorf("the 99th percentile is %s", took[98])
	}
}
