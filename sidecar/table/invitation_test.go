package table_test

import (
	"errors"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/policy"
	"sightline.example/sidecar/table"
)

func invited(t *testing.T, text string, m table.Mapping) ([]table.Invitation, table.Report) {
	t.Helper()
	sheet, err := table.Read(table.Clients, strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return table.Invitations(sheet, m, studio())
}

func day(year int, month time.Month, day int) *time.Time {
	t := time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
	return &t
}

func TestInvitationsAreRead(t *testing.T) {
	got, report := invited(t, "\ufeffE-Mail;Firma;Gruppen;Projekte;Screencasts;Von;Bis;Nachricht\r\n"+
		"a@example.com;Acme;Design|print;;ja;1.2.2026;28.02.2026;\"Guten Tag,\nherzlich\"\r\n"+
		"b@example.com;;;site;nein;2026-01-31T08:00:00+01:00;2026-12-31;\r\n"+
		"c@example.com;;;;;;;\r\n", nil)
	nine := time.Date(2026, 1, 31, 7, 0, 0, 0, time.UTC)
	want := []table.Invitation{
		{Row: 2, Email: "a@example.com", Name: "Acme", Note: "Guten Tag,\nherzlich", Scope: policy.Scope{
			Groups: []policy.GroupID{"design", "print"}, Screencasts: true, From: day(2026, 2, 1), Until: day(2026, 3, 1),
		}},
		{Row: 4, Email: "b@example.com", Scope: policy.Scope{
			Projects: []policy.ProjectID{"site"}, From: &nine, Until: day(2027, 1, 1),
		}},
		{Row: 5, Email: "c@example.com"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(table.Report{}, report); diff != "" {
		t.Error(diff)
	}
}

func TestEachInvitationHasItsFaults(t *testing.T) {
	got, report := invited(t, "email,name,groups,projects,screencasts,from,until,note,phone\n"+
		"a@example.com,Acme,Design,,yes,,,,\n"+
		"A@example.com,,,,,,,,\n"+
		"no address,,Art; Print,Art,perhaps,tomorrow,01/02/2026,,\n"+
		",,,,,,,,\n"+
		"d@example.com,"+strings.Repeat("n", 201)+",,,,2026-02-02,2026-02-01,"+strings.Repeat("n", 2001)+",\n"+
		"e@example.com,,,,,1969-01-01,,,\n"+
		"f@example.com\"\n", nil)
	wantReport(t, "invitations", struct {
		Rows   []table.Invitation
		Report table.Report
	}{got, report})
}

func TestListWithoutAddressesIsNone(t *testing.T) {
	rows, report := invited(t, "name,wer\nAcme,a@example.com\n", table.Mapping{"invitations": {"phone": "wer"}, "employees": {}})
	if len(rows) != 0 {
		t.Errorf("the rows are %v", rows)
	}
	wantReport(t, "invitations without addresses", report)
	rows, _ = invited(t, "name,wer\nAcme,a@example.com\n", table.Mapping{"invitations": {"email": "Wer"}})
	if len(rows) != 1 || rows[0].Email != "a@example.com" {
		t.Errorf("the rows are %v", rows)
	}
}

func TestFileThatCanNotBeReadIsAnError(t *testing.T) {
	broken := errors.New("broken")
	_, err := table.Read(table.Clients, iotest.ErrReader(broken))
	if !errors.Is(err, broken) {
		t.Errorf("the error is %v", err)
	}
	_, err = table.Read(table.Groups, iotest.TimeoutReader(iotest.OneByteReader(strings.NewReader("id,name\n1,One\n"))))
	if !errors.Is(err, iotest.ErrTimeout) {
		t.Errorf("the error is %v", err)
	}
}
