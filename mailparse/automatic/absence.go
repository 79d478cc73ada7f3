package automatic

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// The signs by which words alone give an automatic answer away. One is chance: a person, too, writes "saya sedang
// cuti".
const (
	signAway = iota
	signUntil
	signInstead // whom to turn to
	signThanks
	signLater
	signSilence // no answer is wanted
	signProgram // the text says that a program wrote it
	signHeld    // a mail waits for its sender's word, or a moderator's
	signCount
)

// signWeights say how much each sign tells; with enoughSigns a text is a program's, or very like one.
var signWeights = [signCount]int{signAway: 1, signUntil: 1, signInstead: 1, signThanks: 1, signLater: 1,
	signSilence: 1, signProgram: 2, signHeld: 3}

const enoughSigns = 3

// signs are what vacation notes and ticket systems say, in folded words.
var signs = newSigns([signCount][]string{
	signAway: {
		"sedang cuti", "dalam cuti", "menjalani cuti", "melaksanakan cuti", "mengambil cuti", "menjalankan cuti",
		"masa cuti", "cuti tahunan", "cuti melahirkan", "cuti bersama", "cuti sakit", "cuti sampai", "cuti dari",
		"cuti mulai", "cuti tanggal", "sedang dinas", "dinas luar", "dinas ke luar", "melaksanakan dinas",
		"perjalanan dinas", "tugas luar", "bertugas di luar", "tugas belajar", "tidak di tempat", "tidak berada di tempat",
		"tidak di kantor", "tidak berada di kantor", "tidak masuk kantor", "di luar kantor", "di luar kota",
		"di luar negeri", "ke luar negeri", "ke luar kota", "mengikuti diklat", "mengikuti pelatihan", "kantor tutup",
		"kantor kami tutup", "libur sampai", "sedang libur",
		"out of office", "out of the office", "on leave", "on annual leave", "on vacation", "on holiday", "on maternity",
		"on parental", "on sick leave", "away from", "am away", "be away", "currently away", "business trip", "travelling",
		"traveling", "not in the office", "office is closed", "office will be closed",
	},
	signUntil: {
		"sampai", "hingga", "s d", "sejak tanggal", "mulai tanggal", "dari tanggal", "pada tanggal", "kembali pada",
		"kembali bekerja", "kembali masuk", "kembali bertugas", "kembali ke kantor", "kembali tanggal", "kembali di kantor",
		"masuk kembali", "until", "till", "returning", "return on", "return to", "back on", "be back", "will return",
		"through",
	},
	signInstead: {
		"hubungi", "menghubungi", "dihubungi", "keperluan mendesak", "hal mendesak", "hal yang mendesak",
		"kebutuhan mendesak", "keadaan mendesak", "bersifat mendesak", "bersifat urgent", "contact", "please call", "urgent",
		"in my absence", "emergency", "get in touch",
	},
	signThanks: {
		"terima kasih atas email", "terima kasih atas e mail", "terima kasih atas surel", "terima kasih atas surat",
		"terima kasih atas pesan", "terima kasih atas permintaan", "terima kasih telah", "terima kasih sudah",
		"terimakasih atas email", "terimakasih telah", "terimakasih sudah", "email anda telah", "email anda sudah",
		"pesan anda telah", "pesan anda sudah", "surat anda telah", "permintaan anda telah", "laporan anda telah",
		"tiket anda", "nomor tiket",
		"thank you for your email", "thank you for your e mail", "thank you for your mail", "thank you for your message",
		"thanks for your email", "thanks for your e mail", "thanks for your message", "thank you for contacting",
		"thanks for contacting", "thank you for reaching", "your email has been", "your message has been",
		"your request has been", "we have received your", "ticket number", "ticket id",
	},
	signLater: {
		"akses terbatas", "akses email", "akses ke email", "akses internet", "mengakses email", "membaca email",
		"membuka email", "akan saya balas", "akan saya jawab", "akan kami balas", "akan kami jawab", "akan membalas",
		"akan segera", "saya akan membalas", "setelah kembali", "saat kembali", "setelah saya kembali", "dalam waktu",
		"hari kerja", "jam kerja", "limited access", "no access", "access to email", "access to my email",
		"access to e mail", "will respond", "will reply", "will answer", "get back to you", "as soon as", "upon my return",
		"when i return", "after my return", "business days", "office hours",
	},
	signSilence: {
		"tidak membalas email", "tidak membalas pesan", "jangan membalas email", "jangan membalas pesan",
		"jangan balas email", "jangan balas pesan", "tidak perlu membalas", "tidak perlu dibalas", "mohon tidak dibalas",
		"do not reply to this", "please do not reply", "do not respond to this",
	},
	signProgram: {
		"dikirim secara otomatis", "dikirimkan secara otomatis", "dibuat secara otomatis", "dihasilkan secara otomatis",
		"terkirim secara otomatis", "dikirim otomatis", "balasan otomatis", "jawaban otomatis", "pesan otomatis",
		"email otomatis", "respon otomatis", "respons otomatis",
		"automatic reply", "automated reply", "automated response", "automatic response", "automatically generated",
		"generated automatically", "auto reply", "autoreply", "autoresponse", "auto generated", "automated message",
		"automatic message",
		"nomor tiket anda", "no tiket anda", "your ticket number", "ticket number is", "your ticket id", "ticket id is",
	},
	signHeld: {
		"menunggu persetujuan moderator", "awaits moderator approval", "awaiting moderator approval", "is being held until",
		"held for moderation", "requires that you verify", "verify that you are a real", "verify that you are human",
		"confirm you are human",
	},
})

