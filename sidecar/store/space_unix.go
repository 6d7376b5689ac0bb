//go:build linux || darwin || freebsd

package store

import "golang.org/x/sys/unix"

// freeSpace returns the bytes that a user without privileges can still write.
func freeSpace(dir string) (uint64, error) {
	var fs unix.Statfs_t
	if err := unix.Statfs(dir, &fs); err != nil {
		return 0, err
	}
	return uint64(fs.Bavail) * uint64(fs.Bsize), nil
}
