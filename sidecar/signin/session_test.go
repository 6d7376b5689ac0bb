package signin_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

func (h *house) letsIn(t *testing.T, text string) bool {
	t.Helper()
	h.reachAll(t)
	_, ok := h.data(t).Caller(text, h.clock.Now())
	return ok
}

func TestSessionEnds(t *testing.T) {
	h, owner := owned(t)
	caller, text := h.mustSignIn(t, try(olive, herons))
	if !h.letsIn(t, text) {
		t.Fatal("the session lets nobody in")
	}
	if _, err := h.SignOut(t.Context(), caller); err != nil {
		t.Fatal(err)
	}
	if h.letsIn(t, text) {
		t.Error("the session lets in after signing out")
	}
	if deed := h.lastDeed(t); deed.Action != "sign_out" || deed.ID != string(caller.Session) {
		t.Errorf("the record is %+v", deed)
	}
	_, text = h.mustSignIn(t, try(olive, herons))
	h.clock.pass(12*time.Hour - 1)
	if !h.letsIn(t, text) {
		t.Error("it is over before 12 hours")
	}
	h.clock.pass(1)
	if h.letsIn(t, text) {
		t.Error("it lets in after 12 idle hours")
	}
	_, err := h.SignOut(t.Context(), policy.Caller{Type: policy.SubjectKey, ID: owner.ID, Role: policy.RoleOwner})
	wantCode(t, err, policy.Forbidden)
}

func TestUseKeepsASessionAliveUpToThirtyDays(t *testing.T) {
	h, _ := owned(t)
	h.run(t, h.Run)
	caller, text := h.mustSignIn(t, try(olive, herons))
	begun := h.clock.Now()
	for h.letsIn(t, text) {
		s, _ := h.data(t).SessionByID(caller.Session)
		h.clock.pass(10 * time.Hour)
		if !h.letsIn(t, text) {
			break
		}
		h.Used(h.data(t), caller)
		h.waitSeen(t, caller.Session, s.Seen)
	}
	if lived := h.clock.Now().Sub(begun); lived != 720*time.Hour {
		t.Errorf("it lived for %s, want 720h", lived)
	}
}

// waitSeen waits until a session was seen after a time.
func (h *house) waitSeen(t *testing.T, id policy.SessionID, after time.Time) {
	t.Helper()
	for t.Context().Err() == nil {
		s, err := h.store.Sessions().Get(t.Context(), string(id))
		if err != nil {
			t.Fatal(err)
		}
		if s.Value.Seen.After(after) {
			h.reach(t, s.Revision)
			return
		}
	}
	t.Fatal("the session was not seen")
}

func TestUseIsWrittenEveryFiveMinutes(t *testing.T) {
	h, caller := owned(t)
	h.run(t, h.Run)
	h.clock.pass(5*time.Minute - 1)
	h.Used(h.data(t), caller) // too early to be written
	h.addClient(t, "cleo", policy.Active, otters)
	entered, err := h.SignInClient(t.Context(), try("cleo@client.example", otters))
	if err != nil {
		t.Fatal(err)
	}
	h.reach(t, entered.Revision)
	cleo, _ := h.data(t).ClientCaller(entered.Text, h.clock.Now())
	h.clock.pass(5 * time.Minute)
	records := h.records(t)
	h.Used(h.data(t), cleo)
	h.waitSeen(t, cleo.Session, today.Add(5*time.Minute))
	s, err := h.store.Sessions().Get(t.Context(), string(caller.Session))
	if err != nil || !s.Value.Seen.Equal(today) {
		t.Errorf("the owner was seen %s (%v)", s.Value.Seen, err)
	}
	account, err := h.store.Accounts().Get(t.Context(), "cleo")
	if err != nil || !account.Value.Seen.Equal(today.Add(10*time.Minute-1)) {
		t.Errorf("the client was seen %s (%v)", account.Value.Seen, err)
	}
	if h.records(t) != records {
		t.Error("it left an audit record")
	}
}

