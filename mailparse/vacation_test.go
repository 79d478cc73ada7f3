package mailparse_test

import (
	"strings"
	"testing"

	"batan.go.id/layanan/mailparse"
)

// TestAutomaticSubject knows what servers call their answers, in the languages that partners write.
func TestAutomaticSubject(t *testing.T) {
	tests := []struct {
		subject string
		auto    bool
	}{
		{"Automatic reply: [VC-2026-0001] Persetujuan", true},
		{"Re: Automatic reply: rapat", true},
		{"Auto: rapat", true},
		{"Auto-Reply", true},
		{"AUTOREPLY Re: rapat", true},
		{"[Auto-Reply] rapat", true},
		{"Rapat (Autoreply)", true},
		{"Rapat - Out of Office", true},
		{"Out of Office AutoReply: rapat", true},
		{"OOO: rapat", true},
		{"OOO until Monday", true},
		{"I'm out of the office", true},
		{"I am currently out of the office", true},
		{"On leave from 3 July", true},
		{"Vacation reply", true},
		{"Budi Santoso/BATAN is out of the office", true},
		{"Budi Santoso is out of the office (returning 13/07/2026)", true},
		{"Balasan Otomatis: [VC-2026-0001]", true},
		{"Balasan otomatis", true},
		{"Jawaban otomatis: rapat", true},
		{"Respon Otomatis", true},
		{"Pesan otomatis", true},
		{"Di luar kantor: rapat", true},
		{"Di luar kantor sampai 20 Juli", true},
		{"Sedang cuti", true},
		{"Saya sedang cuti s.d. 12 Juli", true},
		{"Sedang dinas luar - rapat", true},
		{"Tidak di tempat", true},
		{"Abwesenheitsnotiz: Rapat", true},
		{"Automatische Antwort: Rapat", true},
		{"Abwesend bis 12.7.", true},
		{"Réponse automatique : rapat", true},
		{"Je suis absent du 3 au 9 juillet", true},
		{"Respuesta automática: rapat", true},
		{"Resposta automática: rapat", true},
		{"Risposta automatica: rapat", true},
		{"Automatisch antwoord: rapat", true},
		{"Autosvar: rapat", true},
		{"Automaattinen vastaus: rapat", true},
		{"Automatyczna odpowiedź: rapat", true},
		{"Автоответ: rapat", true},
		{"自动回复: rapat", true},
		{"自動返信: rapat", true},
		{"자동 회신: rapat", true},
		{"Trả lời tự động: rapat", true},
		{"Otomatik Yanıt: rapat", true},
		{"Dibaca: [VC-2026-0001]", true},
		{"Read: rapat", true},
		{"Not read: rapat", true},
		{"Gelesen: rapat", true},
		{"已读: rapat", true},

		{"Fwd: Automatic reply: rapat", false},
		{"Automatic door", false},
		{"Out of office hours meeting", false},
		{"Tanda terima: laporan VC", false},
		{"Pengumuman (out of office area)", false},
		{"Autonomi daerah", false},
		{"Email otomatis ke peserta VC", false},
		{"Permohonan VC: balasan otomatis email", false},
		{"Cuti tahunan pegawai", false},
		{"Cuti: daftar nama", false},
		{"Perjalanan dinas ke Serpong", false},
		{"Rapat di luar kantor", false},
		{"Di luar kantor ada tamu", false},
		{"Away day planning", false},
		{"Absensi rapat", false},
		{"Office hours next week", false},
		{"back in the office: let's talk", false},
		{"Read this first", false},
		{"Reading list", false},
	}
	for _, tt := range tests {
		m := mailparse.Parse([]byte("From: a@batan.go.id\nSubject: "+tt.subject+"\n\nSetuju"), testGrammar())
		if auto := m.Kind == mailparse.KindAutoReply; auto != tt.auto {
			t.Errorf("%q: %s", tt.subject, m.Kind)
		}
	}
}

