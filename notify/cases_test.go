package notify_test

import (
	"slices"
	"testing"
	"time"

	"batan.go.id/layanan/notify"
	"batan.go.id/layanan/workflow"
)

// noticeCase is one notice in one of its forms: the story that leads to it, and to
// whom it goes.
type noticeCase struct {
	name string
	kind workflow.NoticeKind
	to   workflow.Person
	tell func(s *story) // makes it the last thing that happened
}

func dated(text string, start time.Time) workflow.Form {
	return workflow.Form{"tanggal": {Text: text, Date: true, Start: start, End: start}}
}

var (
	urgent   = dated("besok pukul 10.00", time.Date(2026, 11, 25, 10, 0, 0, 0, wib))
	past     = dated("3 Desember 2025", time.Date(2025, 12, 3, 9, 0, 0, 0, wib))
	problems = []workflow.Problem{{Field: "nip", Text: "12345", Reason: "nip-length"}}
	byStaff  = workflow.Event{Kind: workflow.Filed, By: kasubbid, Staff: true,
		Form: filled(workflow.Form{"email": {Text: ani.Email}, "media": {Text: "Telp"}})}
	broken = workflow.Form{"nip": {}, "tanggal": {}, "unit_kerja": {}}
)

// cases are all notices in all their forms.
var cases = []noticeCase{
	{"registered", workflow.NoticeRegistered, ani, func(s *story) { s.file(filled(nil)) }},
	{"registered-urgent", workflow.NoticeRegistered, ani, func(s *story) { s.file(filled(urgent)) }},
	{"registered-past", workflow.NoticeRegistered, ani, func(s *story) { s.file(filled(past)) }},
	{"incomplete", workflow.NoticeIncomplete, ani, func(s *story) { s.file(filled(broken), problems...) }},
	{"incomplete-staff", workflow.NoticeIncomplete, kasubbid, func(s *story) {
		ev := byStaff
		ev.Form = filled(workflow.Form{"email": {Text: ani.Email}, "nip": {}})
		s.step(ev)
	}},
	{"incomplete-again", workflow.NoticeIncomplete, ani,
		func(s *story) { s.file(filled(broken), problems...).say(ani, "", "") }},
	{"incomplete-photo", workflow.NoticeIncomplete, ani, func(s *story) {
		s.file(filled(broken), problems...).step(workflow.Event{Kind: workflow.Mailed, By: ani, Token: workflow.LiveToken,
			Unread: "IMG_0042.jpg"})
	}},
	{"incomplete-urgent", workflow.NoticeIncomplete, ani, func(s *story) {
		f := filled(urgent)
		f["nip"] = workflow.Value{}
		s.file(f)
	}},
	{"incomplete-past", workflow.NoticeIncomplete, ani, func(s *story) {
		f := filled(past)
		f["nip"] = workflow.Value{}
		s.file(f)
	}},
	{"incomplete-stuck", workflow.NoticeIncomplete, ani, stuck},
	{"incomplete-operator", workflow.NoticeIncomplete, operator, func(s *story) {
		stuck(s)
		s.step(workflow.Event{Kind: workflow.Mailed, By: operator, Token: workflow.LiveToken,
			Form: workflow.Form{"nip": {Text: "198502172010122003"}}})
	}},
	{"task-signature", workflow.NoticeTask, kepala, func(s *story) { signing(s).upTo("persetujuan") }},
	{"task", workflow.NoticeTask, kepala, func(s *story) { s.file(filled(nil)) }},
	{"task-urgent", workflow.NoticeTask, kepala, func(s *story) { s.file(filled(urgent)) }},
	{"task-past", workflow.NoticeTask, kepala, func(s *story) { s.file(filled(past)) }},
	{"task-disposisi", workflow.NoticeTask, kabid, func(s *story) { s.upTo("disposisi") }},
	{"task-instruksi", workflow.NoticeTask, kasubbid, func(s *story) { s.upTo("instruksi") }},
	{"task-persiapan", workflow.NoticeTask, admin, func(s *story) { s.upTo("persiapan") }},
	{"task-laporan", workflow.NoticeTask, admin, func(s *story) { s.upTo("laporan") }},
	{"task-changed", workflow.NoticeTask, kepala, func(s *story) {
		s.upTo("persetujuan").step(workflow.Event{Kind: workflow.Mailed, By: ani, Word: "UBAH", Token: workflow.LiveToken,
			Form: dated("4 Desember 2026 pukul 13.00", time.Date(2026, 12, 4, 13, 0, 0, 0, wib))})
	}},
	{"task-changed-back", workflow.NoticeTask, kepala, func(s *story) { swapped(s) }},
	{"task-filed-deputy", workflow.NoticeTask, wakil, func(s *story) {
		ev := byStaff
		ev.By = kepala
		s.step(ev)
	}},
	{"task-returned", workflow.NoticeTask, kepala,
		func(s *story) { s.upTo("disposisi").say(kabid, "KEMBALIKAN", "karena daftar peserta belum ada") }},
	{"task-delegated", workflow.NoticeTask, wakil, func(s *story) { delegate(s, time.Time{}) }},
	{"task-delegated-days", workflow.NoticeTask, wakil,
		func(s *story) { delegate(s, time.Date(2026, 11, 28, 0, 0, 0, 0, wib)); handed(s) }},
	{"task-withdrawn", workflow.NoticeTask, kepala, func(s *story) { s.upTo("disposisi").say(kepala, "TARIK", "") }},
	{"task-changed-asked", workflow.NoticeTask, kepala, func(s *story) {
		s.upTo("persetujuan").say(kepala, "TANYA", "berapa pesertanya?").step(workflow.Event{Kind: workflow.Mailed, By: ani,
			Word: "UBAH", Token: workflow.LiveToken,
			Form: workflow.Form{"pelaksanaan": {Text: "Ruang Rapat Kecil"}}})
	}},
	{"reminder", workflow.NoticeReminder, kepala, func(s *story) { s.upTo("persetujuan").alarm(2) }},
	{"reminder-laporan", workflow.NoticeReminder, admin, func(s *story) { s.upTo("laporan").alarm(1) }},
	{"reminder-incomplete", workflow.NoticeReminder, ani,
		func(s *story) { s.file(filled(broken), problems...).alarm(1) }},
	{"reminder-question", workflow.NoticeReminder, ani,
		func(s *story) { s.upTo("persetujuan").say(kepala, "TANYA", "berapa pesertanya?").alarm(1) }},
	{"escalation-deputy", workflow.NoticeEscalation, wakil, func(s *story) { s.upTo("persetujuan").alarm(3) }},
	{"escalation-above", workflow.NoticeEscalation, kepala, func(s *story) { s.upTo("disposisi").alarm(3) }},
	{"escalation-operators", workflow.NoticeEscalation, operator, func(s *story) { s.upTo("persetujuan").alarm(3) }},
	{"escalation-trouble", workflow.NoticeEscalation, kasubbid,
		func(s *story) { s.upTo("persiapan").say(admin, "KENDALA", "kamera rusak\nmenunggu pengganti") }},
	{"escalation-stuck", workflow.NoticeEscalation, operator, stuck},
	{"progress", workflow.NoticeProgress, ani,
		func(s *story) { s.upTo("persetujuan").say(kepala, "SETUJU", "Silakan dilanjutkan.") }},
	{"task-own-deputy", workflow.NoticeTask, wakil, func(s *story) { own(s, wakil) }},
	{"task-own-above", workflow.NoticeTask, kepala, func(s *story) { own(s) }},
	{"reminder-own", workflow.NoticeReminder, kepala, func(s *story) { own(s).alarm(1) }},
	{"escalation-own", workflow.NoticeEscalation, operator, func(s *story) { own(s).alarm(3) }},
	{"escalation-vacant", workflow.NoticeEscalation, operator, func(s *story) {
		s.p.People["ka_ppiksn"] = []workflow.Person{kepala}
		s.step(workflow.Event{Kind: workflow.Filed, By: kepala, MessageID: "own@batan.go.id", Form: filled(nil)})
	}},
	{"escalation-vacant-filed", workflow.NoticeEscalation, operator, func(s *story) {
		s.p.People["ka_ppiksn"] = []workflow.Person{kepala}
		ev := byStaff
		ev.By = kepala
		s.step(ev)
	}},
	{"escalation-away", workflow.NoticeEscalation, wakil, func(s *story) { away(s.upTo("persetujuan"), kepala) }},
	{"escalation-away-above", workflow.NoticeEscalation, kepala, func(s *story) { away(s.upTo("disposisi"), kabid) }},
	{"escalation-away-operators", workflow.NoticeEscalation, operator, func(s *story) {
		s.p.People["ka_ppiksn"] = []workflow.Person{kepala}
		away(s.upTo("persetujuan"), kepala)
	}},
	{"progress-others", workflow.NoticeProgress, kepala,
		func(s *story) { s.upTo("persetujuan").alarm(3).say(wakil, "SETUJU", "Silakan.") }},
	{"progress-others-asked", workflow.NoticeProgress, kepala,
		func(s *story) { s.upTo("persetujuan").alarm(3).say(wakil, "TANYA", "berapa pesertanya?") }},
	{"progress-others-rejected", workflow.NoticeProgress, kepala,
		func(s *story) { s.upTo("persetujuan").alarm(3).say(wakil, "TOLAK", "karena ruangan dipakai") }},
	{"progress-delegate", workflow.NoticeProgress, ani, acting},
	{"progress-delegate-holder", workflow.NoticeProgress, kepala, acting},
	{"receipt-delegate", workflow.NoticeReceipt, wakil, acting},
	{"progress-own", workflow.NoticeProgress, kabid, func(s *story) { own(s, wakil) }},
	{"progress-delegated", workflow.NoticeProgress, kepala, func(s *story) {
		s.upTo("persetujuan").alarm(3).step(workflow.Event{Kind: workflow.Mailed, By: wakil, Word: "DELEGASI",
			Note: kasubbid.Email, Token: workflow.LiveToken,
			Delegate: &workflow.Delegation{To: kasubbid}})
	}},
	{"progress-returned", workflow.NoticeProgress, ani,
		func(s *story) { s.upTo("disposisi").say(kabid, "KEMBALIKAN", "karena daftar peserta belum ada") }},
	{"progress-withdrawn", workflow.NoticeProgress, ani, func(s *story) { s.upTo("disposisi").say(kepala, "TARIK", "") }},
	{"progress-trouble", workflow.NoticeProgress, ani,
		func(s *story) { s.upTo("persiapan").say(admin, "KENDALA", "kamera rusak") }},
	{"question", workflow.NoticeQuestion, ani,
		func(s *story) { s.upTo("persetujuan").say(kepala, "TANYA", "berapa pesertanya, dan dari mana saja?") }},
	{"answer", workflow.NoticeAnswer, kepala,
		func(s *story) {
			s.upTo("persetujuan").say(kepala, "TANYA", "berapa pesertanya?").say(ani, "", "Sepuluh orang.")
		}},
	{"receipt", workflow.NoticeReceipt, kepala,
		func(s *story) { s.upTo("persetujuan").say(kepala, "SETUJU", "Silakan dilanjutkan.") }},
	{"receipt-rejected", workflow.NoticeReceipt, kepala,
		func(s *story) { s.upTo("persetujuan").say(kepala, "TOLAK", "karena ruangan dipakai") }},
	{"receipt-returned", workflow.NoticeReceipt, kabid,
		func(s *story) { s.upTo("disposisi").say(kabid, "KEMBALIKAN", "karena daftar peserta belum ada") }},
	{"receipt-asked", workflow.NoticeReceipt, kepala,
		func(s *story) { s.upTo("persetujuan").say(kepala, "TANYA", "berapa pesertanya?") }},
	{"receipt-answered", workflow.NoticeReceipt, ani,
		func(s *story) {
			s.upTo("persetujuan").say(kepala, "TANYA", "berapa pesertanya?").say(ani, "", "Sepuluh orang.")
		}},
	{"receipt-trouble", workflow.NoticeReceipt, admin,
		func(s *story) { s.upTo("persiapan").say(admin, "KENDALA", "kamera rusak") }},
	{"receipt-delegated", workflow.NoticeReceipt, kepala, func(s *story) { delegate(s, time.Time{}) }},
	{"receipt-delegated-day", workflow.NoticeReceipt, kepala,
		func(s *story) { delegate(s, time.Date(2026, 11, 25, 0, 0, 0, 0, wib)) }},
	{"receipt-delegated-hours", workflow.NoticeReceipt, kepala,
		func(s *story) { delegate(s, time.Date(2026, 11, 25, 12, 0, 0, 0, wib)) }},
	{"receipt-changed", workflow.NoticeReceipt, ani, func(s *story) {
		s.upTo("persetujuan").step(workflow.Event{Kind: workflow.Mailed, By: ani, Word: "UBAH",
			Note: "Pelaksanaan: Ruang Rapat Kecil", Token: workflow.LiveToken,
			Form: workflow.Form{"pelaksanaan": {Text: "Ruang Rapat Kecil"}}})
	}},
	{"receipt-changed-back", workflow.NoticeReceipt, ani, func(s *story) { swapped(s) }},
	{"receipt-signed-off", workflow.NoticeReceipt, ani, func(s *story) { closed(s).say(ani, "TERIMA", "") }},
	{"receipt-withdrawn", workflow.NoticeReceipt, kepala,
		func(s *story) { s.upTo("disposisi").say(kepala, "TARIK", "") }},
	{"receipt-filed", workflow.NoticeReceipt, kasubbid, func(s *story) { s.step(byStaff) }},
	{"receipt-report", workflow.NoticeReceipt, admin, func(s *story) { closed(s) }},
	{"confirm", workflow.NoticeConfirm, kepala, func(s *story) {
		s.upTo("persetujuan").step(workflow.Event{Kind: workflow.Mailed, By: kepala, Word: "TOLAK",
			Note: "karena ruangan dipakai"})
	}},
	{"confirm-answer", workflow.NoticeConfirm, ani, func(s *story) {
		s.upTo("persetujuan").say(kepala, "TANYA", "berapa pesertanya?").step(workflow.Event{Kind: workflow.Mailed, By: ani,
			Text: "Sepuluh orang."})
	}},
	{"unrecognised", workflow.NoticeUnrecognised, kepala, func(s *story) { s.upTo("persetujuan").say(kepala, "", "") }},
	{"unrecognised-doubtful", workflow.NoticeUnrecognised, kepala, func(s *story) {
		s.upTo("persetujuan").step(workflow.Event{Kind: workflow.Mailed, By: kepala,
			Doubt: workflow.Doubt{Code: "condition", Text: "asal"}, Token: workflow.LiveToken})
	}},
	{"unrecognised-incomplete", workflow.NoticeUnrecognised, ani, func(s *story) {
		s.file(filled(broken)).step(workflow.Event{Kind: workflow.Mailed, By: ani,
			Doubt: workflow.Doubt{Code: "courtesy", Text: "terima kasih"}, Token: workflow.LiveToken})
	}},
	{"unrecognised-reason", workflow.NoticeUnrecognised, kepala,
		func(s *story) { s.upTo("persetujuan").say(kepala, "TOLAK", "") }},
	{"unrecognised-text", workflow.NoticeUnrecognised, kepala,
		func(s *story) { s.upTo("persetujuan").say(kepala, "TANYA", "") }},
	{"unrecognised-report", workflow.NoticeUnrecognised, admin,
		func(s *story) { s.upTo("laporan").say(admin, "LAPORAN", "") }},
	{"unrecognised-fields", workflow.NoticeUnrecognised, ani,
		func(s *story) { s.upTo("persetujuan").say(ani, "UBAH", "tanggalnya") }},
	{"unrecognised-person", workflow.NoticeUnrecognised, kepala,
		func(s *story) { s.upTo("persetujuan").say(kepala, "DELEGASI", "Roliana") }},
	{"unrecognised-this-one-only", workflow.NoticeUnrecognised, wakil, func(s *story) {
		s.upTo("persetujuan").alarm(3).step(workflow.Event{Kind: workflow.Mailed, By: wakil, Word: "DELEGASI",
			Note: kasubbid.Email, Token: workflow.LiveToken,
			Delegate: &workflow.Delegation{To: kasubbid, Until: time.Date(2126, 11, 25, 0, 0, 0, 0, wib)}})
	}},
	{"unrecognised-too-long", workflow.NoticeUnrecognised, kepala,
		func(s *story) { delegate(s, time.Date(2027, 11, 25, 0, 0, 0, 0, wib)) }},
	{"unrecognised-signature", workflow.NoticeUnrecognised, kepala,
		func(s *story) { signing(s).upTo("persetujuan").say(kepala, "SETUJU", "") }},
	{"not-authorised", workflow.NoticeNotAuthorised, stranger,
		func(s *story) { s.upTo("persetujuan").say(stranger, "SETUJU", "") }},
	{"not-authorised-own", workflow.NoticeNotAuthorised, kepala, func(s *story) {
		ev := byStaff
		ev.By = kepala
		s.step(ev).say(kepala, "SETUJU", "")
	}},
	{"rejected", workflow.NoticeRejected, ani,
		func(s *story) { s.upTo("persetujuan").say(kepala, "TOLAK", "karena ruangan dipakai") }},
	{"rejected-lead-time", workflow.NoticeRejected, ani, func(s *story) {
		s.p.SOP.LeadTimePolicy = "reject"
		s.file(filled(urgent))
	}},
	{"cancelled", workflow.NoticeCancelled, ani,
		func(s *story) { s.upTo("disposisi").say(ani, "BATAL", "Rapat diundur.") }},
	{"cancelled-office", workflow.NoticeCancelled, kabid,
		func(s *story) { s.upTo("disposisi").say(ani, "BATAL", "Rapat diundur.") }},
	{"ready", workflow.NoticeReady, ani, func(s *story) {
		s.upTo("persiapan").say(admin, "SIAP", "Perangkat terpasang di Ruang Rapat Utama.")
	}},
	{"closed", workflow.NoticeClosed, ani, func(s *story) { closed(s) }},
	{"closed-office", workflow.NoticeClosed, kasubbid, func(s *story) { closed(s) }},
	{"status", workflow.NoticeStatus, ani, func(s *story) { s.upTo("disposisi").say(ani, "STATUS", "") }},
	{"status-overdue", workflow.NoticeStatus, ani,
		func(s *story) { s.upTo("disposisi").alarm(1).say(ani, "STATUS", "") }},
	{"status-entitled", workflow.NoticeStatus, kabid,
		func(s *story) { s.upTo("disposisi").alarm(1).say(kabid, "STATUS", "") }},
	{"status-asked", workflow.NoticeStatus, kepala, func(s *story) {
		s.upTo("persetujuan").say(kepala, "TANYA", "berapa pesertanya?").say(kepala, "STATUS", "")
	}},
	{"status-asked-requester", workflow.NoticeStatus, ani, func(s *story) {
		s.upTo("persetujuan").say(kepala, "TANYA", "berapa pesertanya?").say(ani, "STATUS", "")
	}},
	{"status-incomplete", workflow.NoticeStatus, ani, func(s *story) { s.file(filled(broken)).say(ani, "STATUS", "") }},
	{"status-incomplete-staff", workflow.NoticeStatus, kabid,
		func(s *story) { s.file(filled(broken)).say(kabid, "STATUS", "") }},
	{"status-finished", workflow.NoticeStatus, ani, func(s *story) { closed(s).say(ani, "STATUS", "") }},
	{"status-rejected", workflow.NoticeStatus, ani, func(s *story) {
		s.upTo("persetujuan").say(kepala, "TOLAK", "karena ruangan dipakai").say(ani, "BATAL", "")
	}},
	{"status-cancelled", workflow.NoticeStatus, kepala,
		func(s *story) { s.upTo("persetujuan").say(ani, "BATAL", "").say(kepala, "SETUJU", "") }},
	{"status-stale", workflow.NoticeStatus, kepala, func(s *story) {
		s.upTo("persetujuan").step(workflow.Event{Kind: workflow.Mailed, By: kepala, Word: "SETUJU",
			Token: workflow.PastToken})
	}},
	{"status-done", workflow.NoticeStatus, kepala, func(s *story) { s.upTo("disposisi").say(kepala, "SETUJU", "") }},
	{"status-too-late", workflow.NoticeStatus, kepala, func(s *story) { s.upTo("instruksi").say(kepala, "TARIK", "") }},
	{"status-not-here", workflow.NoticeStatus, kepala, func(s *story) { s.upTo("persetujuan").say(kepala, "SIAP", "") }},
	{"status-changed", workflow.NoticeStatus, kabid, func(s *story) { swapped(s) }},
	{"status-withdrawn", workflow.NoticeStatus, kabid, func(s *story) { s.upTo("disposisi").say(kepala, "TARIK", "") }},
	{"help", workflow.NoticeHelp, kepala, func(s *story) { s.upTo("persetujuan").say(kepala, "BANTUAN", "") }},
	{"help-requester", workflow.NoticeHelp, ani, func(s *story) { s.upTo("persetujuan").say(ani, "BANTUAN", "") }},
	{"undeliverable", workflow.NoticeUndeliverable, operator, func(s *story) {
		s.upTo("persetujuan").step(workflow.Event{Kind: workflow.Bounced,
			Bounce: &workflow.Bounce{Recipient: kepala.Email, Status: "5.1.1", Kind: workflow.NoticeTask}})
	}},
}

