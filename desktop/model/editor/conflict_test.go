package editor_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/model/editor"
	"sightline.example/desktop/model/scope"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/client"
)

func TestTwoAdminsAtOnce(t *testing.T) {
	owner := newSidecar(t)
	addDev := func(c *policy.Client) { c.Scope.Groups = all.Groups }

	t.Run("a stale save merges, and shows what comes of it first", func(t *testing.T) {
		d := open(t, owner, "merge", designers)
		d.other(addDev)
		d.Sketch.SetScreencasts(true)
		d.insist()
		d.wantPhase(editor.Clashing)
		c := d.Conflict()
		if c.Merge.Open() != 0 || !c.Saves || c.Client.ChangedBy == "" {
			t.Errorf("the conflict is %+v", c)
		}
		if p := d.Sketch.Preview(); p.State != sketch.Ready || p.Value.Employees.Count != 12 {
			t.Errorf("previewed was %+v", p)
		}
		d.wantStored(all) // nothing was overwritten
		d.Accept()
		d.rest()
		d.wantStored(with(all, func(s *policy.Scope) { s.Screencasts = true }))
		d.wantClean()
	})

	t.Run("what is known to be stale is not even tried", func(t *testing.T) {
		d := open(t, owner, "known", designers)
		now := d.other(addDev)
		d.Sketch.SetScreencasts(true)
		d.Remote(&now.Value, now.Revision)
		d.Save()
		d.wantPhase(editor.Clashing)
		d.Accept()
		d.rest()
		d.wantStored(with(all, func(s *policy.Scope) { s.Screencasts = true }))
		d.wantAsked()
	})

	t.Run("what contradicts has to be chosen", func(t *testing.T) {
		d := open(t, owner, "choose", policy.Scope{Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"site"}})
		d.other(func(c *policy.Client) { c.Scope = onSite })
		d.Sketch.SetGroups(all.Groups)
		d.save()
		d.Accept()
		d.wantPhase(editor.Clashing)
		d.Choose(scope.Item{Part: scope.Groups, ID: "dev"}, scope.Mine)
		d.Accept()
		d.rest()
		d.wantStored(policy.Scope{Groups: []policy.GroupID{"dev"}, Projects: []policy.ProjectID{"site"}})
	})

	t.Run("overwriting is possible, and says so", func(t *testing.T) {
		d := open(t, owner, "overwrite", designers)
		d.other(addDev)
		d.Sketch.SetScreencasts(true)
		d.insist()
		d.Overwrite()
		d.rest()
		d.wantAsked(editor.Loses, editor.Loses) // of what was known, and of what they added
		d.Confirm()
		d.rest()
		d.wantStored(with(designers, func(s *policy.Scope) { s.Screencasts = true }))
	})

	t.Run("overwriting asks where the client would see nothing", func(t *testing.T) {
		d := open(t, owner, "blind", designers)
		now := d.other(addDev)
		d.Sketch.SetGroups(nil)
		d.Remote(&now.Value, now.Revision)
		d.rest()
		d.Save()
		d.Overwrite()
		d.rest()
		d.wantAsked(editor.Blind)
		d.wantStored(all)
		d.Confirm()
		d.rest()
		d.wantStored(policy.Scope{})
	})

	t.Run("a result that shows nothing is asked about unless that was seen", func(t *testing.T) {
		for name, seen := range map[string]bool{"unseen": false, "seen": true} {
			d := open(t, owner, policy.ClientID(name), designers)
			now := d.other(func(c *policy.Client) { c.Scope.Screencasts = true })
			d.Sketch.SetGroups(nil)
			d.rest()
			d.Remote(&now.Value, now.Revision)
			d.Save()
			if seen {
				d.rest()
			}
			d.Accept()
			d.rest()
			if seen {
				d.wantAsked()
				d.wantStored(policy.Scope{Screencasts: true})
			} else {
				d.wantAsked(editor.Blind)
				d.wantStored(now.Value.Scope)
			}
		}
	})

	t.Run("a conflict that is put off comes again", func(t *testing.T) {
		d := open(t, owner, "later", designers)
		d.other(addDev)
		d.Sketch.SetScreencasts(true)
		d.insist()
		d.Dismiss()
		d.wantPhase(editor.Editing)
		if d.News() == nil || !d.Dirty() {
			t.Error("the news or the draft are gone")
		}
		d.save()
		d.wantPhase(editor.Clashing)
		d.wantStored(all)
	})

	t.Run("who changed something else is in nobody's way", func(t *testing.T) {
		d := open(t, owner, "renamed", designers)
		d.other(func(c *policy.Client) { c.Name = "Acme Bank" })
		d.Sketch.SetScreencasts(true)
		d.save()
		d.wantClean()
		now := d.stored().Value
		if now.Name != "Acme Bank" || !now.Scope.Screencasts {
			t.Errorf("stored is %+v", now)
		}
	})

	t.Run("who did the same has saved it for both", func(t *testing.T) {
		d := open(t, owner, "same", designers)
		d.other(addDev)
		d.Sketch.SetGroups(all.Groups)
		d.save()
		d.wantClean()
	})

	t.Run("an undo leaves what others changed, or does nothing", func(t *testing.T) {
		d := open(t, owner, "undo", designers)
		d.Sketch.SetUntil("2030-01-01")
		d.save()
		ours := d.stored().Value.Scope
		d.other(func(c *policy.Client) { c.Scope.Until = new(ours.Until.AddDate(1, 0, 0)) })
		var got error
		d.cfg.Undo(d.saved[0], func(err error) { got = err })
		d.rest()
		if policy.CodeOf(got) != policy.Conflict {
			t.Errorf("undone: %v", got)
		}
		d.cfg.TryUndo(d.saved[0], func(_ editor.Effect, err error) { got = err })
		d.rest()
		if policy.CodeOf(got) != policy.Conflict {
			t.Errorf("tried: %v", got)
		}
	})
}

