package config

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

const (
	keyBytes    = 32      // of randomness in a key that we make
	minKey      = 32      // characters of a key that we accept
	secretLimit = 1 << 16 // bytes of a file with passwords or keys
)

// password gives the first line of a password file.
func (c *checker) password(key, path string) Password {
	if path == "" {
		return ""
	}
	data, ok := c.read(key, path, secretLimit)
	if !ok {
		return ""
	}
	c.private(key, path)
	line, _, _ := strings.Cut(string(data), "\n")
	line = strings.TrimSuffix(line, "\r")
	if line == "" {
		c.fail(key, "%s has no password in its first line", path)
	}
	if strings.ContainsRune(line, 0) {
		c.fail(key, "%s is not a text file", path)
	}
	return Password(line)
}

// private warns of a secret that other users of the machine can read.
func (c *checker) private(key, path string) {
	if runtime.GOOS == "windows" { // has no such mode bits
		return
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o007 != 0 {
		c.warn(key, "%s is open to every user of this machine (mode %04o): chmod 600", path, info.Mode().Perm())
	}
}

// Secret reads the keys of the reply tokens, one on each line: the first signs,
// all verify, so that a new key is put on top and the old one removed when its
// tokens have died. A missing file is made, mode 0600, with one random key;
// several processes that start at once end up with the same one. A key is hex
// or base64 text of at least 32 characters and is used as it is written.
func Secret(path string) ([][]byte, error) {
	data, err := readLimited(path, secretLimit)
	if errors.Is(err, fs.ErrNotExist) {
		if err := createSecret(path); err != nil {
			return nil, fmt.Errorf("%s: the secret file cannot be created: %s", path, reason(err))
		}
		data, err = readLimited(path, secretLimit)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: the secret file cannot be read: %s", path, reason(err))
	}
	var keys [][]byte
	n := 0
	for line := range strings.Lines(string(data)) {
		n++
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			continue
		case strings.ContainsFunc(line, notKey):
			return nil, fmt.Errorf("%s:%d: a key is hex or base64 text, one on each line", path, n)
		case len(line) < minKey:
			return nil, fmt.Errorf("%s:%d: the key is too short: it has %d characters and needs %d", path, n, len(line), minKey)
		}
		keys = append(keys, []byte(line))
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("%s: the secret file is empty; remove it and a new key is made, but replies to mails already sent will not be recognised", path)
	}
	return keys, nil
}

func notKey(r rune) bool {
	return (r < '0' || '9' < r) && (r < 'a' || 'z' < r) && (r < 'A' || 'Z' < r) && !strings.ContainsRune("+/=-_", r)
}

// createSecret makes the file under another name and links it into place: it
// is whole when it appears, and a file that came first stays.
func createSecret(path string) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".secret-*") // mode 0600
	if err != nil {
		return err
	}
	defer os.Remove(tmp.Name())
	key := make([]byte, keyBytes)
	rand.Read(key) // never fails
	_, err = tmp.WriteString(hex.EncodeToString(key) + "\n")
	err = errors.Join(err, tmp.Sync(), tmp.Close())
	if err != nil {
		return err
	}
	if err := os.Link(tmp.Name(), path); !errors.Is(err, fs.ErrExist) {
		return err
	}
	return nil
}
