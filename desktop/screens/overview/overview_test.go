package overview_test

import (
	"slices"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model"
	"sightline.example/desktop/screens/overview"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
	"sightline.example/policy"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
)

func TestNumbersLeadToTheListsTheyCount(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	widgetstest.Start(t, look.Light)
	pump := asynctest.New(t)
	store := model.NewStore(model.StoreConfig{On: pump, Empty: true})
	until := time.Now().Add(time.Hour)
	store.Install(&model.Data{Clients: model.NewTable([]*model.Client{
		model.NewClient(policy.Client{ID: "a", Name: "A", Status: policy.Active, Scope: policy.Scope{Groups: []policy.GroupID{"gone"}}}, 1),
		model.NewClient(policy.Client{ID: "b", Name: "B", Status: policy.Active, Scope: policy.Scope{Until: &until}}, 1),
		model.NewClient(policy.Client{ID: "c", Name: "C", Status: policy.Invited}, 1),
	})}, model.Link{State: model.LinkLive})
	m := model.NewOverview(pump, store, &client.Client{BaseURL: sidecar.URL, Key: sidecar.Owner.Key})
	t.Cleanup(m.Close)
	var opened []model.Filter
	screen := overview.New(overview.Config{Model: m, OnClients: func(f model.Filter) { opened = append(opened, f) }})
	w := widgetstest.Open(t, screen.Content, 1000, 700)
	pump.Advance(5 * time.Second)
	w.Relayout()
	w.WantFits()
	w.WantTexts("Overview", "With dead references", "Access ends soon", "Active", "2", "Invited", "1", "Expired", "0", "Up to date", "Version of the rules")
	w.WantNoTexts("Looking…")
	w.Tap("With dead references")
	w.Tap("Active")
	w.Canvas().Focus(nil)
	w.Press(fyne.KeyTab, fyne.KeyReturn)
	d := *store.Data()
	store.Install(&d, model.Link{State: model.LinkLive})
	pump.Advance(5 * time.Second)
	if !slices.Contains(widgetstest.Find[fyne.Focusable](w), w.Canvas().Focused()) {
		t.Error("what has the keyboard is not shown any more")
	}
	want := []model.Filter{{Dead: true}, {Standing: policy.Active}, {Dead: true}}
	if diff := cmp.Diff(want, opened); diff != "" {
		t.Error(diff)
	}
}

func TestWhatCantBeFoundOutIsSaid(t *testing.T) {
	sidecar := sidecartest.Start(t, sidecartest.Options{})
	widgetstest.Start(t, look.Light)
	pump := asynctest.New(t)
	store := model.NewStore(model.StoreConfig{On: pump, Empty: true})
	store.Install(&model.Data{}, model.Link{State: model.LinkLive})
	m := model.NewOverview(pump, store, &client.Client{BaseURL: sidecar.URL})
	t.Cleanup(m.Close)
	w := widgetstest.Open(t, overview.New(overview.Config{Model: m}).Content, 1000, 700)
	pump.Advance(5 * time.Second)
	w.Relayout()
	w.WantTexts("You have to sign in again.")
}
