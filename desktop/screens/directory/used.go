package directory

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"
	"fyne.io/fyne/v2/widget"

	"sightline.example/desktop/lang"
	"sightline.example/desktop/model/review"
	"sightline.example/desktop/widgets/grid"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/state"
	"sightline.example/policy"
)

// used shows where something is used: whose scopes select it, and who can see it.
type used struct {
	content fyne.CanvasObject
	cfg     EditConfig

	title     *widget.Label
	selecting *widget.Label
	chosen    int             // by so many scopes
	below     *fyne.Container // has it
	grid      *grid.Grid[review.Client]
	pane      *state.Pane
}

func newUsed(cfg EditConfig) *used {
	u := &used{cfg: cfg, title: look.Strong(lang.L("Who can see it")), selecting: look.Caption("")}
	u.below = look.Flush(u.selecting)
	if cfg.Who == nil {
		about := look.Paragraph(lang.L("Clients see it once it is saved and their scopes lead to it."))
		about.Importance = widget.LowImportance
		u.content = card(container.NewVBox(look.Flush(u.title), about))
		return u
	}
	m := cfg.Who
	u.grid = grid.New(grid.Config[review.Client]{
		Columns: []grid.Column[review.Client]{
			{ID: "name", Title: lang.L("Client"), Width: 110, Grow: 1, Text: func(c review.Client) string { return c.Name }},
			{ID: "mode", Title: lang.L("Sees by"), Width: 78, Text: func(c review.Client) string { return lang.Mode(c.Mode) }},
		},
		Len:    m.Len,
		At:     func(i int) (review.Client, bool) { return m.At(i), true },
		ID:     func(c review.Client) string { return string(c.ID) },
		Name:   func(c review.Client) string { return c.Name },
		Tips:   cfg.Tips,
		OnOpen: cfg.OnClient,
	})
	u.pane = state.NewPane(u.grid, cfg.After)
	top := container.New(layout.NewCustomPaddedLayout(0, 8, 0, 0), look.Column(2, look.Flush(u.title), u.below))
	u.content = card(container.New(layout.NewBorderLayout(top, nil, nil, nil), top, u.pane))
	m.OnChange = u.list
	return u
}

func card(content fyne.CanvasObject) fyne.CanvasObject { return look.NewCard(look.Pad(8, content)) }

func (u *used) refresh(selecting int) {
	if u.cfg.Who == nil {
		return
	}
	u.chosen = selecting
	text := ""
	if u.cfg.Model.Kind() != policy.TypeEmployee {
		text = lang.N("{{.N}} scopes select it", selecting)
	}
	u.selecting.SetText(text)
	look.Hide(u.below, text == "")
	u.list()
}

// whyNobody says why no client can see it.
func (u *used) whyNobody() string {
	if u.chosen > 0 {
		return lang.L("Invited, suspended and expired clients see nothing, whatever their scope says.")
	}
	return lang.L("Clients see it once their scopes lead to it.")
}

func (u *used) list() {
	m := u.cfg.Who
	u.grid.Reload()
	switch {
	case m.Read() && m.Len() == 0:
		u.title.SetText(lang.L("No client can see it"))
	case m.Read():
		u.title.SetText(lang.N("{{.N}} clients can see it", m.Len()))
	}
	switch {
	case m.Err() != nil:
		u.pane.ShowFailed(lang.L("Who can see it could not be found out"), lang.Error(m.Err()), m.Again)
	case !m.Read():
		u.pane.ShowLoading(lang.L("Looking…"))
	case m.Len() == 0:
		u.pane.ShowEmpty(state.Message{Text: u.whyNobody()})
	default:
		u.pane.ShowContent()
	}
}