// day is a midnight in 2030.
func day(n int) *time.Time { return new(time.Date(2030, 1, n, 0, 0, 0, 0, time.UTC)) }

func TestNewsOfTheClient(t *testing.T) {
	owner := newSidecar(t)
	addDev := func(c *policy.Client) { c.Scope.Groups = all.Groups }
	tell := func(d *desk, now client.Stored[policy.Client]) { d.Remote(&now.Value, now.Revision); d.rest() }

	t.Run("go in silently where nothing was changed", func(t *testing.T) {
		d := open(t, owner, "silent", designers)
		tell(d, d.other(addDev))
		d.wantClean()
		if diff := cmp.Diff(all, d.Sketch.Scope()); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
		if d.Sketch.CanUndo() {
			t.Error("what another admin did can be undone as if it were ours")
		}
	})

	t.Run("stand beside a draft, and are reloaded or merged", func(t *testing.T) {
		d := open(t, owner, "beside", designers)
		d.Sketch.SetScreencasts(true)
		tell(d, d.other(addDev))
		if d.News() == nil || !d.Sketch.Scope().Screencasts {
			t.Fatal("no news, or the draft is gone")
		}
		d.Merge()
		d.Accept()
		d.rest()
		d.wantPhase(editor.Editing)
		want := with(all, func(s *policy.Scope) { s.Screencasts = true })
		if diff := cmp.Diff(want, d.Sketch.Scope()); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
		d.wantStored(all) // it did not come of a save
		tell(d, d.other(func(c *policy.Client) { c.Scope = onSite }))
		d.Reload()
		d.rest()
		d.wantClean()
		if diff := cmp.Diff(onSite, d.Sketch.Scope()); diff != "" {
			t.Errorf("-want +got\n%s", diff)
		}
		d.Sketch.Undo()
		d.rest()
		if diff := cmp.Diff(want, d.Sketch.Scope()); diff != "" || !d.CanSave() || len(d.kept) != 1 {
			t.Errorf("what was given up is not back: -want +got\n%s", diff)
		}
	})

	t.Run("come into a conflict that is open", func(t *testing.T) {
		d := open(t, owner, "open", designers)
		d.other(addDev)
		d.Sketch.SetScreencasts(true)
		d.insist()
		tell(d, d.other(func(c *policy.Client) { c.Scope = onSite }))
		if diff := cmp.Diff(onSite, d.Conflict().Merge.Theirs); diff != "" || !d.Conflict().Saves {
			t.Errorf("-want +got\n%s", diff)
		}
		d.Accept()
		d.rest()
		d.wantStored(with(onSite, func(s *policy.Scope) { s.Screencasts = true }))
	})

	t.Run("leave what was chosen in a conflict", func(t *testing.T) {
		d := open(t, owner, "chosen", policy.Scope{Groups: []policy.GroupID{"design"}, Projects: []policy.ProjectID{"site"}})
		d.other(func(c *policy.Client) { c.Scope = with(onSite, func(s *policy.Scope) { s.Until = day(1) }) })
		d.Sketch.SetGroups(all.Groups)
		d.Sketch.SetUntil("2031-12-31")
		d.save()
		d.Choose(scope.Item{Part: scope.Groups, ID: "dev"}, scope.Mine)
		d.Choose(scope.Item{Part: scope.Period}, scope.Theirs)
		if n := d.Conflict().Merge.Open(); n != 0 || d.Conflict().Again {
			t.Fatalf("%d conflicts are open, again: %t", n, d.Conflict().Again)
		}
		tell(d, d.other(func(c *policy.Client) { c.Name = "Other" }))
		if d.Conflict().Merge.Open() != 0 || d.Conflict().Again {
			t.Error("another name is another change of the scope")
		}
		tell(d, d.other(func(c *policy.Client) { c.Scope.Until = day(2) }))
		if n := d.Conflict().Merge.Open(); n != 1 || !d.Conflict().Again {
			t.Errorf("%d conflicts are open, want that of the period, which is another one", n)
		}
		d.Choose(scope.Item{Part: scope.Period}, scope.Theirs)
		d.Accept()
		d.rest()
		d.wantStored(policy.Scope{Groups: []policy.GroupID{"dev"}, Projects: []policy.ProjectID{"site"}, Until: day(2)})
	})

	t.Run("are no news if they are our own, or old", func(t *testing.T) {
		d := open(t, owner, "own", designers)
		before := d.stored()
		d.Sketch.SetScreencasts(true)
		d.Save()
		d.pump.Pass(sketch.Rest)
		d.pump.Until(func() bool { return d.Phase() == editor.Saving })
		own := before
		own.Value.Scope.Screencasts = true
		d.Remote(&own.Value, before.Revision+1)
		d.rest()
		tell(d, before)
		d.wantClean()
		d.wantStored(with(designers, func(s *policy.Scope) { s.Screencasts = true }))
	})

	t.Run("of other things than the scope make no banner", func(t *testing.T) {
		d := open(t, owner, "name", designers)
		d.Sketch.SetScreencasts(true)
		tell(d, d.other(func(c *policy.Client) { c.Name = "Other" }))
		if d.News() != nil || d.Client().Name != "Other" {
			t.Errorf("news %v, called %s", d.News(), d.Client().Name)
		}
		d.save()
		d.wantClean()
	})
}

