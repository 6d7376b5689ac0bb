package file_test

import (
	"os"
	"path/filepath"
	"runtime"
	"syscall"
	"testing"

	"sightline.example/desktop/file"
)

// asNobody runs f with no rights to what is the tester's own, who may be root.
func asNobody(t *testing.T, f func()) {
	t.Helper()
	const nobody = 65534
	if os.Geteuid() != 0 {
		f() // and root's files are out of reach, or read-only ones
		return
	}
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	syscall.RawSyscall(syscall.SYS_SETFSUID, nobody, 0, 0)
	defer syscall.RawSyscall(syscall.SYS_SETFSUID, 0, 0, 0)
	f()
}

func TestWhatIsNotAllowedIsTold(t *testing.T) {
	dir, err := os.MkdirTemp("/tmp", "denied") // above it, all may look
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.Chmod(dir, 0o700); os.RemoveAll(dir) })
	secret := put(t, filepath.Join(dir, "secret.csv"), "text")
	mode := func(path string, mode os.FileMode) {
		if err := os.Chmod(path, mode); err != nil {
			t.Fatal(err)
		}
	}
	mode(secret, 0)
	mode(dir, 0o555)
	asNobody(t, func() {
		_, err := file.Read(secret, 10)
		wantFault(t, err, file.NotAllowed, secret)
		wantFault(t, file.MayWrite(filepath.Join(dir, "new.csv")), file.NotAllowed, dir)
		wantFault(t, file.Write(filepath.Join(dir, "new.csv"), nil), file.NotAllowed, dir)
	})
	mode(dir, 0o777)
	asNobody(t, func() {
		wantFault(t, file.MayWrite(secret), file.NotAllowed, secret)
	})
	mode(dir, 0)
	asNobody(t, func() {
		_, err := file.List(dir)
		wantFault(t, err, file.NotAllowed, dir)
	})
	wantText(t, secret, "text")
}
