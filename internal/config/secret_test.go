package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"batan.go.id/layanan/internal/config"
)

func TestSecretIsMadeOnce(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "secret.key")
	keys := make([]string, 8)
	var wg sync.WaitGroup
	for i := range keys {
		wg.Go(func() {
			k, err := config.Secret(path)
			if err != nil || len(k) != 1 {
				t.Errorf("%d keys, %v", len(k), err)
				return
			}
			keys[i] = string(k[0])
		})
	}
	wg.Wait()
	for _, k := range keys {
		if k != keys[0] || len(k) < 64 {
			t.Fatalf("several starts at once have the keys %q", keys)
		}
	}
	info, err := os.Stat(path)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file is %v, %v; want mode 0600", info, err)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 1 {
		t.Errorf("the directory holds %v, %v; want the key only", left, err)
	}
}

func TestSecret(t *testing.T) {
	a, b := goodKey, "B+/=-_kP0zQ7mX2vT9sR4wY6uN1cE3hG5jL8"
	for _, tc := range []struct{ name, text, want, fault string }{
		{"one key", a + "\n", a, ""},
		{"rotation", b + "\r\n\n" + a, b + " " + a, ""},
		{"short", a + "\nabc\n", "", "secret.key:2: the key is too short: it has 3 characters and needs 32"},
		{"empty", "\n", "", "secret.key: the secret file is empty"},
		{"comment", "# " + a, "", "secret.key:1: a key is hex or base64 text"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			path := filepath.Join(write(t, map[string]string{"secret.key": tc.text}), "secret.key")
			keys, err := config.Service{SecretFile: path}.Secret()
			if tc.fault != "" {
				if err == nil || !strings.Contains(err.Error(), tc.fault) {
					t.Fatalf("error %v, want %s", err, tc.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, k := range keys {
				got = append(got, string(k))
			}
			if strings.Join(got, " ") != tc.want {
				t.Errorf("keys %q, want %q", got, tc.want)
			}
		})
	}
	if _, err := config.Secret(filepath.Join(t.TempDir(), "missing", "secret.key")); err == nil ||
		!strings.Contains(err.Error(), "cannot be created: no such file") {
		t.Errorf("missing directory: %v", err)
	}
}
