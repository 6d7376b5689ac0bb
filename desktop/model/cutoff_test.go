package model_test

import (
	"testing"
	"time"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model"
	"sightline.example/policy"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

// The sidecar goes on to answer for a while when its store is gone, and then ceases
// to, which is not the same as being gone itself.
func TestASidecarThatIsCutOffFromItsStoreIsToldFromOneThatIsGone(t *testing.T) {
	line := storetest.NewProxy(t, storetest.Start(t).Endpoint())
	sidecar := harbour(t, sidecartest.Options{Endpoints: []string{line.Endpoint()}, Prefix: "/cut-off/", MaxStaleness: 6 * time.Second})
	pump := asynctest.New(t)
	s := follow(t, pump, sidecar.Owner)
	line.Hold()
	pump.Until(func() bool { return s.Link().State == model.LinkReadOnly })
	if _, err := sidecar.Owner.ListClients(t.Context(), client.ClientQuery{}); err != nil || s.Data().Clients.Len() != 2 {
		t.Errorf("read only, and %v", err)
	}
	pump.Until(func() bool { return s.Link().State == model.LinkReconnecting && s.Link().Unready() })
	line.Release()
	pump.Until(func() bool { return s.Link().State == model.LinkLive })
	if _, err := sidecar.Owner.Suspend(t.Context(), "acme", 0, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	pump.Until(func() bool { return s.Client("acme").Status == policy.Suspended })
}

func TestAStoreThatIsBackSoonMakesTheSidecarLiveAgain(t *testing.T) {
	line := storetest.NewProxy(t, storetest.Start(t).Endpoint())
	sidecar := harbour(t, sidecartest.Options{Endpoints: []string{line.Endpoint()}, Prefix: "/back-soon/", MaxStaleness: time.Minute})
	pump := asynctest.New(t)
	s := follow(t, pump, sidecar.Owner)
	line.Hold()
	pump.Until(func() bool { return s.Link().State == model.LinkReadOnly })
	line.Release()
	pump.Until(func() bool { return s.Link().State == model.LinkLive })
}
