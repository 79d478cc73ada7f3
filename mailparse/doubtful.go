package mailparse

import "batan.go.id/layanan/mailparse/fold"

// Words that leave a doubt.
var (
	negations  = fold.Set("tidak", "belum", "jangan", "bukan", "kurang", "batal", "urung", "tidaknya", "never")
	conditions = fold.Set("jika", "asal", "asalkan", "apabila", "kalau", "bila", "bilamana", "selama", "sepanjang", "syarat", "bersyarat", "kecuali", "terkecuali", "seandainya", "andai", "andaikan", "jikalau", "manakala", "sekiranya", "tergantung", "asumsi", "tapi", "tetapi", "namun", "hanya", "cuma", "catatan", "ketentuan", "setelah", "sesudah", "sampai", "menunggu", "tunggu", "sebelum",
		"if", "unless", "provided", "subject", "but", "when", "once", "until", "after")
	questions  = fold.Set("apa", "apakah", "kenapa", "mengapa", "bagaimana", "kapan", "siapa", "berapa", "kok", "dimana", "kah", "ataukah", "atau", "mana", "apanya")
	futures    = fold.Set("akan", "nanti", "besok", "lusa", "will", "rencana", "rencananya", "depan", "menyusul")
	hedges     = fold.Set("mungkin", "sepertinya", "kayaknya", "kelihatannya", "rasanya", "prinsipnya", "prinsip", "pertimbangkan", "dipertimbangkan", "ragu", "seharusnya", "harusnya", "sementara", "hampir", "agak", "maybe", "sebagian", "separuh", "setengah", "setengahnya", "selain", "tanpa", "luar", "tes", "test", "testing", "draf", "draft", "kemarin", "oleh", "by", "bank", "rekening", "kan", "x", "y")
	requests   = fold.Set("mohon", "tolong", "minta", "coba", "perlu", "pikir", "harap") // before the word: somebody else is to say it
	contraries = fold.Set("tolak", "ditolak", "menolak", "tunda", "ditunda", "menunda", "pending", "batalkan", "dibatalkan", "cancel", "reject", "rejected", "hold", "kembalikan", "dikembalikan", "ralat", "keberatan", "tahan", "ditahan", "dipending", "ditangguhkan", "tangguhkan", "dihentikan", "hentikan", "stop", "distop", "dicoret", "coret", "dihapus", "hapus", "drop", "didrop", "mundur", "diundur", "diundurkan", "undur", "dijadwal", "dijadwalkan", "jadwalkan", "reschedule", "rescheduled", "dikaji", "ditinjau", "dibahas", "didiskusikan", "dirapatkan", "diganti", "ganti", "diubah", "dipindah", "dipindahkan", "gajadi", "penolakan", "cabut", "dicabut", "abaikan", "diabaikan", "salah", "keliru")
)

// telling are the words of all those lists; most words of a mail are in none of them.
var telling = fold.Union(negations, conditions, questions, futures, hedges, requests, contraries, undoing, taking, wavering, fold.Set("segera"))

// wordClass is what a word may do to an order that it stands near.
type wordClass string

// The classes.
const (
	classNone      wordClass = ""
	classNegation  wordClass = "negation"
	classCondition wordClass = "condition"
	classFuture    wordClass = "future"
	classQuestion  wordClass = "question"
	classHedge     wordClass = "hedge"
)

// hesitation is the class of a word that makes an order near it doubtful. after is for words behind it.
func hesitation(w string, after bool) wordClass {
	switch {
	case !telling[w]:
		return classNone
	case negations[w]:
		return classNegation
	case conditions[w]:
		return classCondition
	case futures[w], !after && w == "segera":
		return classFuture
	case questions[w]:
		return classQuestion
	case hedges[w], !after && requests[w]:
		return classHedge
	}
	return classNone
}

// undoing are words that may take an approval back, or put it off, wherever they stand in what follows it.
var undoing = fold.Set("ralat", "eh", "koreksi", "revisi", "perbaiki", "diperbaiki", "lengkapi", "dilengkapi", "diisi", "kosong", "ajukan", "diajukan", "usulkan", "diusulkan", "disesuaikan", "sesuaikan", "digeser", "geser", "pindah", "maaf", "diganti", "salah", "keliru", "abaikan", "diabaikan", "tahan", "ditahan", "cabut", "dicabut", "tunggu", "menunggu", "nunggu", "jangan", "dulu", "dahulu", "setelah",
	"belum", "tes", "test", "testing", "berubah", "pikiran", "batal", "batalkan", "dibatalkan", "tunda", "ditunda", "dipending", "kecuali", "asal", "asalkan", "pastikan", "stop", "diundur", "rekening", "maksud", "bercanda", "denied", "instead", "sebelah", "lupakan", "wait")

// wavering may bind what was said, too, on a line that looks like part of a signature.
var wavering = fold.Set("gugur", "nol", "tiada", "minus", "maksimal", "maksimum", "dibatasi", "pabila", "misal", "misalnya", "semisal", "andaikata", "umpama", "umpamanya", "begitu", "ketika", "saat", "waktu", "hal", "hingga", "nunggu", "abis",
	"habis", "seizin", "seijin", "pastikan", "lengkapi", "dulu", "dahulu", "conditionally", "conditions", "however", "only", "principle", "except", "without", "ps", "nb")

// taking begin a sentence that takes back the one before it.
var taking = fold.Set("ralat", "eh", "bukan", "batal", "tunggu", "tunda", "ditunda", "tolak", "ditolak", "koreksi")
