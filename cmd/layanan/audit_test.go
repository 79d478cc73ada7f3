package main

import (
	"database/sql"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sql does something behind the service's back.
func (d *desk) sql(query string) {
	d.t.Helper()
	db, err := sql.Open("sqlite", filepath.Join(d.dir, "layanan.db"))
	if err != nil {
		d.t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(query); err != nil {
		d.t.Fatal(err)
	}
}

// key puts lines into the secret file.
func (d *desk) key(lines ...string) {
	d.t.Helper()
	if err := os.WriteFile(filepath.Join(d.dir, "secret.key"), []byte(strings.Join(lines, "\n")+"\n"),
		0o600); err != nil {
		d.t.Fatal(err)
	}
}

const (
	oneKey     = "3f2a9c0d5e1b47868a90c3d2e4f60718293a4b5c6d7e8f90a1b2c3d4e5f60718"
	anotherKey = "c81e5b0e94a7f3d26b1c8e02d7549af7303c6e95b2a84f1d0967e3ab5c42d81f"
)

func (d *desk) intake(event string) {
	d.t.Helper()
	d.must("intake", "--by", "junaidi@batan.go.id", "--nama", "Ani Lestari", "--nip", "198502172010122003",
		"--unit-kerja", "PSTNT", "--kegiatan", event,
		"--tanggal", "14 Desember 2027 pukul 09.00", "--media", "Telp", "--email", "ani@batan.go.id")
}

// An auditor sees each thing that was done behind the service's back, a line
// each, and the operator can answer for it.
func TestAuditTellsWhatDiffers(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.key(oneKey)
	d.intake("Rapat anggaran")
	d.intake("Rapat lain")
	if out := d.must("audit", "verify"); out != "ok: 2 requests, 2 entries\n" {
		t.Error(out)
	}
	d.sql(`UPDATE requests SET body = replace(body, 'anggaran', 'direksi') WHERE body LIKE '%anggaran%'`)
	d.sql(`UPDATE requests SET state = 'selesai' WHERE body LIKE '%lain%'`)
	code, out, errOut := d.run("audit", "verify")
	if code != 1 || !strings.HasPrefix(out, "FAILED: 3 faults in 2 requests") || strings.Count(errOut, "\n") != 3 ||
		!strings.Contains(errOut, "-0001: its form is not the one that history entry 1 recorded") ||
		!strings.Contains(errOut, `state is "selesai" in its column, "berjalan" in its body`) {
		t.Errorf("%d %s%s", code, out, errOut)
	}
	code, out, errOut = d.run("audit", "verify", "--json")
	var v verdict
	if err := json.Unmarshal([]byte(out), &v); err != nil || code != 1 || errOut != "" || v.OK || len(v.Faults) != 3 ||
		v.fault != v.Faults[0] {
		t.Errorf("%d %v %s%s", code, err, out, errOut)
	}
	d.refused(2, "why", "audit", "adopt", v.Request)
	d.refused(1, "no request has the number VC-1999-0001", "audit", "adopt", "VC-1999-0001", "--why", "x")
	for _, f := range v.Faults[1:] {
		d.must("audit", "adopt", f.Request, "--why", "diubah sesuai memo")
	}
	if out := d.must("audit", "verify"); out != "ok: 2 requests, 4 entries\n" {
		t.Error(out)
	}
	if out := d.must("requests", "show", v.Request); !strings.Contains(out, "adopted: diubah sesuai memo") {
		t.Error(out)
	}
}

// A new line in the secret file is followed by whatever writes next; who only
// reads needs no key, and nobody makes one for a record that has one.
func TestKeysOfTheRecord(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.key(oneKey)
	d.intake("Rapat anggaran")
	d.key(anotherKey, oneKey)
	d.must("audit", "verify") // it is not in force yet
	d.intake("Rapat lain")
	d.key(anotherKey)
	if out := d.must("audit", "verify"); out != "ok: 2 requests, 2 entries\n" {
		t.Error(out)
	}
	d.key(oneKey)
	d.refused(1, "which the secret file does not hold", "audit", "verify")
	if err := os.Remove(filepath.Join(d.dir, "secret.key")); err != nil {
		t.Fatal(err)
	}
	d.refused(2, "secret_file", "audit", "verify")
	d.refused(2, "secret_file", "purge", "--older-than", "0s")
	if out := d.must("requests", "list"); !strings.Contains(out, "Rapat lain") {
		t.Error(out)
	}
	if _, err := os.Stat(filepath.Join(d.dir, "secret.key")); err == nil {
		t.Error("a key was made")
	}
}
