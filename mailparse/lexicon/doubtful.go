package lexicon

import "batan.go.id/layanan/mailparse/fold"

// Words that leave a doubt.
var (
	Negations  = fold.Set("tidak", "belum", "jangan", "bukan", "kurang", "batal", "urung", "tidaknya", "never")
	Conditions = fold.Set("jika", "asal", "asalkan", "apabila", "kalau", "bila", "bilamana", "selama", "sepanjang",
		"syarat", "bersyarat", "kecuali", "terkecuali", "seandainya", "andai", "andaikan", "jikalau", "manakala",
		"sekiranya", "tergantung", "asumsi", "tapi", "tetapi", "namun", "hanya", "cuma", "catatan", "ketentuan", "setelah",
		"sesudah", "sampai", "menunggu", "tunggu", "sebelum",
		"if", "unless", "provided", "subject", "but", "when", "once", "until", "after")
	questions = fold.Set("apa", "apakah", "kenapa", "mengapa", "bagaimana", "kapan", "siapa", "berapa", "kok", "dimana",
		"kah", "ataukah", "atau", "mana", "apanya")
	futures = fold.Set("akan", "nanti", "besok", "lusa", "will", "rencana", "rencananya", "depan", "menyusul")
	hedges  = fold.Set("mungkin", "sepertinya", "kayaknya", "kelihatannya", "rasanya", "prinsipnya", "prinsip",
		"pertimbangkan", "dipertimbangkan", "ragu", "seharusnya", "harusnya", "sementara", "hampir", "agak", "maybe",
		"sebagian", "separuh", "setengah", "setengahnya", "selain", "tanpa", "luar", "tes", "test", "testing", "draf",
		"draft", "kemarin", "oleh", "by", "bank", "rekening", "kan", "x", "y")
	// before the word: somebody else is to say it
	requests   = fold.Set("mohon", "tolong", "minta", "coba", "perlu", "pikir", "harap")
	Contraries = fold.Set("tolak", "ditolak", "menolak", "tunda", "ditunda", "menunda", "pending", "batalkan",
		"dibatalkan", "cancel", "reject", "rejected", "hold", "kembalikan", "dikembalikan", "ralat", "keberatan", "tahan",
		"ditahan", "dipending", "ditangguhkan", "tangguhkan", "dihentikan", "hentikan", "stop", "distop", "dicoret", "coret",
		"dihapus", "hapus", "drop", "didrop", "mundur", "diundur", "diundurkan", "undur", "dijadwal", "dijadwalkan",
		"jadwalkan", "reschedule", "rescheduled", "dikaji", "ditinjau", "dibahas", "didiskusikan", "dirapatkan", "diganti",
		"ganti", "diubah", "dipindah", "dipindahkan", "gajadi", "penolakan", "cabut", "dicabut", "abaikan", "diabaikan",
		"salah", "keliru")
)

// Telling are the words of all those lists; most words of a mail are in none of them.
var Telling = fold.Union(Negations, Conditions, questions, futures, hedges, requests, Contraries, Undoing, Taking,
	Wavering, fold.Set("segera"))

// wordClass is what a word may do to an order that it stands near.
type Class string

// The classes.
const (
	None      Class = ""
	Negation  Class = "negation"
	Condition Class = "condition"
	Future    Class = "future"
	Question  Class = "question"
	Hedge     Class = "hedge"
)

// Hesitation is the class of a word that makes an order near it doubtful. after is for words behind it.
func Hesitation(w string, after bool) Class {
	switch {
	case !Telling[w]:
		return None
	case Negations[w]:
		return Negation
	case Conditions[w]:
		return Condition
	case futures[w], !after && w == "segera":
		return Future
	case questions[w]:
		return Question
	case hedges[w], !after && requests[w]:
		return Hedge
	}
	return None
}

// Undoing are words that may take an approval back, or put it off, wherever they stand in what follows it.
var Undoing = fold.Set("ralat", "eh", "koreksi", "revisi", "perbaiki", "diperbaiki", "lengkapi", "dilengkapi", "diisi",
	"kosong", "ajukan", "diajukan", "usulkan", "diusulkan", "disesuaikan", "sesuaikan", "digeser", "geser", "pindah",
	"maaf", "diganti", "salah", "keliru", "abaikan", "diabaikan", "tahan", "ditahan", "cabut", "dicabut", "tunggu",
	"menunggu", "nunggu", "jangan", "dulu", "dahulu", "setelah",
	"belum", "tes", "test", "testing", "berubah", "pikiran", "batal", "batalkan", "dibatalkan", "tunda", "ditunda",
	"dipending", "kecuali", "asal", "asalkan", "pastikan", "stop", "diundur", "rekening", "maksud", "bercanda", "denied",
	"instead", "sebelah", "lupakan", "wait")

// Wavering may bind what was said, too, on a line that looks like part of a signature.
var Wavering = fold.Set("gugur", "nol", "tiada", "minus", "maksimal", "maksimum", "dibatasi", "pabila", "misal",
	"misalnya", "semisal", "andaikata", "umpama", "umpamanya", "begitu", "ketika", "saat", "waktu", "hal", "hingga",
	"nunggu", "abis",
	"habis", "seizin", "seijin", "pastikan", "lengkapi", "dulu", "dahulu", "conditionally", "conditions", "however",
	"only", "principle", "except", "without", "ps", "nb")

// Taking begin a sentence that takes back the one before it.
var Taking = fold.Set("ralat", "eh", "bukan", "batal", "tunggu", "tunda", "ditunda", "tolak", "ditolak", "koreksi")