// signList finds a sign's phrases, and says which sign they are of.
type signList struct {
	phrases fold.Phrases
	of      map[string]int
}

func newSigns(lists [signCount][]string) signList {
	l := signList{of: map[string]int{}}
	var all []string
	for sign, list := range lists {
		for _, p := range list {
			l.of[p] = sign
		}
		all = append(all, list...)
	}
	l.phrases = fold.NewPhrases(all...)
	return l
}

// maxNote is how much of a text is searched for signs, in bytes: automatic answers come to the point.
const maxNote = 1500

// Note says what kind of automatic answer a text is by its words.
type Note int

// The kinds, the surest last.
const (
	NoNote      Note = iota // a person may have written it
	AwayNote                // reads like one; a person may have written it
	PoliteNote              // so, and thanks for the mail as such notes do
	ProgramNote             // says that a program wrote it
)

// ReadNote judges newly written text that no header marks: who wrote is away, till when, whom to turn to; or a ticket
// system has the mail. It takes enough signs, and no question.
func ReadNote(text string) Note {
	if len(text) < 30 || len(text) > 4*maxNote || strings.IndexByte(text, '?') >= 0 {
		return NoNote
	}
	f := fold.Words(text[:min(len(text), maxNote)])
	var seen [signCount]bool
	for at := 0; at < len(f); {
		if p, _ := signs.phrases.Begin(f[at:min(len(f), at+80)]); p != "" {
			if sign := signs.of[p]; sign != signAway || speaksOfWriter(f[:at]) {
				seen[sign] = true
			}
		}
		n := strings.IndexByte(f[at:], ' ')
		if n < 0 {
			break
		}
		at += n + 1
	}
	sum := 0
	for sign, is := range seen {
		if is {
			sum += signWeights[sign]
		}
	}
	switch {
	case sum >= enoughSigns && (seen[signProgram] || seen[signHeld]):
		return ProgramNote
	case sum > enoughSigns && seen[signAway] && seen[signThanks]:
		return PoliteNote
	case sum >= enoughSigns && (seen[signAway] || seen[signSilence]):
		return AwayNote
	}
	return NoNote
}

// speaksOfWriter reports whether the words just before speak of the writer, or there are none.
func speaksOfWriter(before string) bool {
	return before == "" || fold.HasAny(" "+before[max(0, len(before)-40):],
		[]string{" saya ", " kami ", " maaf ", " i am ", " i m ", " i will ", " i ll ", " we are ", " our "})
}
