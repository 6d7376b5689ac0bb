package signin_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/api"
)

func setupCode(t *testing.T, h *house) string {
	t.Helper()
	code, err := h.SetupCode(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	h.reachAll(t)
	return code
}

func setup(code string) api.Setup {
	return api.Setup{Code: code, Name: "Olive Owner", Email: olive, Password: herons}
}

func TestSetupMakesTheFirstOwner(t *testing.T) {
	h := start(t)
	code := setupCode(t, h)
	if secret, ok := strings.CutPrefix(code, "sightline_setup_"); !ok || len(secret) != 43 {
		t.Errorf("the code is %q", code)
	}
	done, err := h.Setup(t.Context(), from(home), setup(code))
	if err != nil {
		t.Fatal(err)
	}
	want := policy.Admin{
		ID: done.Value.Admin.ID, Name: "Olive Owner", Email: olive, Role: policy.RoleOwner, Status: policy.Active,
		Trail: policy.Trail{Created: today, Changed: today, ChangedBy: "set-up"},
	}
	if diff := cmp.Diff(want, done.Value.Admin); diff != "" {
		t.Error(diff)
	}
	caller := h.enter(t, done)
	if caller.Role != policy.RoleOwner || caller.ID != string(want.ID) || caller.Type != policy.SubjectAdmin {
		t.Errorf("the session is of %+v", caller)
	}
	if keys := h.data(t).Keys(); len(keys) != 0 {
		t.Errorf("the keys are %v, want none", keys)
	}
	deed := h.lastDeed(t)
	if deed.Action != "create" || deed.Kind != "admins" || deed.ID != string(want.ID) {
		t.Errorf("the record is %+v", deed)
	}
	if h.records(t) != 2 {
		t.Errorf("there are %d records, want 2", h.records(t))
	}
	if again, err := h.SetupCode(t.Context()); again != "" || err != nil {
		t.Errorf("SetupCode = %q, %v with an owner", again, err)
	}
	h.mustSignIn(t, try("OLIVE@lumen.example", herons))
}

func wantSpent(t *testing.T, err error) {
	t.Helper()
	e, ok := errors.AsType[*policy.Error](err)
	if !ok || e.Code != policy.Unauthenticated || e.Field != "code" {
		t.Errorf("the error is %v, want an unauthenticated one about the code", err)
	}
}

func TestSetupCodeIsGoodOnceForAnHour(t *testing.T) {
	h := start(t)
	old := setupCode(t, h)
	code := setupCode(t, h)
	for name, wrong := range map[string]string{"replaced": old, "none": "", "another": policy.NewSetupText(), "cut": code[:len(code)-1]} {
		t.Run(name, func(t *testing.T) {
			_, err := h.Setup(t.Context(), from(home), setup(wrong))
			wantSpent(t, err)
		})
	}
	h.clock.pass(time.Hour)
	_, err := h.Setup(t.Context(), from(home), setup(code))
	wantSpent(t, err)
	h.clock.pass(-time.Second)
	done, err := h.Setup(t.Context(), from(home), setup(code))
	if err != nil {
		t.Fatal(err)
	}
	h.enter(t, done)
	_, err = h.Setup(t.Context(), from(home), setup(code))
	wantSpent(t, err)
}

func TestParallelSetupsMakeOneOwner(t *testing.T) {
	h := start(t)
	code := setupCode(t, h)
	var all sync.WaitGroup
	outcomes := make(chan error, 12)
	for i := range cap(outcomes) {
		all.Go(func() {
			wanted := setup(code)
			wanted.Email = fmt.Sprintf("olive%d@lumen.example", i)
			_, err := h.Setup(t.Context(), from(home), wanted)
			outcomes <- err
		})
	}
	all.Wait()
	close(outcomes)
	made := 0
	for err := range outcomes {
		if err == nil {
			made++
			continue
		}
		wantSpent(t, err)
	}
	if made != 1 {
		t.Errorf("%d owners were made, want 1", made)
	}
}

func TestSetupCodeIsOfNoUseNextToAnOwner(t *testing.T) {
	h := start(t)
	code := setupCode(t, h)
	h.addAdmin(t, "otto", policy.RoleOwner, policy.Active, "")
	_, err := h.Setup(t.Context(), from(home), setup(code))
	wantSpent(t, err)
}

func TestOnlyAnActiveOwnerKeepsTheSetupCodeAway(t *testing.T) {
	h := start(t)
	h.addAdmin(t, "adam", policy.RoleAdmin, policy.Active, "")
	h.addAdmin(t, "ines", policy.RoleOwner, policy.Invited, "")
	if setupCode(t, h) == "" {
		t.Error("there is no code without an active owner")
	}
	h.addAdmin(t, "otto", policy.RoleOwner, policy.Active, "")
	if setupCode(t, h) != "" {
		t.Error("there is a code with an active owner")
	}
}

func TestSetupNamesWhatIsWrong(t *testing.T) {
	h := start(t)
	code := setupCode(t, h)
	for field, change := range map[string]func(*api.Setup){
		"name":     func(s *api.Setup) { s.Name = "" },
		"email":    func(s *api.Setup) { s.Email = "nobody" },
		"password": func(s *api.Setup) { s.Password = "olive@lumen.example" },
	} {
		wanted := setup(code)
		change(&wanted)
		_, err := h.Setup(t.Context(), from(home), wanted)
		e, ok := errors.AsType[*policy.Error](err)
		if !ok || e.Code != policy.Invalid || e.Field != field {
			t.Errorf("a wrong %s gives %v", field, err)
		}
	}
	if _, err := h.Setup(t.Context(), from(home), setup(code)); err != nil {
		t.Errorf("after that, the code gives %v", err)
	}
}

func TestSetupCodeLetsNobodyIn(t *testing.T) {
	h := start(t)
	code := setupCode(t, h)
	if caller, ok := h.data(t).Caller(code, today); ok {
		t.Errorf("the code lets in %+v", caller)
	}
}
