package config

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
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

// Secret reads the keys of the reply tokens, one on each line: the first signs,
// all verify, so that a new key is put on top and the old one removed when its
// tokens have died. A missing file is made, mode 0600, with one random key;
// several processes that start at once end up with the same one. A key is hex
// or base64 text of at least 32 characters and is used as it is written. A file
// that others can change or all can read is refused, and so is a key that
// repeats itself: whoever guesses it acts for every office.
func Secret(path string) ([][]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		if err := createSecret(path); err != nil {
			return nil, fmt.Errorf("%s: the secret file cannot be created: %s", path, reason(err))
		}
		f, err = os.Open(path)
	}
	if err != nil {
		return nil, fmt.Errorf("%s: the secret file cannot be read: %s", path, reason(err))
	}
	defer f.Close()
	return readKeys(f)
}

// readKeys reads an open file of keys, so that what is judged is what is read.
func readKeys(f *os.File) ([][]byte, error) {
	path := f.Name()
	info, err := f.Stat()
	if err == nil && info.IsDir() {
		err = errors.New("it is a directory")
	}
	if err != nil {
		return nil, fmt.Errorf("%s: the secret file cannot be read: %s", path, reason(err))
	}
	if why := exposed(info); why != "" && !handedOver(path) {
		return nil, fmt.Errorf("%s: the key is no secret: %s: chmod 600 %s, and put a new key over it, since somebody may "+
			"have seen it", path, why, path)
	}
	data, err := io.ReadAll(io.LimitReader(f, secretLimit))
	if err != nil {
		return nil, fmt.Errorf("%s: the secret file cannot be read: %s", path, reason(err))
	}
	return parseKeys(path, string(data))
}

func parseKeys(path, text string) ([][]byte, error) {
	var keys [][]byte
	n := 0
	for line := range strings.Lines(text) {
		n++
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			continue
		case strings.ContainsFunc(line, notKey):
			return nil, fmt.Errorf("%s:%d: a key is hex or base64 text, one on each line", path, n)
		case len(line) < minKey:
			return nil, fmt.Errorf("%s:%d: the key is too short: it has %d characters and needs %d", path, n, len(line), minKey)
		case guessable(line):
			return nil, fmt.Errorf("%s:%d: this is no key: it repeats itself, so it can be guessed; put random text in its "+
				"place, say of openssl rand -hex 32", path, n)
		}
		keys = append(keys, []byte(line))
	}
	if len(keys) == 0 {
		return nil, fmt.Errorf("%s: the secret file is empty; remove it and a new key is made, but replies to mails "+
			"already sent will not be recognised", path)
	}
	return keys, nil
}

// guessable recognises a key that nobody drew at random: its text, or what the
// text encodes, is one thing over and over, or counts up.
func guessable(key string) bool {
	if monotonous([]byte(key)) {
		return true
	}
	decoded, err := hex.DecodeString(key)
	for _, code := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding,
		base64.RawURLEncoding} {
		if err != nil {
			decoded, err = code.DecodeString(key)
		}
	}
	return err == nil && monotonous(decoded)
}

// variety is the least number of different bytes, and of different steps from
// one to the next, in a key. Of 32 random hex digits one in 3,000,000,000,000
// has fewer.
const variety = 6

// monotonous reports whether bytes have a period, or too little variety.
func monotonous(key []byte) bool {
	values, steps := map[byte]bool{}, map[byte]bool{}
	for i, b := range key {
		values[b] = true
		if i > 0 {
			steps[b-key[i-1]] = true
		}
	}
	if len(values) < variety || len(steps) < variety {
		return true
	}
	for period := 1; period <= len(key)/2; period++ {
		if bytes.Equal(key[period:], key[:len(key)-period]) {
			return true
		}
	}
	return false
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
