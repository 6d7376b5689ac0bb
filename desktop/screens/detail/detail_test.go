package detail_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/async/asynctest"
	"sightline.example/desktop/model"
	model2 "sightline.example/desktop/model/detail"
	"sightline.example/desktop/screens/detail"
	"sightline.example/desktop/widgets/control"
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
	t      *testing.T
	pump   *asynctest.Pump
	model  *model2.Detail
	screen *detail.Screen

	preview    api.Preview
	err        error // of previews
	invitation api.Invitation
	hindrance  string
	asked      []string
}

// setting is what the screen is shown with.
type setting struct {
	width, height float32
	variant       look.Variant
	client        policy.Client
	preview       api.Preview
	err           error
	invitation    api.Invitation
}

func acme() policy.Client {
	return policy.Client{
		ID: "acme", Name: "Acme Bank", Email: "office@acme.example", Status: policy.Active,
		Scope: policy.Scope{Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"site"}, Screencasts: true},
		Trail: policy.Trail{Created: noon.Add(-72 * time.Hour), Changed: noon.Add(-3 * time.Minute), ChangedBy: "Bob Miller"},
	}
}

func guest() policy.Client {
	c := acme()
	c.Status = policy.Invited
	return c
}

func listing(count int, names ...string) api.Listing {
	l := api.Listing{Count: count}
	for _, name := range names {
		l.Items = append(l.Items, api.Named{ID: strings.ToLower(name), Name: name})
	}
	return l
}

func small() api.Preview {
	return api.Preview{Mode: policy.ModeBoth, Employees: listing(2, "Ada", "Zoe"), Projects: listing(1, "Website"), Groups: listing(1, "Design")}
}

func open(t *testing.T, with setting) *stage {
	t.Helper()
	if with.width == 0 {
		with.width, with.height = 736, 540
	}
	if with.variant == "" {
		with.variant = look.Light
	}
	s := &stage{t: t, pump: asynctest.New(t), preview: with.preview, err: with.err, invitation: with.invitation}
	widgetstest.Start(t, with.variant)
	s.model = model2.New(model2.Config{
		On: s.pump, Preview: s.ask, Now: func() time.Time { return noon },
		Invitation: func(context.Context, policy.SubjectType, string) (client.Stored[api.Invitation], error) {
			return client.Stored[api.Invitation]{Value: s.invitation}, nil
		},
		Send: func(_ context.Context, _ policy.SubjectType, _ string, wanted api.SendInvitation, _ client.Terms) (client.Stored[api.Invited[string]], error) {
			return client.Stored[api.Invited[string]]{Value: api.Invited[string]{Invitation: s.invitation, Link: fmt.Sprint(wanted.Link)}}, nil
		},
	}, model.NewClient(with.client, 1), &model.Data{})
	s.model.Invitation.OnSent = func(sent model2.Sent) { s.note("sent link=%s", sent.Link) }
	t.Cleanup(s.model.Close)
	tips := tooltip.NewLayer(s.pump.After)
	s.screen = detail.New(detail.Config{
		Model: s.model, Tips: tips, After: s.pump.After, Hindrance: func() string { return s.hindrance },
		Activity: look.Line("the activity"),
		OnEdit:   func() { s.note("edit") }, OnAct: func(a model.Act) { s.note("%s", a) },
		OnClose: func() { s.note("close") }, OnChange: func() {},
		OnEmployee: func(id string) { s.note("employee %s", id) },
	})
	s.Window = widgetstest.Open(t, look.NewPanel(theme.ColorNameBackground, s.screen.Content), with.width, with.height)
	s.rest()
	return s
}

func (s *stage) note(format string, args ...any) {
	s.asked = append(s.asked, fmt.Sprintf(format, args...))
}

// ask answers with the names in which what is searched for is.
func (s *stage) ask(_ context.Context, _ string, asked api.NewPreview) (api.Preview, error) {
	p := s.preview
	if asked.Search != "" {
		p.Employees.Items = slices.DeleteFunc(slices.Clone(p.Employees.Items), func(n api.Named) bool { return !strings.Contains(n.Name, asked.Search) })
		p.Employees.Count = len(p.Employees.Items)
	}
	return p, s.err
}

func (s *stage) rest() {
	s.t.Helper()
	s.pump.Advance(time.Second)
	s.Relayout()
}

func (s *stage) wantAsked(want ...string) {
	s.t.Helper()
	if diff := cmp.Diff(want, s.asked); diff != "" {
		s.t.Errorf("asked for: -want +got\n%s", diff)
	}
}

// wantWords is WantTexts for texts that may be broken into lines.
func (s *stage) wantWords(want ...string) {
	s.t.Helper()
	shown := strings.Join(s.Texts(), " ")
	for _, text := range want {
		if !strings.Contains(shown, text) {
			s.t.Errorf("%q is not shown; shown is %q", text, shown)
		}
	}
}