func TestTheClientIsDeletedMeanwhile(t *testing.T) {
	owner := newSidecar(t)

	t.Run("before the save, and is invited again", func(t *testing.T) {
		d := open(t, owner, "recreate", designers)
		d.otherDeletes()
		d.Sketch.SetScreencasts(true)
		d.save()
		d.wantPhase(editor.Gone)
		d.Recreate()
		d.rest()
		if len(d.invited) != 1 {
			t.Fatalf("invited %v, failed %v", d.invited, d.Err())
		}
		c := d.invited[0]
		if c.ID == "recreate" || c.Email != "recreate@client.example" || !c.Scope.Screencasts || c.Status != policy.Invited {
			t.Errorf("invited %+v", c)
		}
		d.wantClean()
	})

	t.Run("as the feed says, and is given up", func(t *testing.T) {
		d := open(t, owner, "discard", designers)
		d.Sketch.SetScreencasts(true)
		d.rest()
		d.otherDeletes()
		d.Remote(nil, 0)
		d.wantPhase(editor.Gone)
		if !d.Dirty() || len(d.kept) != 1 {
			t.Error("the draft is gone too")
		}
		d.Abandon()
		d.wantClean()
	})

	t.Run("and somebody has the address now", func(t *testing.T) {
		d := open(t, owner, "taken", designers)
		d.otherDeletes()
		d.Remote(nil, 0)
		again := policy.Client{Name: "Acme", Email: "taken@client.example", Status: policy.Active}
		if _, err := owner.Clients().Create(t.Context(), again, client.Terms{}); err != nil {
			t.Fatal(err)
		}
		d.Recreate()
		d.rest()
		d.wantPhase(editor.Gone)
		if policy.CodeOf(d.Err()) != policy.Exists {
			t.Errorf("failed with %v", d.Err())
		}
	})
}
