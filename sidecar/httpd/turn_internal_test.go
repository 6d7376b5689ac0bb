package httpd

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"sightline.example/policy"
)

func TestImportsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := &door{importing: make(chan struct{}, 1)}
		end, err := d.turn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := d.turn(ctx); policy.CodeOf(err) != policy.Unavailable {
			t.Errorf("the second import got %v while the first was under way", err)
		}
		time.AfterFunc(time.Second, end)
		end, err = d.turn(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		end()
	})
}
