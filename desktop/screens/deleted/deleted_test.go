package deleted_test

import (
	"context"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	model "sightline.example/desktop/model/deleted"
	"sightline.example/desktop/screens/deleted"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/tooltip"
	"sightline.example/desktop/widgets/widgetstest"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

var noon = time.Date(2026, 5, 4, 12, 0, 0, 0, time.UTC)

// stage is the screen, with a sidecar that answers as the test says.
type stage struct {
	*widgetstest.Window
	pump      *asynctest.Pump
	screen    *deleted.Screen
	all       []api.DeletedClient
	err       error
	hindrance string
	asked     []policy.ClientID
}

func open(t *testing.T, v look.Variant, err error, all ...api.DeletedClient) *stage {
	t.Helper()
	widgetstest.Start(t, v)
	s := &stage{pump: asynctest.New(t), all: all, err: err}
	m := model.New(model.Config{
		On: s.pump,
		List: func(context.Context, string, int) (api.DeletedClients, error) {
			return api.DeletedClients{Items: s.all}, s.err
		},
		Erase: func(_ context.Context, id policy.ClientID, _ client.Terms) (client.Stored[api.DeletedClient], error) {
			return client.Stored[api.DeletedClient]{Value: api.DeletedClient{ID: id, Erased: true}}, nil
		},
	})
	t.Cleanup(m.Close)
	s.screen = deleted.New(deleted.Config{
		Model: m, Tips: tooltip.NewLayer(s.pump.After), After: s.pump.After, Now: func() time.Time { return noon },
		Hindrance: func() string { return s.hindrance }, OnChange: func() {},
		OnErase: func(d api.DeletedClient) {
			s.asked = append(s.asked, d.ID)
			m.Erase(string(d.ID))
		},
	})
	s.Window = widgetstest.Open(t, look.NewPanel(theme.ColorNameBackground, s.screen.Content), 1_000, 540)
	s.rest()
	return s
}

func (s *stage) rest() {
	s.pump.Advance(time.Second)
	s.Relayout()
}

func gone() []api.DeletedClient {
	return []api.DeletedClient{
		{ID: "acme", Name: "Acme Bank", Email: "office@acme.example", Deleted: noon.Add(-time.Hour), By: "Olive"},
		{ID: "dune", Name: "Dune Optics", Email: "office@dune.example", Deleted: noon.Add(-2 * time.Hour)},
		{ID: "iris", Erased: true, Deleted: noon.Add(-3 * time.Hour)},
	}
}

func TestDeletedClientsAreListedAndErased(t *testing.T) {
	s := open(t, look.Light, nil, gone()...)
	s.WantTexts("Acme Bank", "office@dune.example", "1 hour ago, Olive", "Kept", "iris", "Erased")
	s.WantFits()
	s.Picture("deleted")
	s.Tap("Erase personal data…") // of nobody yet
	s.Tap("Acme Bank")
	s.Tap("Erase personal data…")
	s.rest()
	s.WantNoTexts("Acme Bank")
	s.Tap("acme")
	s.Press(fyne.KeyDelete) // it is done
	s.hindrance = "You only look."
	s.Tap("Dune Optics")
	s.Press(fyne.KeyDelete)
	if diff := cmp.Diff([]policy.ClientID{"acme"}, s.asked); diff != "" {
		t.Errorf("to be erased: -want +got\n%s", diff)
	}
}

func TestADeletedClientIsFound(t *testing.T) {
	s := open(t, look.Light, nil, gone()...)
	s.screen.FocusSearch(s.Canvas())
	s.Type("dune off")
	s.rest()
	s.WantTexts("Dune Optics")
	s.WantNoTexts("Acme Bank")
	s.Type("zebra")
	s.rest()
	s.WantTexts("Nothing found")
	s.Tap("Clear search")
	s.rest()
	s.WantTexts("Acme Bank")
}

func TestNothingDeletedAndNothingLoadedSaySo(t *testing.T) {
	s := open(t, look.Dark, nil)
	s.WantTexts("No client was deleted")
	s = open(t, look.Dark, policy.Errorf(policy.Unavailable, "no"))
	s.WantTexts("The deleted clients could not be loaded")
	s.all, s.err = gone(), nil
	s.Tap("Try again")
	s.rest()
	s.WantTexts("Acme Bank")
	s.Picture("deleted-dark")
}
