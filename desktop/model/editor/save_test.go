package editor_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"sightline.example/desktop/model/editor"
	"sightline.example/desktop/model/sketch"
	"sightline.example/policy"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/client"
)

func TestSaving(t *testing.T) {
	owner := newSidecar(t)

	t.Run("what was drafted is stored, and can be undone", func(t *testing.T) {
		d := open(t, owner, "plain", designers)
		d.Sketch.SetGroups(all.Groups)
		d.rest()
		if d.kept["plain"].Scope.Groups == nil {
			t.Error("the draft was not kept")
		}
		d.save()
		d.wantAsked()
		d.wantStored(all)
		d.wantClean()
		if len(d.saved) != 1 || !cmp.Equal(d.saved[0].Before, designers) || !cmp.Equal(d.saved[0].After, all) {
			t.Fatalf("saved %+v", d.saved)
		}
		d.other(func(c *policy.Client) { c.Scope.Screencasts = true })
		var effect editor.Effect
		d.cfg.TryUndo(d.saved[0], func(e editor.Effect, err error) {
			if err != nil {
				t.Error(err)
			}
			effect = e
		})
		d.rest()
		d.wantStored(with(all, func(s *policy.Scope) { s.Screencasts = true }))
		if lost := effect.Preview.Value.Against.Lost.Employees.Count; lost == 0 || effect.Diff.Screencasts || len(effect.Diff.GroupsRemoved) == 0 {
			t.Errorf("%d would be lost by %+v", lost, effect.Diff)
		}
		var undone []error
		d.cfg.Undo(d.saved[0], func(err error) { undone = append(undone, err) })
		d.rest()
		if len(undone) != 1 || undone[0] != nil {
			t.Fatalf("undone: %v", undone)
		}
		d.wantStored(with(designers, func(s *policy.Scope) { s.Screencasts = true }))
	})

	t.Run("losing many is asked about once", func(t *testing.T) {
		d := open(t, owner, "large", all)
		d.Sketch.SetGroups(designers.Groups)
		d.save()
		d.wantAsked(editor.Loses)
		d.wantStored(all)
		d.Confirm()
		d.rest()
		d.wantAsked(editor.Loses)
		d.wantStored(designers)
	})

	t.Run("what was confirmed is confirmed as it was", func(t *testing.T) {
		d := open(t, owner, "again", all, failing(1, false))
		d.Sketch.SetGroups(designers.Groups)
		d.save()
		d.Confirm()
		d.rest()
		d.Sketch.SetScreencasts(true)
		d.save()
		d.wantAsked(editor.Loses, editor.Loses)
		d.wantStored(all)
	})

	t.Run("losing few is not asked about", func(t *testing.T) {
		d := open(t, owner, "few", all)
		d.Sketch.SetGroups([]policy.GroupID{"dev"})
		d.save()
		d.wantAsked()
		d.wantStored(policy.Scope{Groups: []policy.GroupID{"dev"}})
	})

	for kind, lose := range map[string]func(*api.Edges){
		"projects": func(l *api.Edges) { l.Projects.Count = 6 },
		"groups":   func(l *api.Edges) { l.Groups.Count = 6 },
	} {
		t.Run("losing many "+kind+" is asked about though nobody is lost", func(t *testing.T) {
			d := open(t, owner, policy.ClientID(kind), designers, func(cfg *editor.Config) {
				ask := cfg.Preview
				cfg.Preview = func(ctx context.Context, token string, asked api.NewPreview) (api.Preview, error) {
					p, err := ask(ctx, token, asked)
					lose(&p.Against.Lost)
					return p, err
				}
			})
			d.Sketch.SetScreencasts(true)
			d.save()
			d.wantAsked(editor.Loses)
		})
	}

	t.Run("seeing nothing is asked about", func(t *testing.T) {
		d := open(t, owner, "blind", designers)
		d.Sketch.SetProjects([]policy.ProjectID{"app"})
		d.save()
		d.wantAsked(editor.Blind)
		d.wantStored(designers)
	})

	t.Run("a preview that does not come is not waited for", func(t *testing.T) {
		hangs := false
		d := open(t, owner, "hanging", designers, func(cfg *editor.Config) {
			preview := cfg.Preview
			cfg.Preview = func(ctx context.Context, token string, q api.NewPreview) (api.Preview, error) {
				if hangs {
					<-ctx.Done()
				}
				return preview(ctx, token, q)
			}
		})
		hangs = true
		d.Sketch.SetScreencasts(true)
		d.Save()
		d.pump.Pass(4 * time.Second)
		d.wantPhase(editor.Checking)
		d.wantAsked()
		d.pump.Pass(time.Second)
		d.wantPhase(editor.Editing)
		d.wantAsked(editor.Unknown)
		d.Confirm()
		d.pump.Until(func() bool { return d.Phase() == editor.Editing })
		d.wantStored(with(designers, func(s *policy.Scope) { s.Screencasts = true }))
	})

	t.Run("without a preview it is asked about", func(t *testing.T) {
		d := open(t, owner, "unknown", designers, func(cfg *editor.Config) {
			cfg.Preview = func(context.Context, string, api.NewPreview) (api.Preview, error) {
				return api.Preview{}, policy.Errorf(policy.Unavailable, "no")
			}
		})
		d.Sketch.SetScreencasts(true)
		d.save()
		d.wantAsked(editor.Unknown)
		d.Confirm()
		d.rest()
		d.wantStored(with(designers, func(s *policy.Scope) { s.Screencasts = true }))
	})

	t.Run("a save waits for its preview", func(t *testing.T) {
		d := open(t, owner, "quick", all)
		d.Sketch.SetGroups(designers.Groups)
		d.Save()
		d.wantPhase(editor.Checking)
		if !d.Sketch.Locked() {
			t.Error("it can be edited while it is being saved")
		}
		d.rest()
		d.wantAsked(editor.Loses)
		d.wantPhase(editor.Editing)
	})

	t.Run("a save that nobody knows of takes effect once", func(t *testing.T) {
		d := open(t, owner, "cut", designers, failing(1, true))
		d.Sketch.SetScreencasts(true)
		d.save()
		d.wantPhase(editor.Editing)
		if policy.CodeOf(d.Err()) != policy.Unavailable || !d.Dirty() {
			t.Errorf("failed with %v, dirty %t", d.Err(), d.Dirty())
		}
		before := d.stored().Revision
		d.save()
		d.wantClean()
		if d.stored().Revision != before || d.Err() != nil {
			t.Errorf("saved twice, or %v", d.Err())
		}
	})

	t.Run("dead references that are kept are no hindrance", func(t *testing.T) {
		d := open(t, owner, "dead", designers)
		d.sit(d.other(func(c *policy.Client) { c.Scope.Groups = append(c.Scope.Groups, "gone") }))
		d.Sketch.SetScreencasts(true)
		d.save()
		d.wantClean()
		d.Sketch.SetGroups([]policy.GroupID{"design"})
		d.save()
		d.wantStored(with(designers, func(s *policy.Scope) { s.Screencasts = true }))
	})

	t.Run("a dead reference that is new is refused", func(t *testing.T) {
		d := open(t, owner, "newly", designers)
		d.Sketch.SetGroups([]policy.GroupID{"design", "just-deleted"})
		d.save()
		if policy.CodeOf(d.Err()) != policy.DeadReference {
			t.Errorf("failed with %v", d.Err())
		}
		d.Sketch.SetGroups(all.Groups)
		if d.Err() != nil {
			t.Errorf("after another change: %v", d.Err())
		}
	})

	t.Run("nothing is saved that can't be", func(t *testing.T) {
		d := open(t, owner, "cannot", designers)
		before := d.stored().Revision
		d.save()
		d.Sketch.SetUntil("soon")
		d.save()
		d.Sketch.SetUntil("")
		d.Sketch.SetScreencasts(true)
		d.SetOffline(true)
		d.Sketch.SetScreencasts(false)
		d.save()
		if d.stored().Revision != before || !d.Sketch.Scope().Screencasts {
			t.Error("something was saved, or changed while offline")
		}
		d.SetOffline(false)
		d.save()
		d.wantClean()
	})
}

