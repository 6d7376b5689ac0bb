package shell_test

import (
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

func TestAClientIsInvited(t *testing.T) {
	s := signedIn(t)
	s.choose("Invite a client")
	s.until("E-mail addresses")
	s.Type("cora@fernhill.example")
	s.Tap("Design")
	s.Tap("Send")
	s.until("Copy")
	page, err := s.sidecar.Owner.ListClients(t.Context(), client.ClientQuery{Search: "cora@fernhill.example"})
	if err != nil {
		t.Fatal(err)
	}
	if len(page.Value.Items) != 1 || page.Value.Items[0].Value.Status != policy.Invited {
		t.Errorf("the clients with the address are %v", page.Value.Items)
	}
}
