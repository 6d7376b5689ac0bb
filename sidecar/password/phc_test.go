package password

import "testing"

func FuzzParse(f *testing.F) {
	f.Add("$argon2id$v=19$m=65536,t=3,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
	f.Add("$argon2id$v=19$m=4194304,t=3,p=1$AAAA$AAAA")
	f.Add("$argon2id$v=19$m=19456,t=2,p=8$c29tZXNhbHQ$c29tZXNhbHRzb21lc2FsdA")
	f.Add("$$$$$")
	f.Fuzz(func(t *testing.T, text string) {
		e, err := parse(text)
		if err != nil {
			return
		}
		if e.String() != text {
			t.Errorf("%q is read as %q", text, e)
		}
		if e.memory < 19<<10 || e.memory > 256<<10 || e.time < 2 || e.time > 10 || e.threads < 1 || e.threads > 8 {
			t.Errorf("%q is beyond the bounds", text)
		}
		if len(e.salt) < 8 || len(e.salt) > 64 || len(e.key) < 16 || len(e.key) > 64 {
			t.Errorf("%q has a salt of %d bytes and a key of %d", text, len(e.salt), len(e.key))
		}
	})
}