func TestThePageSaysWhoTheClientIsAndWhatTheySee(t *testing.T) {
	s := open(t, setting{client: acme(), preview: small()})
	s.WantTexts("Acme Bank", "office@acme.example", "Active", "Sees: Groups + projects", "Screencasts: on",
		"Changed: 3 minutes ago, Bob Miller", "Last seen: Never", "Until: Without end",
		"2 employees", "Ada", "Zoe", "1 project", "Website", "1 group", "Design")
	s.WantNoTexts("Invitation") // active clients have none
	s.WantFits()
	s.Tap("Edit")
	s.wantAsked("edit")
}

func TestTheListsAreSearchedAndLeadOn(t *testing.T) {
	s := open(t, setting{client: acme(), preview: small()})
	s.Canvas().Focus(widgetstest.Find[*control.Search](s.Window)[0])
	s.Type("Zo")
	s.rest()
	s.WantTexts("2 employees", "1 found", "Zoe", "Website")
	s.WantNoTexts("Ada")
	s.Press(fyne.KeyDown, fyne.KeyDown, fyne.KeyReturn)
	s.wantAsked("employee zoe")
	s.Canvas().Focus(widgetstest.Find[*control.Search](s.Window)[0])
	s.Type("x")
	s.rest()
	s.WantTexts("Nothing found")
}

func TestVeryManyAreShownAsTheyAreLookedAt(t *testing.T) {
	p := small()
	p.Employees = listing(200_000, "Ada", "Zoe")
	s := open(t, setting{client: acme(), preview: p})
	s.WantTexts("200\u2009000 employees", "Ada")
	if rows := len(slices.DeleteFunc(s.Texts(), func(text string) bool { return text != "…" })); rows > 30 {
		t.Errorf("%d rows exist that are not read", rows)
	}
}

func TestWhatIsWrongWithAScopeIsPointedOut(t *testing.T) {
	p := api.Preview{Mode: policy.ModeBoth, Message: policy.NoAccessMessage, DeadGroups: []policy.GroupID{"night"}, DeadProjects: []policy.ProjectID{"old"}}
	s := open(t, setting{client: acme(), preview: p})
	s.wantWords("Nothing is visible. The client reads: “"+policy.NoAccessMessage+"”",
		"Selected, and deleted since: group night, project old. They show nothing, and keep limiting what is visible until they are dropped.", "0 employees")
	s.WantNoTexts("0 groups")
	s.WantFits()
}

func TestWhatCantBeFoundOutCanBeTriedAgain(t *testing.T) {
	s := open(t, setting{client: acme(), err: policy.Errorf(policy.Unavailable, "no")})
	s.WantTexts("What the client sees could not be found out", "The sidecar does not answer just now. Try again in a moment.")
	s.preview, s.err = small(), nil
	s.Tap("Try again")
	s.rest()
	s.WantTexts("Ada")
}

func TestTheInvitationIsToldInWords(t *testing.T) {
	expires := noon.Add(48 * time.Hour)
	until := expires.Local().Format("2006-01-02 15:04 MST")
	delivery := func(s policy.DeliveryState, detail string) policy.Delivery {
		return policy.Delivery{State: s, At: noon.Add(-2 * time.Minute), Detail: detail}
	}
	for name, c := range map[string]struct {
		invitation api.Invitation
		want       []string
	}{
		"sent":    {api.Invitation{Expires: expires, By: "Olive", Note: "Hello.", Delivery: delivery(policy.DeliverySent, "")}, []string{"Sent", "The mail server has the message (2 minutes ago). Its link opens until " + until + "."}},
		"waiting": {api.Invitation{Expires: expires, Delivery: delivery(policy.DeliveryPending, "the mail server did not take it: it answered 451 4.7.1 busy")}, []string{"Waiting to be sent", "The message is going to be sent within moments. Its link opens until " + until + ". The last try failed: The mail server takes no messages just now."}},
		"failed":  {api.Invitation{Expires: expires, Delivery: delivery(policy.DeliveryFailed, "the mail server did not take it: it answered 550 5.1.1 no such user")}, []string{"Not delivered", "The message could not be sent. The mail server does not know the address. Check how it is written. You can also copy a link, and hand it over by other means."}},
		"expired": {api.Invitation{Expires: noon, Delivery: delivery(policy.DeliverySent, "")}, []string{"Expired"}},
		"revoked": {api.Invitation{Expires: expires, Revoked: noon}, []string{"Revoked", "Its links open nothing any more. Send another one when the client may come in."}},
	} {
		s := open(t, setting{client: guest(), preview: small(), invitation: c.invitation})
		s.wantWords("This will be seen once the client has made the account.")
		s.Tap("Invitation")
		s.Relayout()
		s.wantWords(c.want...)
		s.Tap("Revoke…")
		if asked := len(s.asked) == 1; asked != (name != "expired" && name != "revoked") {
			t.Errorf("%s: revoking was asked for: %t", name, asked)
		}
		s.WantFits()
	}
}

