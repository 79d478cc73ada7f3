package store

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"strconv"
	"strings"
)

// keyring holds the keys that seal the record: the first seals, all verify.
// The zero keyring can do neither.
type keyring struct{ keys []recordKey }

type recordKey struct {
	name string // tells keys apart, and nothing of the key
	key  []byte
}

// newKeyring makes the record's keys of secrets, one of each: whoever learns
// the one can't compute the other's tokens.
func newKeyring(secrets ...[]byte) keyring {
	var k keyring
	for _, secret := range secrets {
		key := authenticate(secret, "layanan record key")
		k.keys = append(k.keys, recordKey{hex.EncodeToString(authenticate(key, "name")[:8]), key})
	}
	return k
}

func authenticate(key []byte, text string) []byte {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(text))
	return mac.Sum(nil)
}

// names are those of the keys.
func (k keyring) names() []string {
	names := make([]string, len(k.keys))
	for i, q := range k.keys {
		names[i] = q.name
	}
	return names
}

// current is the name of the key that seals; "" without one.
func (k keyring) current() string {
	if len(k.keys) == 0 {
		return ""
	}
	return k.keys[0].name
}

// others are the names of the keys that only verify.
func (k keyring) others() []string { return k.names()[min(1, len(k.keys)):] }

// sealVersion is of the way in which content is sealed.
const sealVersion = 1

// seal is "VERSION:KEY:MAC", the MAC being HMAC-SHA-256 over a kind and its
// content as a JSON array; "" without a key.
func (k keyring) seal(kind string, content ...any) string {
	if len(k.keys) == 0 {
		return ""
	}
	return sealed(k.keys[0], kind, content)
}

func sealed(key recordKey, kind string, content []any) string {
	canonical, err := json.Marshal(append([]any{kind}, content...))
	if err != nil {
		panic(err) // strings and numbers always marshal
	}
	return strconv.Itoa(sealVersion) + ":" + key.name + ":" + hex.EncodeToString(authenticate(key.key, string(canonical)))
}

// verdict is what a seal turned out to be.
type verdict int

const (
	unsealed  verdict = iota
	foreign           // by a key that we don't have
	broken            // not of this content
	authentic         // by one of our keys
)

// judgement is a verdict on a seal with the name of its key.
type judgement struct {
	verdict
	key string
}

// judge holds a seal against a content.
func (k keyring) judge(seal, kind string, content ...any) judgement {
	if seal == "" {
		return judgement{unsealed, ""}
	}
	parts := strings.Split(seal, ":")
	if len(parts) != 3 || parts[0] != strconv.Itoa(sealVersion) {
		return judgement{broken, ""}
	}
	for _, key := range k.keys {
		if key.name != parts[1] {
			continue
		}
		if hmac.Equal([]byte(seal), []byte(sealed(key, kind, content))) {
			return judgement{authentic, key.name}
		}
		return judgement{broken, key.name}
	}
	return judgement{foreign, parts[1]}
}

// String is why a seal does not hold.
func (j judgement) String() string {
	switch j.verdict {
	case unsealed:
		return "it was written without the key, as an older version or plain SQL does"
	case foreign:
		return "it is sealed by the key " + j.key + ", which the secret file does not hold"
	case authentic:
		return "it is sealed by the key " + j.key + ", which has been replaced"
	}
	return "it is not what was sealed"
}
