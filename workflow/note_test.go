package workflow_test

import (
	"testing"

	"batan.go.id/layanan/workflow"
)

// A tapped link brings words that say nothing yet.
func TestEmptyNotes(t *testing.T) {
	t.Parallel()
	for _, note := range []string{"", " ", "karena", "karena …", "dengan alasan:"} {
		filed(t).says(kepala, "TOLAK "+note).refused(workflow.NeedsReason, "unrecognised kepala").stands(workflow.Running,
			"persetujuan")
	}
	for _, note := range []string{"pak", "terlampir."} {
		reached(t, "laporan", monday).says(admin1, "LAPORAN "+note).refused(workflow.NeedsText,
			"unrecognised admin1").stands(workflow.Running, "laporan")
	}
	blank := "Nama:\n\nLaporan Pelaksanaan Video Konferensi:\n\nHasil:"
	reached(t, "laporan", monday).says(admin1, "LAPORAN "+blank).refused(workflow.NeedsText,
		"unrecognised admin1").stands(workflow.Running, "laporan")

	s := reached(t, "laporan", monday).says(admin1, "LAPORAN Berjalan lancar.\nHasil: Baik",
		form(workflow.Form{"hasil": {Text: "Baik"}}))
	s.stands(workflow.StateFinished, "laporan")
	if got := s.r.Report.Form; got.Text("laporan") != "Berjalan lancar." || got.Text("hasil") != "Baik" ||
		got.Text("nama") != admin1.Name {
		t.Errorf("the report is %+v", got)
	}
}

// The next office reads what the one before it wrote.
func TestNotesGoOn(t *testing.T) {
	t.Parallel()
	s := filed(t).says(kepala, "SETUJU mohon didahulukan")
	if n := s.notice(workflow.NoticeTask, kabid); n.Note != "mohon didahulukan" || !n.By.Is(kepala.Email) {
		t.Errorf("the task is %+v", n)
	}
}

// The same date in other words is no change.
func TestSameDateIsNoChange(t *testing.T) {
	t.Parallel()
	same := date("2026-02-05 09:00")
	same.Text = "Kamis, 5 Februari 2026 jam 9"
	filed(t).says(ani, "UBAH", form(workflow.Form{"tanggal": same})).refused(workflow.NeedsFields, "unrecognised ani")
}

// While a question waits, a word that begins a sentence is part of the answer.
func TestAnswerBeginsWithAWord(t *testing.T) {
	t.Parallel()
	for _, answer := range []string{"STATUS peserta: internal semua", "BATAL puasa tidak masalah, pesertanya 20",
		"UBAH ke 25 orang"} {
		s := filed(t).says(kepala, "TANYA berapa peserta?")
		s.says(ani, answer).stands(workflow.Running, "persetujuan").sent("answer kepala", "receipt ani")
	}
	filed(t).says(kepala, "TANYA berapa peserta?").says(ani, "BATAL").stands(workflow.StateCancelled, "persetujuan")
	filed(t).says(kepala, "TANYA berapa peserta?").says(ani, "BATAL karena diundur").stands(workflow.StateCancelled,
		"persetujuan")
}