// TestVacationWords knows automatic answers by their words, where neither header nor subject tells.
func TestVacationWords(t *testing.T) {
	tests := []struct{ text, kind string }{
		{"Terima kasih atas email Anda. Saat ini saya sedang cuti sampai dengan 20 Juli 2026. Untuk hal yang mendesak " +
			"silakan hubungi Bapak Budi (budi@batan.go.id).", "auto-reply"},
		{"Yth. Pengirim,\n\nSaya sedang dinas luar pada tanggal 3 s.d. 7 Juli dan memiliki akses email yang terbatas. " +
			"Email akan saya balas setelah kembali.", "auto-reply"},
		{"Mohon maaf saya tidak berada di tempat hingga Senin, 6 Juli 2026. Silahkan menghubungi sekretaris di ext. 123.",
			"auto-reply"},
		{"Saya sedang melaksanakan perjalanan dinas mulai tanggal 3 Juli. Untuk keperluan mendesak dapat menghubungi Ibu " +
			"Ani.", "auto-reply"},
		{"Terima kasih telah menghubungi kami. Kantor kami tutup sampai tanggal 4 Januari.", "auto-reply"},
		{"Ini adalah pesan otomatis, mohon tidak membalas email ini. Laporan Anda telah kami catat dengan nomor tiket 4711.",
			"auto-reply"},
		{"Permintaan Anda telah kami terima dan akan kami balas dalam waktu 2 hari kerja. " +
			"Email ini dikirim secara otomatis.", "auto-reply"},
		{"Thank you for your email. I am out of the office until Monday, 6 July with limited access to email. For urgent " +
			"matters please contact Ani.", "auto-reply"},
		{"I am on annual leave and will be back on 6 July. In my absence please contact the secretariat.", "auto-reply"},
		{"Hello,\n\nI'm away from my desk until 6 July. I will reply as soon as I can.\n\nBudi", "auto-reply"},
		{"This is an automated response. Thank you for contacting the help desk; your request has been received.",
			"auto-reply"},
		{"Please do not reply to this message. We have received your request, ticket number 4711, and will respond within " +
			"2 days.", "auto-reply"},

		{"Laporan Anda telah diterima dengan nomor tiket 4711. Email ini dikirim secara otomatis.", "auto-reply"},
		{"Siap melayani Anda pada hari kerja. Ini balasan otomatis.", "auto-reply"},
		{"Pesan Anda ke milis semua@batan.go.id menunggu persetujuan moderator.", "auto-reply"},
		{"The message you sent requires that you verify that you are a real live human being.", "auto-reply"},

		{"Saya sedang dinas luar, tapi setuju.", "reply"},
		{"Setuju. Bila Anda bukan penerima yang dituju, mohon tidak membalas email ini; hubungi pengirim sampai jelas.",
			"reply"},
		{"SETUJU. Saya cuti sampai Senin; hal mendesak hubungi Pak Budi.", "reply"},
		{"Saya sedang cuti.", "reply"},
		{"Saya sedang cuti sampai Senin.", "reply"},
		{"Pak Budi sedang cuti sampai Senin, silakan hubungi Ibu Ani.", "reply"},
		{"Saya di luar kota sampai Jumat. Siapa yang bisa saya hubungi?", "reply"},
		{"I am on leave until Monday, but approved.", "reply"},
		{"NIP saya 198501012010121003. Saya sedang dinas luar sampai Senin, hubungi Ani.", "reply"},
	}
	for _, tt := range tests {
		m := mailparse.Parse([]byte("From: a@batan.go.id\nSubject: Re: [VC-2026-0001] Persetujuan\n\n"+tt.text+"\n"),
			testGrammar())
		if string(m.Kind) != tt.kind {
			t.Errorf("%q: %s", tt.text, m.Kind)
		}
		if m.Command != nil && m.Command.Taken() == "SETUJU" && !strings.HasPrefix(strings.ToUpper(tt.text), "SETUJU") {
			t.Errorf("%q: %+v", tt.text, m.Command)
		}
	}
}