func TestDraftsAreKept(t *testing.T) {
	owner := newSidecar(t)

	t.Run("and go on where they were", func(t *testing.T) {
		d := open(t, owner, "kept", designers)
		d.Sketch.SetScreencasts(true)
		d.Close()
		record := d.kept["kept"]
		d.sit(d.stored())
		d.Resume(record)
		if !d.Sketch.Scope().Screencasts || d.News() != nil {
			t.Errorf("resumed as %+v, with news %v", d.Sketch.Scope(), d.News())
		}
		d.save()
		d.wantStored(with(designers, func(s *policy.Scope) { s.Screencasts = true }))
		d.wantClean()
	})

	t.Run("beside what was changed since", func(t *testing.T) {
		d := open(t, owner, "since", designers)
		d.Sketch.SetScreencasts(true)
		d.Flush()
		record := d.kept["since"]
		d.Close()
		d.sit(d.other(func(c *policy.Client) { c.Scope.Groups = all.Groups }))
		d.Resume(record)
		if d.News() == nil {
			t.Fatal("there is no news")
		}
		d.Merge()
		d.Accept()
		d.save()
		d.wantStored(with(all, func(s *policy.Scope) { s.Screencasts = true }))
	})

	t.Run("until they are discarded", func(t *testing.T) {
		d := open(t, owner, "discarded", designers)
		d.Sketch.SetScreencasts(true)
		d.rest()
		d.Discard()
		d.wantClean()
	})

	t.Run("and leave what was changed since", func(t *testing.T) {
		d := open(t, owner, "over", designers)
		d.Sketch.SetScreencasts(true)
		d.Flush()
		record := d.kept["over"]
		d.Close()
		d.sit(d.other(func(c *policy.Client) { c.Scope.Groups = all.Groups }))
		d.Resume(record)
		d.Discard()
		d.wantClean()
		if diff := cmp.Diff(all, d.Sketch.Scope()); diff != "" || d.News() != nil {
			t.Errorf("-want +got\n%s, news %v", diff, d.News())
		}
	})
}

func TestACallThatIsUnderWayEndsWithTheEditor(t *testing.T) {
	owner := newSidecar(t)
	ended := make(chan struct{})
	d := open(t, owner, "closing", designers, func(cfg *editor.Config) {
		cfg.Replace = func(ctx context.Context, _ string, _ int64, c policy.Client, _ client.Terms) (client.Stored[policy.Client], error) {
			<-ctx.Done()
			close(ended)
			return client.Stored[policy.Client]{}, ctx.Err()
		}
	})
	d.Sketch.SetScreencasts(true)
	d.Save()
	d.pump.Pass(sketch.Rest)
	d.pump.Until(func() bool { return d.Phase() == editor.Saving })
	d.Close()
	<-ended
	d.pump.Settle()
	if len(d.saved) != 0 || d.Err() != nil {
		t.Errorf("saved %v, failed %v", d.saved, d.Err())
	}
}
