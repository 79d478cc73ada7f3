package integration

import (
	"slices"
	"strings"
	"testing"

	"batan.go.id/layanan/internal/lab"
)

// hasten makes the offices' hours into seconds, so that the clock's part can be
// played in real time.
func hasten(t *testing.T, s *site) {
	t.Helper()
	sop := s.must(t, "sop", "show")
	s.SOP = s.file(t, "sop.yaml", strings.NewReplacer("sla: 1h", "sla: 2s", "sla: 2h", "sla: 4s", "sla: 1d",
		"sla: 30s").Replace(sop))
	s.write(t)
	s.must(t, "sop", "check", s.SOP)
}

func TestWalk(t *testing.T) {
	t.Parallel()
	d := lab.Dovecot(t, users())
	p := lab.Postfix(t, d)
	s := newSite(t, lab.PostgreSQL(t).Database(t), d, p).write(t)
	hasten(t, s)
	if out := s.must(t, "check"); strings.Contains(out, "FAILED") {
		t.Fatal(out)
	}
	daemon := s.start(t).ready(t)
	o := newOffice(t, d, p)

	number := o.file("Rapat anggaran")
	o.take(ka, "task", number)
	o.take(ka, "reminder", number)
	o.take(operator, "escalation", number)
	last := o.take(ka2, "escalation", number)
	expect(t, "step of the escalation", last.step, "persetujuan")

	for _, scene := range []struct {
		says     string
		progress string // what the requester gets
		next     string // who gets the next task
	}{
		{"Setuju, silakan dilanjutkan.", "progress", kabid},
		{"Disposisi ke Kasubbid.", "progress", kasubbid},
		{"Instruksikan kepada administrator.", "progress", admin1},
		{"SIAP. Perangkat terpasang dan teruji.", "ready", admin1},
	} {
		o.reply(last, scene.says)
		o.take(last.to, "receipt", number)
		o.take(pemohon, scene.progress, number)
		last = o.take(scene.next, "task", number)
	}
	o.reply(last, "LAPORAN\r\n\r\nNama: Junaidi\r\nLaporan Pelaksanaan Video Konferensi: Berjalan lancar sampai "+
		"selesai\r\nHasil: Baik")
	var closed *letter
	for _, who := range []string{admin1, admin2, kasubbid, pemohon} {
		closed = o.take(who, "closed", number)
		for _, want := range []string{"FM 001", "Ani Lestari", "19850217", "Rapat anggaran", "Ruang Rapat Utama", "Junaidi",
			"Berjalan lancar sampai selesai", "Baik"} {
			if !closed.reads(want) {
				t.Errorf("the form that %s got lacks %q:\n%s", who, want, closed.text)
			}
		}
	}
	o.reply(closed, "Terima, laporannya lengkap.")
	o.take(pemohon, "receipt", number)

	r := s.show(t, number)
	expect(t, "status", r.Status, "selesai")
	var done []string
	for _, h := range r.History {
		if !slices.Contains([]string{"reminder", "escalation"}, h.Event) {
			done = append(done, h.Event+"@"+h.Step)
		}
	}
	expect(t, "history", strings.Join(done, " "),
		"registered@permohonan advanced@persetujuan advanced@disposisi advanced@instruksi "+
			"advanced@persiapan advanced@laporan closed@laporan signed-off@laporan")
	expect(t, "who approved",
		r.History[slices.IndexFunc(r.History,
			func(h struct{ Event, By, Step, Word, Note, Hash, Proof string }) bool { return h.Event == "advanced" })].By, ka2)
	for _, m := range r.Mails {
		expect(t, m.Notice+" to "+m.To, m.State, "sent")
	}
	s.audit(t)
	daemon.stop(t)
	expect(t, "mails left in the inbox", len(d.Messages(t, layanan, "INBOX")), 0)
	expect(t, "mails processed", len(d.Messages(t, layanan, "Diproses")), 7)
}
