package invite_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/lang"
	model "sightline.example/desktop/model/invite"
	"sightline.example/desktop/model/sketch"
	"sightline.example/desktop/screens/invite"
	"sightline.example/desktop/widgets/control"
	"sightline.example/desktop/widgets/look"
	"sightline.example/desktop/widgets/widgetstest"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

// stage is a screen, with a sidecar that invites all but those called "taken".
type stage struct {
	*widgetstest.Window
	t      *testing.T
	pump   *asynctest.Pump
	form   *model.Form
	batch  *model.Batch
	copied []string
	err    error // of every call
}

func newStage(t *testing.T, v look.Variant) *stage {
	t.Helper()
	widgetstest.Start(t, v)
	if err := lang.Load(lang.System); err != nil {
		t.Fatal(err)
	}
	return &stage{t: t, pump: asynctest.New(t)}
}

func (s *stage) config() model.Config {
	return model.Config{On: s.pump, Preview: s.preview, Many: s.many, TryMany: s.many, Admin: s.admin, Zone: time.UTC}
}

func (s *stage) preview(_ context.Context, _ string, q api.NewPreview) (api.Preview, error) {
	n := 7 * len(q.Scope.Groups)
	return api.Preview{Mode: q.Scope.Mode(), Employees: api.Listing{Count: n}, Projects: api.Listing{Count: 2}}, s.err
}

func (s *stage) many(_ context.Context, w api.Invitations, _ client.Terms) (stored client.Stored[api.InvitedRows], err error) {
	for i, one := range w.Invitations {
		row := api.InvitedRow{Email: one.Email, ID: policy.ClientID(fmt.Sprint(i)), Link: "https://sightline.example/" + one.Email}
		if strings.HasPrefix(one.Email, "taken") {
			row = api.InvitedRow{Email: one.Email, Error: new(api.ProblemOf(policy.Errorf(policy.Exists, "another client has this address")))}
		}
		if one.Scope.Until != nil && one.Scope.Until.Year() < 2026 {
			row = api.InvitedRow{Email: one.Email, Error: new(api.ProblemOf(policy.FieldErrorf("scope.until", "must be in the future")))}
		}
		stored.Value.Rows = append(stored.Value.Rows, row)
	}
	return stored, s.err
}

func (s *stage) admin(context.Context, api.NewAdmin, client.Terms) (client.Stored[api.Invited[policy.Admin]], error) {
	return client.Stored[api.Invited[policy.Admin]]{}, s.err
}

func (s *stage) show(content fyne.CanvasObject, size fyne.Size) {
	s.t.Helper()
	s.Window = widgetstest.Open(s.t, look.NewPanel(theme.ColorNameBackground, content), size.Width, size.Height)
	s.rest()
}

func (s *stage) rest() {
	s.t.Helper()
	s.pump.Advance(time.Second)
	s.Relayout()
}

func (s *stage) tap(text string) {
	s.t.Helper()
	s.Tap(text)
	s.rest()
}

var (
	small = fyne.NewSize(720, 480)
	large = fyne.NewSize(1280, 800)
)

func openForm(t *testing.T, v look.Variant, size fyne.Size) *stage {
	t.Helper()
	s := newStage(t, v)
	s.form = model.NewForm(s.config())
	t.Cleanup(s.form.Close)
	s.form.Sketch.SetDirectory(directory())
	screen := invite.New(invite.Config{
		Model: s.form, After: s.pump.After, Roles: []policy.Role{policy.RoleAdmin, policy.RoleOwner},
		OnCopy: func(link string) { s.copied = append(s.copied, link) }, OnTable: func() {}, OnDone: func() {}, OnChange: func() {},
	})
	s.show(screen.Content, size)
	screen.Focus()
	return s
}

