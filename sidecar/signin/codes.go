package signin

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"github.com/pquerna/otp/totp"

	"sightline.example/policy"
	"sightline.example/sidecar/admin"
	"sightline.example/sidecar/api"
	"sightline.example/sidecar/store"
)

// One-time codes are of six digits, made from the time with SHA-1, as every
// program that shows them can (RFC 6238, section 4).
const (
	stepSeconds = 30
	stepsOff    = 1 // how far clocks may differ, in steps
)

// How many recovery codes there are, and how long they are: 120 bits, so that a
// plain hash is enough (OWASP ASVS 5.0, 6.5.2).
const (
	recoveryCodes = 10
	recoverySize  = 24 // in base32
)

// BeginCodes gives the caller, an admin, the secret that one-time codes are made
// from. It is of no effect before ConfirmCodes; beginning again makes another.
func (d *Desk) BeginCodes(ctx context.Context, caller policy.Caller) (admin.Changed[api.NewCodes], error) {
	var none admin.Changed[api.NewCodes]
	who, err := d.signedInAdmin(ctx, caller)
	if err != nil {
		return none, err
	}
	if who.codes {
		return none, policy.Errorf(policy.Conflict, "one-time codes are switched on; switch them off first")
	}
	key, err := totp.Generate(totp.GenerateOpts{Issuer: product, AccountName: who.email})
	if err != nil {
		return none, err
	}
	secret := who.secret.Value
	secret.Pending = key.Secret()
	revision, err := d.commit(ctx, d.own(caller, actionBegin), d.saveSecret(who, secret))
	return admin.Changed[api.NewCodes]{Value: api.NewCodes{Secret: key.Secret(), URL: key.URL()}, Revision: revision}, err
}

// ConfirmCodes switches one-time codes on, if the code is one of the secret that
// BeginCodes gave. It returns the recovery codes, which nobody can find out again.
func (d *Desk) ConfirmCodes(ctx context.Context, caller policy.Caller, code string) (admin.Changed[api.RecoveryCodes], error) {
	var none admin.Changed[api.RecoveryCodes]
	who, err := d.signedInAdmin(ctx, caller)
	if err != nil {
		return none, err
	}
	secret := who.secret.Value
	if secret.Pending == "" {
		return none, policy.Errorf(policy.Conflict, "one-time codes were not begun")
	}
	step, ok := d.stepOf(secret.Pending, code, 0)
	if !ok {
		return none, policy.FieldErrorf("code", "is not the one that is shown now")
	}
	texts, digests := newRecovery()
	secret.Seed, secret.Pending, secret.Step, secret.Recovery = secret.Pending, "", step, digests
	revision, err := d.commit(ctx, d.own(caller, actionConfirm), d.saveSecret(who, secret), d.switchCodes(who, true))
	return admin.Changed[api.RecoveryCodes]{Value: api.RecoveryCodes{Codes: texts}, Revision: revision}, err
}

// StopCodes switches one-time codes off, for a caller who knows the password.
func (d *Desk) StopCodes(ctx context.Context, caller policy.Caller, given string) (admin.Changed[api.Done], error) {
	var none admin.Changed[api.Done]
	who, err := d.signedInAdmin(ctx, caller)
	if err != nil {
		return none, err
	}
	if err := d.confirm(ctx, who, Origin{From: caller.From}, "password", given); err != nil {
		return none, err
	}
	secret := store.Secret{ID: who.id, Password: who.secret.Value.Password}
	revision, err := d.commit(ctx, d.own(caller, actionStop), d.saveSecret(who, secret), d.switchCodes(who, false))
	return admin.Changed[api.Done]{Revision: revision}, err
}

func (d *Desk) signedInAdmin(ctx context.Context, caller policy.Caller) (account, error) {
	who, err := d.signedIn(ctx, caller)
	if err == nil && who.of != policy.SubjectAdmin {
		return who, policy.Errorf(policy.Forbidden, "this is only for admins")
	}
	return who, err
}

func (d *Desk) switchCodes(who account, on bool) store.Op {
	a := who.admin.Value
	a.Codes = on
	return d.store.Admins().Replace(who.id, a, who.admin.Revision)
}

// useCode returns the change that uses a code up, or the error that asks for
// one. The change fails if another sign-in used a code meanwhile.
func (d *Desk) useCode(who account, code string) (store.Op, error) {
	secret := who.secret.Value
	if code == "" {
		return store.Op{}, policy.Errorf(policy.CodeRequired, "a one-time code is needed too")
	}
	if step, ok := d.stepOf(secret.Seed, code, secret.Step); ok {
		secret.Step = step
		return d.saveSecret(who, secret), nil
	}
	i := slices.Index(secret.Recovery, recoveryDigest(code))
	if i < 0 {
		return store.Op{}, wrongCode()
	}
	secret.Recovery = slices.Delete(slices.Clone(secret.Recovery), i, i+1)
	return d.saveSecret(who, secret), nil
}

func wrongCode() error {
	return policy.Errorf(policy.CodeRequired, "the one-time code is wrong, or was used already")
}

// stepOf returns the time step whose code it is, if that is after the one used
// last (RFC 6238, section 5.2) and the clocks do not differ too much.
func (d *Desk) stepOf(seed, code string, used int64) (int64, bool) {
	if seed == "" {
		return 0, false
	}
	opts := hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1}
	now := d.now().Unix() / stepSeconds
	for step := max(now-stepsOff, used+1); step <= now+stepsOff; step++ {
		if ok, err := hotp.ValidateCustom(code, uint64(step), seed, opts); ok && err == nil {
			return step, true
		}
	}
	return 0, false
}

// newRecovery returns fresh recovery codes and what is kept of them.
func newRecovery() (texts []string, digests []policy.Digest) {
	for range recoveryCodes {
		text := rand.Text()[:recoverySize]
		var groups []string
		for group := range slices.Chunk([]byte(text), 6) {
			groups = append(groups, string(group))
		}
		texts = append(texts, strings.Join(groups, "-"))
		digests = append(digests, recoveryDigest(text))
	}
	return texts, digests
}

// recoveryDigest is of the code however it is typed.
func recoveryDigest(code string) policy.Digest {
	return policy.DigestOf(strings.ToUpper(strings.NewReplacer("-", "", " ", "").Replace(code)))
}
