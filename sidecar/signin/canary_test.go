package signin_test

import (
	"strings"
	"testing"

	clientv3 "go.etcd.io/etcd/client/v3"

	"sightline.example/sidecar/api"
)

// TestSecretsAreNowhere looks for the texts of all secrets in everything that is
// stored and logged.
func TestSecretsAreNowhere(t *testing.T) {
	h := start(t)
	code := setupCode(t, h)
	made, err := h.Setup(t.Context(), from(home), setup(code))
	if err != nil {
		t.Fatal(err)
	}
	owner := h.enter(t, made)
	_, recovery := withCodes(t, h, owner)
	_, token := h.mustSignIn(t, coded(herons, recovery[0]))
	h.fail(t, coded(otters, "123123"))
	changed, err := h.ChangePassword(t.Context(), owner, "test", api.NewPassword{Old: herons, New: plums})
	if err != nil {
		t.Fatal(err)
	}
	secrets := append([]string{code, made.Value.Token, token, changed.Value.Token, herons, otters, plums}, recovery...)

	stored, err := cluster.Client(t).Get(t.Context(), h.prefix, clientv3.WithPrefix())
	if err != nil {
		t.Fatal(err)
	}
	if len(stored.Kvs) < 20 {
		t.Fatalf("there are %d values: not what is to be searched", len(stored.Kvs))
	}
	for _, kv := range stored.Kvs {
		for _, secret := range secrets {
			if strings.Contains(string(kv.Value), secret) || strings.Contains(string(kv.Key), secret) {
				t.Errorf("%s has %q", kv.Key, secret)
			}
		}
		public := !strings.Contains(string(kv.Key), "-secrets/")
		if public && strings.Contains(string(kv.Value), "argon2id") {
			t.Errorf("%s has a hash", kv.Key)
		}
	}
	for _, secret := range secrets {
		if strings.Contains(h.log.String(), secret) {
			t.Errorf("the log has %q", secret)
		}
	}
}