func TestSessionsThatAreOverAreRemoved(t *testing.T) {
	h, caller := owned(t)
	var ops []store.Op
	for _, id := range []string{"old-1", "old-2"} {
		ops = append(ops, h.store.Sessions().Create(id, policy.Session{
			ID: policy.SessionID(id), Type: policy.SubjectClient, Subject: "cleo", Digest: policy.DigestOf(id),
			Created: today.Add(-time.Hour), Seen: today.Add(-time.Hour), Expires: today.Add(time.Hour),
		}))
	}
	h.write(t, ops...)
	h.run(t, h.Run)
	for len(h.data(t).SessionsOf(policy.SubjectClient, "cleo")) > 0 {
		if t.Context().Err() != nil {
			t.Fatal("they are still there")
		}
		h.reachAll(t)
	}
	if _, ok := h.data(t).SessionByID(caller.Session); !ok {
		t.Error("a session that is not over was removed")
	}
}

func TestWhoTellsTheCallerWhatItMay(t *testing.T) {
	h, owner := owned(t)
	who, err := h.Who(t.Context(), owner)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := h.data(t).Admin(policy.AdminID(owner.ID))
	want := api.Who{
		Type: policy.SubjectAdmin, ID: owner.ID, Name: "Olive Owner", Role: policy.RoleOwner,
		Permissions: policy.Permissions(), Expires: today.Add(30 * 24 * time.Hour), Admin: a, Session: owner.Session,
	}
	if diff := cmp.Diff(want, who); diff != "" {
		t.Error(diff)
	}
}

func TestSessionsAreListedAndEndedByTheirOwnerAndByOwners(t *testing.T) {
	h, owner := owned(t)
	h.addAdmin(t, "adam", policy.RoleAdmin, policy.Active, otters)
	h.addAdmin(t, "otis", policy.RoleAuditor, policy.Active, plums)
	adam, _ := h.mustSignIn(t, try("adam@lumen.example", otters))
	second, text := h.mustSignIn(t, try("adam@lumen.example", otters))
	otis, _ := h.mustSignIn(t, try("otis@lumen.example", plums))

	list := func(c policy.Caller, id string, want ...policy.SessionID) {
		t.Helper()
		got, err := h.Sessions(t.Context(), c, id)
		var ids []policy.SessionID
		for _, s := range got.Items {
			ids = append(ids, s.ID)
			if s.Current != (s.ID == c.Session) {
				t.Errorf("%s is the current one: %t", s.ID, s.Current)
			}
		}
		if diff := cmp.Diff(want, ids); diff != "" || err != nil {
			t.Errorf("the sessions: %s (%v)", diff, err)
		}
	}
	list(adam, "", adam.Session, second.Session)
	list(adam, "adam", adam.Session, second.Session)
	list(owner, "adam", adam.Session, second.Session)
	list(owner, "", owner.Session)
	for _, c := range []policy.Caller{adam, otis, {Type: policy.SubjectClient, ID: "olive", Session: "x"}} {
		_, err := h.Sessions(t.Context(), c, owner.ID)
		wantCode(t, err, policy.Forbidden)
		_, err = h.EndSession(t.Context(), c, string(owner.Session))
		wantCode(t, err, policy.Forbidden)
		_, err = h.EndSession(t.Context(), c, "none")
		wantCode(t, err, policy.Forbidden)
	}
	_, err := h.Sessions(t.Context(), owner, "nobody")
	wantCode(t, err, policy.Invalid)
	_, err = h.EndSession(t.Context(), owner, "none")
	wantCode(t, err, policy.NotFound)

	if _, err := h.EndSession(t.Context(), adam, string(second.Session)); err != nil {
		t.Fatal(err)
	}
	if h.letsIn(t, text) {
		t.Error("the session lets in after its end")
	}
	if _, err := h.EndSession(t.Context(), owner, string(adam.Session)); err != nil {
		t.Fatal(err)
	}
	h.reachAll(t)
	list(owner, "adam")
	if deed := h.lastDeed(t); deed.Action != "delete" || deed.Kind != "sessions" || deed.Actor.Name != "Olive Owner" {
		t.Errorf("the record is %+v", deed)
	}
}
