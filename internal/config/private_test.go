package config_test

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"batan.go.id/layanan/internal/config"
)

// goodKey is one as it is made.
const goodKey = "9c1f0b7d4e62a8358f90d1c2b3a4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f6"

// modes gives files their modes.
func modes(t *testing.T, dir string, to map[string]fs.FileMode) {
	t.Helper()
	for name, mode := range to {
		if err := os.Chmod(filepath.Join(dir, name), mode); err != nil {
			t.Fatal(err)
		}
	}
}

// keyed is an office that has a key.
func keyed(t *testing.T) (dir, key string) {
	t.Helper()
	dir = office(t, shortest)
	key = filepath.Join(dir, "secret.key")
	if err := os.WriteFile(key, []byte(goodKey+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir, key
}

// TestKeyIsPrivate: of all modes, a key that others can change or all can read
// is refused wherever it is met, and one that a group can read is warned of.
func TestKeyIsPrivate(t *testing.T) {
	dir, key := keyed(t)
	for mode := fs.FileMode(0o400); mode <= 0o777; mode++ {
		if mode&0o400 == 0 {
			continue
		}
		modes(t, dir, map[string]fs.FileMode{"secret.key": mode})
		_, err := config.Secret(key)
		cfg, loading := config.Load(filepath.Join(dir, "layanan.yaml"))
		if refused := mode&0o026 != 0; refused != (err != nil) || refused != (loading != nil) {
			t.Fatalf("mode %04o: Secret says %v, Load says %v", mode, err, loading)
		}
		if err != nil {
			for _, want := range []string{key, fmt.Sprintf("(mode %04o)", mode), "chmod 600 " + key} {
				if !strings.Contains(err.Error(), want) || !strings.Contains(loading.Error(), want) {
					t.Errorf("mode %04o: %v; %v: want %q", mode, err, loading, want)
				}
			}
			continue
		}
		warned := strings.Contains(strings.Join(cfg.Warnings, "\n"), "its group can read it")
		if warned != (mode&0o040 != 0) {
			t.Errorf("mode %04o: warnings %q", mode, cfg.Warnings)
		}
	}
}

// TestKeyOfAnother: whom a file belongs to can change it. Root's own are good
// for all, and root runs commands on what belongs to the service's user. Only
// root can try all of it.
func TestKeyOfAnother(t *testing.T) {
	const service, somebody = 65533, 65534
	dir, key := keyed(t)
	modes(t, dir, map[string]fs.FileMode{"..": 0o755, "secret.key": 0o440})
	type row struct {
		owner, user int
		refused     bool
	}
	rows := []row{{0, 0, false}, {service, service, false}, {service, 0, false}, {0, service, false},
		{somebody, service, true}}
	if me := os.Geteuid(); me != 0 {
		rows = []row{{me, me, false}}
	}
	become := func(id func(int) error, to int) {
		if err := id(to); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range rows {
		if err := os.Chown(key, c.owner, c.user); err != nil && os.Geteuid() == 0 {
			t.Fatal(err)
		}
		gid := os.Getegid()
		if c.user != os.Geteuid() {
			become(syscall.Setegid, c.user) // the group may read
			become(syscall.Seteuid, c.user)
		}
		_, err := config.Secret(key)
		if os.Getuid() != os.Geteuid() {
			become(syscall.Seteuid, os.Getuid())
			become(syscall.Setegid, gid)
		}
		if c.refused != (err != nil) || c.refused && !strings.Contains(err.Error(), "its owner, user 65534, can change it") {
			t.Errorf("a key of %d, used by %d: %v", c.owner, c.user, err)
		}
	}
}

// TestKeyThatWasHandedOver: systemd and Docker give secrets modes of their own;
// what lies there is judged by them, and what a link leads to by where it lies.
func TestKeyThatWasHandedOver(t *testing.T) {
	credentials, elsewhere := t.TempDir(), t.TempDir()
	t.Setenv("CREDENTIALS_DIRECTORY", credentials)
	file := func(dir, name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		modes(t, dir, map[string]fs.FileMode{name: 0o444})
		return path
	}
	link := func(to, dir string) string {
		path := filepath.Join(dir, "link")
		if err := os.Symlink(to, path); err != nil {
			t.Fatal(err)
		}
		return path
	}
	given, open := file(credentials, "key", goodKey), file(elsewhere, "key", goodKey)
	for name, c := range map[string]struct {
		path, fault string
	}{
		"a credential":           {given, ""},
		"a link to one":          {link(given, elsewhere), ""},
		"a link out of there":    {link(open, credentials), "can read it (mode 0444)"},
		"a path out of there":    {credentials + "/../" + filepath.Base(elsewhere) + "/key", "can read it (mode 0444)"},
		"elsewhere":              {open, "can read it (mode 0444)"},
		"a credential, no key":   {file(credentials, "zero", strings.Repeat("0", 64)), "this is no key"},
		"a name that begins so":  {file(elsewhere, filepath.Base(credentials), goodKey), "can read it"},
		"a directory of another": {file(elsewhere, "run-secrets", goodKey), "can read it"},
	} {
		if _, err := config.Secret(c.path); (err != nil) != (c.fault != "") ||
			err != nil && !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%s: %v, want %q", name, err, c.fault)
		}
	}
	for _, none := range []string{"", "."} { // names no place
		t.Setenv("CREDENTIALS_DIRECTORY", none)
		if _, err := config.Secret(given); err == nil {
			t.Errorf("CREDENTIALS_DIRECTORY=%q: the key is taken", none)
		}
	}
}

// TestNoKey: what nobody drew at random is no key, in whatever line of the file
// it stands.
func TestNoKey(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.key")
	read := func(text string) error {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := config.Secret(path)
		return err
	}
	counting := make([]byte, 32)
	for i := range counting {
		counting[i] = byte(i)
	}
	for _, key := range []string{
		strings.Repeat("0", 64), strings.Repeat("f", 32), strings.Repeat("-", 40),
		strings.Repeat("deadbeef", 8), strings.Repeat("01", 32), strings.Repeat("0123456789abcdef", 4),
		strings.Repeat("changeme", 5), strings.Repeat("aB3", 20) + "a",
		strings.Repeat("0", 63) + "1", strings.Repeat("a", 20) + strings.Repeat("b", 20),
		"abcdefghijklmnopqrstuvwxyz012345", "zyxwvutsrqponmlkjihgfedcbazyxwvu",
		hex.EncodeToString(counting), strings.ToUpper(hex.EncodeToString(counting)),
		base64.StdEncoding.EncodeToString(make([]byte, 32)), base64.RawURLEncoding.EncodeToString(make([]byte, 32)),
		base64.StdEncoding.EncodeToString(counting),
		base64.StdEncoding.EncodeToString([]byte(strings.Repeat("deadbeef", 4))),
		base64.StdEncoding.EncodeToString([]byte(strings.Repeat("x", 32))),
		goodKey[:40] + goodKey[:40],
	} {
		for text, line := range map[string]int{key: 1, goodKey + "\n\n" + key + "\r\n" + goodKey: 3} {
			if err := read(text); err == nil || !strings.Contains(err.Error(),
				fmt.Sprintf("%s:%d: this is no key", path, line)) {
				t.Errorf("%q: %v", text, err)
			}
		}
	}
	for range 500 {
		random := make([]byte, 32)
		rand.Read(random)
		for _, key := range []string{hex.EncodeToString(random), hex.EncodeToString(random[:16]),
			base64.StdEncoding.EncodeToString(random), base64.RawURLEncoding.EncodeToString(random)} {
			if err := read(key); err != nil {
				t.Errorf("a random key: %v", err)
			}
		}
	}
}

// TestFilesThatOthersReach are told of, each with what mends it.
func TestFilesThatOthersReach(t *testing.T) {
	warnings := func(t *testing.T, dir string) string {
		return strings.ReplaceAll(strings.Join(load(t, dir).Warnings, "\n"), dir, "DIR")
	}
	dir, _ := keyed(t)
	for _, name := range []string{"layanan.db", "layanan.db-wal", "layanan.db-shm", "layanan.db.lock"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	modes(t, dir, map[string]fs.FileMode{".": 0o700})
	usual := warnings(t, dir)
	for _, c := range []struct {
		open map[string]fs.FileMode
		says string // "" when nothing is
	}{
		{map[string]fs.FileMode{"imap.password": 0o640}, ""}, // a group is how packages share it with the service
		{map[string]fs.FileMode{"imap.password": 0o644},
			"imap.password_file: DIR/imap.password holds a password, but every user of this machine can read it (mode 0644): " +
				"chmod 600 DIR/imap.password"},
		{map[string]fs.FileMode{"imap.password": 0o620}, "its group can change it (mode 0620): chmod 600 DIR/imap.password"},
		{map[string]fs.FileMode{"layanan.db": 0o644},
			"have access to the database (mode 0644), and to the codes in it that answer tasks: chmod 600 DIR/layanan.db"},
		{map[string]fs.FileMode{"layanan.db": 0o640, "layanan.db-wal": 0o604, "layanan.db-shm": 0o660,
			"layanan.db.lock": 0o601},
			"(mode 0665), and to the codes in it that answer tasks: chmod 600 DIR/layanan.db DIR/layanan.db-wal " +
				"DIR/layanan.db-shm DIR/layanan.db.lock"},
		{map[string]fs.FileMode{"layanan.yaml": 0o664}, ""},
		{map[string]fs.FileMode{"layanan.yaml": 0o666},
			"DIR/layanan.yaml says who may decide, but every user of this machine can change it (mode 0666): chmod go-w " +
				"DIR/layanan.yaml"},
		{map[string]fs.FileMode{".": 0o775},
			"service.secret_file: others can put another file in the place of DIR/secret.key: " +
				"DIR has mode 0775: chmod go-w DIR"},
		{map[string]fs.FileMode{".": 0o772},
			"database: others can put another file in the place of DIR/layanan.db: DIR has mode 0772: chmod go-w DIR"},
		{map[string]fs.FileMode{".": 0o777 | fs.ModeSticky}, ""},
	} {
		modes(t, dir, c.open)
		said := strings.Replace(warnings(t, dir), usual, "", 1)
		if c.says == "" && said != "" || !strings.Contains(said, c.says) || strings.Count(said, "chmod") > 2 {
			t.Errorf("%v: %q, want %q", c.open, said, c.says)
		}
		for name := range c.open {
			modes(t, dir, map[string]fs.FileMode{name: map[bool]fs.FileMode{true: 0o700, false: 0o600}[name == "."]})
		}
	}
}

// TestLinkedDatabase: what stands beside the file that a link leads to is judged.
func TestLinkedDatabase(t *testing.T) {
	dir, _ := keyed(t)
	elsewhere := write(t, map[string]string{"real.db": "", "real.db-wal": ""})
	if err := os.Symlink(filepath.Join(elsewhere, "real.db"), filepath.Join(dir, "layanan.db")); err != nil {
		t.Fatal(err)
	}
	modes(t, elsewhere, map[string]fs.FileMode{"real.db-wal": 0o644, ".": 0o777})
	said := strings.Join(load(t, dir).Warnings, "\n")
	for _, want := range []string{"chmod 600 " + filepath.Join(elsewhere, "real.db-wal"), "chmod go-w " + elsewhere} {
		if strings.Count(said, want) != 1 {
			t.Errorf("warnings %q, want %q once", said, want)
		}
	}
}