// stuck lets three rounds pass in vain.
func stuck(s *story) {
	s.file(filled(broken), problems...).say(ani, "", "").say(ani, "",
		"").step(workflow.Event{Kind: workflow.Mailed, By: ani, Token: workflow.LiveToken, Problems: problems,
		Text: "NIP saya 12345, tanggalnya menyusul karena ruang rapat belum pasti."})
}

func closed(s *story) *story {
	return s.upTo("laporan").step(workflow.Event{Kind: workflow.Mailed, By: admin, Word: "LAPORAN",
		Note: "berjalan lancar", Token: workflow.LiveToken,
		Form: workflow.Form{"laporan": {Text: "Perangkat terpasang dan uji coba berjalan lancar"}, "hasil": {Text: "Baik"}}})
}

// delegate hands the first office over until an instant; zero: for this request.
func delegate(s *story, until time.Time) {
	d := &workflow.Delegation{To: wakil, Until: until}
	if !until.IsZero() {
		d.From, d.Decree = time.Date(2026, 11, 24, 0, 0, 0, 0, wib), "12/KP/2026"
	}
	s.upTo("persetujuan").step(workflow.Event{Kind: workflow.Mailed, By: kepala, Word: "DELEGASI", Note: wakil.Email,
		Token: workflow.LiveToken, Delegate: d})
}

