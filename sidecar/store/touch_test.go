package store_test

import (
	"testing"

	"sightline.example/policy"
)

func TestTouchWritesWithoutAnAuditRecord(t *testing.T) {
	s := open(t)
	revision, err := s.Touch(t.Context(), s.Outbox().Create("l1", letter("l1")), s.Groups().Create("g", group("g", "G")))
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Outbox().Get(t.Context(), "l1")
	if err != nil || got.Revision != revision {
		t.Errorf("it is at %d (%v), want %d", got.Revision, err, revision)
	}
	if n, err := s.VerifyAudit(t.Context()); n != 0 || err != nil {
		t.Errorf("there are %d audit records (%v)", n, err)
	}
}

func TestTouchDoesAllOrNothing(t *testing.T) {
	s := open(t)
	commit(t, s, s.Groups().Create("g", group("g", "G")))
	_, err := s.Touch(t.Context(), s.Outbox().Create("l1", letter("l1")), s.Groups().Create("g", group("g", "G")))
	wantCode(t, err, policy.Exists)
	_, err = s.Outbox().Get(t.Context(), "l1")
	wantCode(t, err, policy.NotFound)
}
