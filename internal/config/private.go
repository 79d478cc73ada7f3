package config

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
)

// The bits of a file's mode that let others in.
const (
	groupReads fs.FileMode = 0o040
	worldReads fs.FileMode = 0o004
	groupWrite fs.FileMode = 0o020
	worldWrite fs.FileMode = 0o002
	anyOther   fs.FileMode = 0o077
)

// writers says who else than this process's user and root can change a file, ""
// when nobody can. A file's owner can, whatever its mode; what root runs is
// often another user's.
func writers(info fs.FileInfo) string {
	mode := info.Mode().Perm()
	switch owner, ok := info.Sys().(*syscall.Stat_t); {
	case mode&worldWrite != 0:
		return fmt.Sprintf("every user of this machine can change it (mode %04o)", mode)
	case mode&groupWrite != 0:
		return fmt.Sprintf("its group can change it (mode %04o)", mode)
	case ok && owner.Uid != 0 && os.Geteuid() != 0 && int(owner.Uid) != os.Geteuid():
		return fmt.Sprintf("its owner, user %d, can change it", owner.Uid)
	}
	return ""
}

// readers says who else can read a file.
func readers(info fs.FileInfo) string {
	switch mode := info.Mode().Perm(); {
	case mode&worldReads != 0:
		return fmt.Sprintf("every user of this machine can read it (mode %04o)", mode)
	case mode&groupReads != 0:
		return fmt.Sprintf("its group can read it (mode %04o)", mode)
	}
	return ""
}

// exposed says who is able to do with a secret what nobody else may: change it,
// or, without belonging to a group that was let in, read it.
func exposed(info fs.FileInfo) string {
	if why := writers(info); why != "" {
		return why
	}
	if info.Mode().Perm()&worldReads != 0 {
		return readers(info)
	}
	return ""
}

// handedOver reports whether a file is one that the machine's own keeper of
// secrets made for this process, under modes of its own: systemd's credentials,
// or Docker's secrets. What a link leads to counts.
func handedOver(path string) bool {
	path, err := realPath(path)
	if err != nil {
		return false
	}
	for _, dir := range []string{os.Getenv("CREDENTIALS_DIRECTORY"), "/run/secrets"} {
		if !filepath.IsAbs(dir) {
			continue
		}
		if dir, err = realPath(dir); err != nil {
			continue
		}
		if rel, err := filepath.Rel(dir, path); err == nil && filepath.IsLocal(rel) {
			return true
		}
	}
	return false
}

func realPath(path string) (string, error) {
	path, err := filepath.EvalSymlinks(path)
	if err != nil {
		return "", err
	}
	return filepath.Abs(path)
}

// private warns of a file with a password that others can read or change.
func (c *checker) private(key, path string) {
	info, err := os.Stat(path)
	if err != nil || handedOver(path) {
		return
	}
	if why := exposed(info); why != "" {
		c.warn(key, "%s holds a password, but %s: chmod 600 %s", path, why, path)
	}
}

// secret refuses a file of keys that is no secret, when it is there already.
func (c *checker) secret(key, path string) {
	c.directory(key, path)
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return // it will be made, or can be read only once
	}
	f, err := os.Open(path)
	if err != nil { // whoever needs the keys will complain
		return
	}
	defer f.Close()
	if _, err := readKeys(f); err != nil {
		c.fail(key, "%s", err)
		return
	}
	if info, err := f.Stat(); err == nil && readers(info) != "" && !handedOver(path) {
		c.warn(key, "%s: %s, and whoever has the key can act for every office: chmod 600 %s", path, readers(info), path)
	}
}

// ruling warns of a file that says who may decide, and that anybody can change.
func (c *checker) ruling(path string) {
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&worldWrite != 0 {
		c.warnings = append(c.warnings, fmt.Sprintf("%s says who may decide, but %s: chmod go-w %s", path, writers(info),
			path))
	}
}

// directory warns of a file that others can replace, where it is named or where
// that leads.
func (c *checker) directory(key, path string) {
	real, err := filepath.EvalSymlinks(path)
	if err != nil { // it is yet to be made
		real = path
	}
	for _, dir := range slices.Compact([]string{filepath.Dir(path), filepath.Dir(real)}) {
		if info, err := os.Stat(dir); err == nil && info.Mode()&fs.ModeSticky == 0 &&
			info.Mode()&(groupWrite|worldWrite) != 0 {
			c.warn(key, "others can put another file in the place of %s: %s has mode %04o: chmod go-w %s", path, dir,
				info.Mode().Perm(), dir)
		}
	}
}

// sqliteFiles warns of a database's files that others can read or change: what
// is open there is read with them, live reply tokens among it.
func (c *checker) sqliteFiles(path string) {
	c.directory("database", path)
	if real, err := filepath.EvalSymlinks(path); err == nil { // what SQLite makes stands beside it
		path = real
	}
	var open []string
	var widest fs.FileMode
	for _, end := range []string{"", "-wal", "-shm", "-journal", ".lock"} {
		if info, err := os.Stat(path + end); err == nil && info.Mode().Perm()&anyOther != 0 {
			open, widest = append(open, path+end), widest|info.Mode().Perm()
		}
	}
	if len(open) > 0 {
		c.warn("database", "other users of this machine have access to the database (mode %04o), and to the codes in it "+
			"that answer tasks: chmod 600 %s", widest, strings.Join(open, " "))
	}
}