func TestAnInvitationIsSentAgainAndItsLinkHandedOut(t *testing.T) {
	s := open(t, setting{client: guest(), preview: small(), invitation: api.Invitation{Expires: noon.Add(time.Hour)}})
	s.Tap("Invitation")
	s.Relayout()
	s.Tap("Send the invitation again")
	s.Tap("New link to copy") // while the other one is being sent
	s.rest()
	s.Tap("New link to copy")
	s.rest()
	s.wantAsked("sent link=false", "sent link=true")
	s.hindrance = "You only look."
	s.screen.Refresh()
	s.Relayout()
	s.WantTexts("You only look.")
	s.Tap("Send the invitation again")
	s.Tap("Revoke…")
	s.rest()
	s.wantAsked("sent link=false", "sent link=true")
}

func TestAccessIsEndedAndGivenBack(t *testing.T) {
	s := open(t, setting{client: acme(), preview: small()})
	s.Tap("Access")
	s.Relayout()
	s.Tap("Suspend")
	s.Tap("Delete the client…")
	suspended := acme()
	suspended.Status = policy.Suspended
	s.model.Follow(model.NewClient(suspended, 2), &model.Data{})
	s.rest()
	s.WantTexts("Suspended", "The client is suspended and sees nothing. Resuming gives the same access as before.")
	s.Tap("Resume")
	s.hindrance = "You only look."
	s.screen.Refresh()
	s.Relayout()
	s.Tap("Resume")
	s.Tap("Delete the client…")
	s.Tap("Edit")
	s.wantAsked("suspend", "delete", "resume")
	for _, b := range widgetstest.Find[*control.Button](s.Window) {
		if b.Text == "Resume" && b.Tip != "You only look." {
			t.Errorf("the tip of the button is %q", b.Tip)
		}
	}
}

func TestAPeriodThatIsNotNowIsToldWhereverAccessIs(t *testing.T) {
	later, earlier := noon.Add(time.Hour), noon.Add(-time.Hour)
	for want, scope := range map[string]policy.Scope{
		"The access has not begun: the client sees nothing before ": {From: &later},
		"The access has ended, as its period says":                  {Until: &earlier},
	} {
		c := acme()
		c.Scope.From, c.Scope.Until = scope.From, scope.Until
		s := open(t, setting{client: c, preview: small()})
		s.wantWords(want)
		s.Tap("Access")
		s.Relayout()
		s.wantWords(want)
		s.WantNoTexts("The client has access. Suspending ends it at once, until the client is resumed; it can be taken back.")
	}
}

func TestThePageFollowsTheClient(t *testing.T) {
	s := open(t, setting{client: guest(), preview: small(), invitation: api.Invitation{Expires: noon.Add(time.Hour)}})
	s.Tap("Invitation")
	s.Relayout()
	s.model.Follow(model.NewClient(acme(), 2), &model.Data{}) // has accepted
	s.rest()
	s.WantTexts("Active", "Ada")
	s.WantNoTexts("Invitation", "New link to copy")
	s.model.Follow(nil, &model.Data{})
	s.rest()
	s.WantTexts("Acme Bank was deleted. What is shown here is of before.")
	s.Tap("Edit")
	s.Tap("Close")
	s.wantAsked("close")
}

func TestTheSectionsAreReachedByKeyboard(t *testing.T) {
	s := open(t, setting{client: acme(), preview: small()})
	s.Canvas().SetOnTypedKey(func(key *fyne.KeyEvent) { s.note("%s", key.Name) })
	s.screen.Focus()
	s.Press(fyne.KeyTab, fyne.KeyReturn)
	s.Relayout()
	s.WantTexts("Delete the client…")
	s.Press(fyne.KeyTab, fyne.KeyReturn)
	s.Relayout()
	s.WantTexts("the activity")
	s.WantNoTexts("Delete the client…")
	s.Press(fyne.KeyEscape)
	s.wantAsked("Escape")
}

func TestThePageCanBeLookedAt(t *testing.T) {
	long := guest()
	long.Name = "The Honourable Company of Bartholomew Featherstonehaugh-Cholmondeley and Sons, Purveyors of Fine Things"
	long.Email = "purchasing.department.of.the.whole.company@featherstonehaugh-cholmondeley.example"
	many := small()
	many.Employees = listing(200_000, "Ada Okafor", "Bartholomew Featherstonehaugh-Cholmondeley", "Hana Sato", "Li Wei")
	many.DeadGroups = []policy.GroupID{"night-shift"}
	sent := api.Invitation{
		Created: noon.Add(-time.Hour), Expires: noon.Add(71 * time.Hour), By: "Olive", Note: "Welcome to the portal.",
		Delivery: policy.Delivery{State: policy.DeliveryFailed, Detail: "the mail server did not take it: it answered 554 5.7.1 no such user here"},
	}
	for name, with := range map[string]setting{
		"light-small": {client: long, preview: many, invitation: sent},
		"dark-small":  {client: long, preview: many, invitation: sent, variant: look.Dark},
		"light-large": {client: acme(), preview: small(), width: 1_116, height: 740},
	} {
		s := open(t, with)
		s.WantFits()
		s.Picture("detail-" + name)
		if with.client.Status == policy.Invited {
			s.Tap("Invitation")
			s.Relayout()
			s.WantFits()
			s.Picture("detail-" + name + "-invitation")
		}
		s.Tap("Access")
		s.Relayout()
		s.WantFits()
		s.Picture("detail-" + name + "-access")
	}
}