func openBatch(t *testing.T, v look.Variant, size fyne.Size, text string) *stage {
	t.Helper()
	s := newStage(t, v)
	table, err := model.ReadTable(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	s.batch = model.NewBatch(s.config(), table)
	t.Cleanup(s.batch.Close)
	s.batch.SetDirectory(directory(), func(string) bool { return false })
	screen := invite.NewBatch(invite.BatchConfig{Model: s.batch, After: s.pump.After, OnExport: func() {}, OnDone: func() {}, OnChange: func() {}})
	s.show(screen.Content, size)
	return s
}

func directory() *sketch.Directory {
	var groups, projects []sketch.Thing
	for i := range 30 {
		groups = append(groups, sketch.Thing{ID: fmt.Sprint("g", i), Name: fmt.Sprintf("Team %02d of a company with long names of teams", i), Employees: 7})
		projects = append(projects, sketch.Thing{ID: fmt.Sprint("p", i), Name: fmt.Sprintf("Project %02d", i)})
	}
	return sketch.NewDirectory(groups, projects)
}

const guests = "email,groups,until\n" +
	"ann@client.example,g1,\n" +
	"a-very-long-address-of-somebody-who-has-no-short-one@an-equally-long-domain.client.example,g1;g2,2027-01-01\n" +
	"nobody,Team 77,soon\n" +
	"taken@client.example,,\n"

func TestTheScreensCanBeLookedAt(t *testing.T) {
	form := map[string]func(*stage){
		"empty": func(*stage) {},
		"typed": func(s *stage) {
			s.form.SetText("ann@client.example, nobody")
			s.form.Sketch.SetGroups([]policy.GroupID{"g1", "g2"})
		},
		"admin": func(s *stage) { s.form.SetText("ann@client.example"); s.form.SetRole(policy.RoleOwner) },
		"failing": func(s *stage) {
			s.err = policy.Errorf(policy.Unavailable, "no")
			s.form.SetText("ann@client.example")
			s.form.Send()
		},
		"sent": func(s *stage) {
			s.form.SetText("ann@client.example, taken@client.example, a-very-long-address-of-somebody-who-has-no-short-one@an-equally-long-domain.client.example")
			s.form.Send()
		},
	}
	batch := map[string]func(*stage){
		"table":      func(s *stage) { s.batch.Try(); s.rest(); s.tap("nobody") },
		"mending":    func(s *stage) { s.tap("ann@client.example") },
		"unassigned": func(s *stage) { s.batch.SetColumn(model.Email, -1) },
	}
	for _, v := range []look.Variant{look.Light, look.Dark} {
		for _, size := range []fyne.Size{small, large} {
			for name, act := range form {
				picture(t, fmt.Sprintf("invite-%s-%s-%.0f", name, v, size.Width), func(t *testing.T) *stage { return openForm(t, v, size) }, act)
			}
			for name, act := range batch {
				picture(t, fmt.Sprintf("invite-%s-%s-%.0f", name, v, size.Width), func(t *testing.T) *stage { return openBatch(t, v, size, guests) }, act)
			}
		}
	}
}

func picture(t *testing.T, name string, open func(*testing.T) *stage, act func(*stage)) {
	t.Run(name, func(t *testing.T) {
		s := open(t)
		act(s)
		s.rest()
		s.WantFits()
		s.Picture(name)
	})
}

func TestMistakesStandBesideTheFieldAndKeepFromSending(t *testing.T) {
	s := openForm(t, look.Light, large)
	s.Type("ann@client.example, nobody")
	s.rest()
	s.WantTexts("nobody: This is no e-mail address.", "Send 2 invitations")
	s.tap("Send 2 invitations")
	if s.form.Phase() != model.Editing {
		t.Error("it was sent")
	}
}

func TestAfterSendingLinksAreCopiedAndOthersInvited(t *testing.T) {
	s := openForm(t, look.Light, large)
	s.Type("ann@client.example,taken@client.example")
	s.rest()
	s.tap("Send 2 invitations")
	s.WantTexts("Not invited", "Another client has this address.")
	if b, ok := s.Canvas().Focused().(*control.Button); !ok || b.Text != "Done" {
		t.Errorf("%v has the keyboard, want Done", s.Canvas().Focused())
	}
	s.tap("Copy link")
	if want := []string{"https://sightline.example/ann@client.example"}; !slices.Equal(s.copied, want) {
		t.Errorf("copied %q, want %q", s.copied, want)
	}
	s.tap("Try those again")
	if s.form.Text() != "taken@client.example\n" {
		t.Errorf("the addresses are %q", s.form.Text())
	}
}

func TestAnAdminHasNoScope(t *testing.T) {
	s := openForm(t, look.Light, large)
	s.WantTexts("What they will see")
	widgetstest.Find[*control.Select](s.Window)[0].SetSelectedIndex(2)
	s.rest()
	s.WantNoTexts("What they will see")
	if s.form.Role() != policy.RoleOwner {
		t.Errorf("the role is %q", s.form.Role())
	}
}

func TestARowIsPutRightWhereItStands(t *testing.T) {
	s := openBatch(t, look.Light, large, guests)
	s.WantTexts("Needs fixing", "Invite 3")
	s.tap("nobody")
	s.WantTexts("This is no e-mail address.", "There is no such group.")
	fields := widgetstest.Find[*control.Entry](s.Window)
	for i, text := range []string{"new@client.example", "g3", ""} {
		fields[i].SetText(text)
	}
	s.rest()
	s.WantTexts("Invite 4", "new@client.example")
	s.tap("Invite 4")
	s.WantTexts("4 rows · Invited: 3 · Not invited: 1")
}

func TestADryRunSaysHowMuchEachWouldSee(t *testing.T) {
	s := openBatch(t, look.Light, large, guests)
	s.tap("Check")
	if all := strings.Join(s.Texts(), "\n"); !strings.Contains(all, "Sees 7 employees and 2 projects.") || !strings.Contains(all, "Sees 14 employees and 2 projects.") {
		t.Errorf("shown is\n%s", all)
	}
}

func TestARowThatIsRefusedOffersWhatItIsAbout(t *testing.T) {
	s := openBatch(t, look.Light, large, "email,groups,until\nann@client.example,g1,2020-01-31\ntaken@client.example,,\n")
	s.tap("ann@client.example")
	if n := len(s.fields()); n != len(model.Columns()) {
		t.Errorf("%d fields of a row in which nothing is known to be wrong", n)
	}
	s.tap("Check")
	s.WantTexts("Must be in the future.")
	if n := len(s.fields()); n != len(model.Columns()) {
		t.Errorf("%d fields are left of those that were there", n)
	}
	s.tap("taken@client.example")
	s.tap("ann@client.example")
	fields := s.fields()
	if len(fields) != 1 || fields[0].Text != "2020-01-31" {
		t.Fatalf("%d fields, the first with %q", len(fields), fields[0].Text)
	}
	s.Canvas().Focus(fields[0])
	for _, text := range []string{"2099-01", "2099-01-31"} {
		fields[0].SetText(text)
		s.rest()
		if s.Canvas().Focused() != fields[0] || !slices.Equal(s.fields(), fields) {
			t.Errorf("the field went away at %q", text)
		}
	}
	s.tap("Check")
	s.WantTexts("2 rows · Refused: 1 · Ready: 1")
	s.tap("Invite 2")
	if n := len(s.fields()); n != 0 {
		t.Errorf("%d fields of somebody who is invited", n)
	}
}

func (s *stage) fields() []*control.Entry { return widgetstest.Find[*control.Entry](s.Window) }

func TestARefusalStandsBesideItsField(t *testing.T) {
	s := openForm(t, look.Light, large)
	s.Type("ann@client.example")
	s.form.Sketch.SetUntil("2020-01-31")
	s.rest()
	s.tap("Send")
	s.WantTexts("Nothing was sent. Until: Must be in the future.", "Must be in the future.")
	for member, name := range map[string]string{"email": "E-mail: ", "note": "Note: ", "name": "Name: ", "role": "Role: "} {
		s.err = policy.FieldErrorf("invitations[0]."+member, "must not be empty")
		s.tap("Send")
		s.WantTexts("Nothing was sent. "+name+"Must not be empty.", "Must not be empty.")
		s.WantFits()
	}
}

func TestARefusedCellIsPutRightWhereItStands(t *testing.T) {
	s := openBatch(t, look.Light, large, "email,until\nann@client.example,2020-01-31\n")
	s.tap("Check")
	s.WantTexts("Until: Must be in the future.")
	s.tap("ann@client.example")
	s.WantTexts("Must be in the future.")
	fields := widgetstest.Find[*control.Entry](s.Window)
	fields[len(fields)-1].SetText("2027-01-31")
	s.rest()
	s.tap("Check")
	s.WantTexts("1 row · Ready: 1")
}
