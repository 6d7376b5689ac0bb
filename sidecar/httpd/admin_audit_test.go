package httpd_test

import (
	"bytes"
	"strings"
	"testing"

	"sightline.example/policy"
	"sightline.example/sidecar/audit"
	"sightline.example/sidecar/client"
	"sightline.example/sidecar/sidecartest"
	"sightline.example/sidecar/store/storetest"
)

func TestTheAuditLogCanBeVerifiedFromOutside(t *testing.T) {
	s := sidecartest.Start(t, sidecartest.Options{})
	if _, err := s.Owner.Groups().Create(t.Context(), policy.Group{ID: "g", Name: "<&>"}, client.Terms{}); err != nil {
		t.Fatal(err)
	}
	lines, err := s.Owner.AuditLines(t.Context(), 0, 0)
	if err != nil {
		t.Fatal(err)
	}
	found, err := audit.Chain{Start: lines.Tail, Head: &lines.Head}.Verify(audit.Lines(bytes.NewReader(lines.Text)))
	if found.Records != lines.Head.Seq || err != nil {
		t.Errorf("got %+v, %v; the head is %s", found, err, lines.Head)
	}
	end, err := s.Owner.AuditLines(t.Context(), lines.Head.Seq, 10)
	if len(end.Text) != 0 || end.Head != lines.Head || err != nil {
		t.Errorf("after the end: %+v, %v", end, err)
	}
	_, err = s.App.AuditLines(t.Context(), 0, 0)
	if policy.CodeOf(err) != policy.Forbidden {
		t.Errorf("an app got %v", err)
	}
}

func TestTheAuditLogIsLinesOfJSON(t *testing.T) {
	s, _ := startAdmin(t, storetest.Start(t))
	a := s.send(t, request{"GET", "/v1/audit/log", "", as(policy.RoleAuditor)})
	if a.status != 200 || a.header.Get("Content-Type") != "application/x-ndjson" || a.header.Get("Sightline-Audit-Tail") != "0:" {
		t.Errorf("got %d %v", a.status, a.header)
	}
	if n := strings.Count(a.body, "\n"); n != 1 || !strings.HasPrefix(a.body, `{"seq":1,"prev":"",`) {
		t.Errorf("got %d lines: %s", n, a.body)
	}
	if a := s.send(t, request{"GET", "/v1/audit/log?after=1", "", as(policy.RoleAuditor)}); a.status != 200 || a.body != "" {
		t.Errorf("after the end: %d %q", a.status, a.body)
	}
}