// handed lets the delegation of the last step begin.
func handed(s *story) { s.step(workflow.Event{Kind: workflow.Handed, Delegate: s.last.Delegation}) }

// acting lets the delegate decide.
func acting(s *story) {
	delegate(s, time.Time{})
	s.say(wakil, "SETUJU", "Silakan.")
}

// swapped is a request for another day than the one that was approved.
func swapped(s *story) *story {
	return s.upTo("disposisi").changes()
}

// own is a request of the kabid's, up to his own office.
func own(s *story, deputies ...workflow.Person) *story {
	s.p.People["kabid_pjkkd"] = append([]workflow.Person{kabid}, deputies...)
	return s.step(workflow.Event{Kind: workflow.Filed, By: kabid, MessageID: "own@batan.go.id",
		Form: filled(nil)}).say(kepala, "SETUJU", "")
}

// plh lets wakil hold kepala's office for a week.
var plh = workflow.Delegation{Role: "ka_ppiksn", By: kepala, To: wakil, From: time.Date(2026, 11, 23, 0, 0, 0, 0, wib),
	Until: time.Date(2026, 11, 28, 0, 0, 0, 0, wib), Decree: "12/KP/2026"}

// recorded is such a week that an operator enters before it begins.
var recorded = workflow.Delegation{Role: "ka_ppiksn", By: kepala, To: wakil,
	From: time.Date(2026, 12, 7, 0, 0, 0, 0, wib), Until: time.Date(2026, 12, 12, 0, 0, 0, 0, wib),
	Recorder: operator.Email}