// TestVacationAboutBounce keeps the answer to a mail about a bounce from becoming one.
func TestVacationAboutBounce(t *testing.T) {
	for _, subject := range []string{"Automatic reply: Email tidak terkirim", "Re: Undelivered Mail",
		"Balasan otomatis: Undeliverable: undangan"} {
		m := mailparse.Parse([]byte("Return-Path: <>\nFrom: a@batan.go.id\nSubject: "+subject+"\n\nSaya sedang cuti.\n"),
			testGrammar())
		if m.Kind != mailparse.KindAutoReply {
			t.Errorf("%s: %q", m.Kind, subject)
		}
	}
}

// TestVacationCommand doubts a command in what reads like a vacation note from end to end.
func TestVacationCommand(t *testing.T) {
	const text = "Siap melayani kembali mulai Senin. Terima kasih atas email Anda; saat ini saya sedang cuti sampai " +
		"Jumat, silakan hubungi Ibu Ani.\n"
	m := mailparse.Parse([]byte("From: a@batan.go.id\nSubject: Re: [VC-2026-0001] Persiapan\n\n"+text), testGrammar())
	if m.Kind != mailparse.KindReply || m.Command == nil || m.Command.Taken() != "" || m.Command.Doubt.Code == "" {
		t.Errorf("%s %+v", m.Kind, m.Command)
	}
}

// TestFormOfSomebodyAway keeps a request a request, whatever stands around the form.
func TestFormOfSomebodyAway(t *testing.T) {
	const form = "Nama: Ani\nNIP: 198501012010121003\nUnit Kerja: PPIKSN\nKegiatan: Rapat\nTanggal: 12 Juli 2026 pukul " +
		"09.00\n"
	const away = "Terima kasih atas email Anda. Saya sedang dinas luar sampai tanggal 9, hubungi Budi.\n\n"
	for _, text := range []string{form + "\n" + away, away + form,
		away + "-----Original Message-----\nFrom: b@batan.go.id\nSubject: form\n\n" + form} {
		if m := mailparse.Parse([]byte("From: a@batan.go.id\nSubject: Permohonan\n\n"+text),
			testGrammar()); m.Kind != mailparse.KindRequest {
			t.Errorf("%s: %q", m.Kind, text)
		}
	}
}

// TestCalendarAnswer tells answers to invitations from people's mails with such words.
func TestCalendarAnswer(t *testing.T) {
	tests := []struct{ subject, kind string }{
		{"Accepted: Rapat", "auto-reply"}, {"Declined: Rapat", "auto-reply"}, {"Tentative: Rapat", "auto-reply"},
		{"Diterima: Rapat", "auto-reply"}, {"Ditolak: Rapat", "auto-reply"}, {"Tentatif: Rapat", "auto-reply"},
		{"Zugesagt: Rapat", "auto-reply"}, {"Accepté : Rapat", "auto-reply"}, {"Aceptado: Rapat", "auto-reply"},
		{"承諾: Rapat", "auto-reply"}, {"Принято: Rapat", "auto-reply"},
		{"Accepted papers", "unrelated"}, {"Diterima dengan baik", "unrelated"}, {"Dibatalkan: Rapat", "unrelated"},
	}
	for _, tt := range tests {
		if m := mailparse.Parse([]byte("From: a@batan.go.id\nSubject: "+tt.subject+"\n\nBudi"),
			testGrammar()); string(m.Kind) != tt.kind {
			t.Errorf("%q: %s", tt.subject, m.Kind)
		}
	}
	// In the text, and not in the subject, the same words are a person's.
	m := mailparse.Parse([]byte("From: a@batan.go.id\nSubject: Re: [VC-2026-0001] Laporan\n\nDiterima: dengan senang "+
		"hati\n"), testGrammar())
	if m.Kind != mailparse.KindReply {
		t.Errorf("Diterima: in the text: %s", m.Kind)
	}
}
