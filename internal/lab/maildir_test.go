package lab

import (
	"os"
	"path/filepath"
	"testing"
)

// TestKilledDovecotLeavesNoLock: a crash while the list of UIDs is written, made certain.
func TestKilledDovecotLeavesNoLock(t *testing.T) {
	t.Parallel()
	const ani = "ani@batan.go.id"
	d := Dovecot(t, map[string]string{ani: "rahasia"})
	d.Deliver(t, ani, []byte("Subject: uji\r\n\r\nuji\r\n"))
	lock := filepath.Join(d.maildir(ani, "INBOX"), "dovecot-uidlist.lock")
	if err := os.WriteFile(lock, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	d.Kill()
	if _, err := os.Stat(lock); !os.IsNotExist(err) {
		t.Errorf("after Kill the lock is there still (%v)", err)
	}
	d.Restart(t)
	if n := len(d.Messages(t, ani, "INBOX")); n != 1 {
		t.Errorf("%d mails after Restart", n)
	}
}