// apart are the notices that belong to no request.
var apart = []struct {
	name string
	n    workflow.Notice
	ctx  notify.Context
}{
	{"help-guide", workflow.Notice{Kind: workflow.NoticeHelp, To: ani}, notify.Context{InReplyTo: "hello@batan.go.id"}},
	{"help-guide-attachments", workflow.Notice{Kind: workflow.NoticeHelp, To: ani, Unread: "FM-001.pdf, foto.jpg"},
		notify.Context{InReplyTo: "hello@batan.go.id"}},
	{"not-authorised-filing", workflow.Notice{Kind: workflow.NoticeNotAuthorised, To: stranger},
		notify.Context{InReplyTo: "hello@example.org"}},
	{"status-held", workflow.Notice{Kind: workflow.NoticeStatus, To: ani, Reason: workflow.Flooding},
		notify.Context{InReplyTo: "hello@batan.go.id"}},
	{"status-delegate", workflow.Notice{Kind: workflow.NoticeStatus, To: wakil, Role: "ka_ppiksn",
		Action: workflow.Delegate, By: kepala}, notify.Context{Delegation: &plh}},
	{"status-delegate-holder", workflow.Notice{Kind: workflow.NoticeStatus, To: kepala, Role: "ka_ppiksn",
		Action: workflow.Delegate, By: kepala}, notify.Context{Delegation: &plh}},
	{"status-delegate-recorded", workflow.Notice{Kind: workflow.NoticeStatus, To: kepala, Role: "ka_ppiksn",
		Action: workflow.Delegate, By: kepala}, notify.Context{Delegation: &recorded}},
	{"status-expired", workflow.Notice{Kind: workflow.NoticeStatus, To: wakil, Role: "ka_ppiksn", Action: workflow.Expire,
		By: kepala}, notify.Context{Delegation: &plh}},
	{"status-expired-holder", workflow.Notice{Kind: workflow.NoticeStatus, To: kepala, Role: "ka_ppiksn",
		Action: workflow.Expire, By: kepala}, notify.Context{Delegation: &plh}},
	{"dead-letter", workflow.Notice{Kind: workflow.NoticeDeadLetter, To: operator, Role: workflow.Operators},
		notify.Context{Topic: "Ada surat yang tidak dapat diproses",
			Detail: "Mohon periksa surat yang tidak dapat diproses."}},
}

// rendered is every notice in every form, as mails.
func rendered(tb testing.TB, id notify.Identity) map[string]letter {
	tb.Helper()
	out, r := map[string]letter{}, renderer(tb, id, procedure(tb))
	for _, c := range slices.Concat(cases, readCases) {
		s := newStory(tb)
		c.tell(s)
		n := s.notice(tb, c.kind, c.to)
		of := r
		if s.p.SOP.Step("persetujuan").Trust.Require != "" {
			of = renderer(tb, id, s.p)
		}
		out[c.name] = post(tb, of, s.last.Request, n, s.context(n))
	}
	for _, a := range apart {
		a.ctx.Now, a.ctx.ID = began, "0190"
		out[a.name] = post(tb, r, workflow.Request{}, a.n, a.ctx)
	}
	return out
}
