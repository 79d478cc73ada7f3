package lexicon

import (
	"strings"

	"batan.go.id/layanan/mailparse/fold"
)

// An approval's sentence is a closed vocabulary: a list of the words that take a yes back would never be complete, so
// every word that is not here leaves a doubt.

// plainWords may stand in a note to an approval, as they are written here, or with -nya or -lah.
var plainWords = fold.List(`
	ya iya yah deh nih dong lah kok sih baik bagus oke ok okay mantap sip sangat sekali banget bgt amat penuh sepenuhnya resmi aman lancar rapi sukses semoga terimakasih
	nuwun suwun nuhun matur berlaku sebaik penting salam selamat hormat alhamdulillah bismillah monggo nggih sama perhatian kerjasama bantuan waktunya

	saya kami kita pak bu bapak ibu bpk bp mas mbak bang kak kakak sdr sdri saudara saudari rekan teman semua semuanya seluruh ybs terkait

	dan serta dengan dgn dg untuk utk di ke dari dr pada agar supaya yang yg ini itu tersebut tsb dimaksud para juga sesuai dalam secara sebagai sbg atas terhadap tentang
	mengenai kepada kpd bagi guna melalui selaku selanjutnya berikut bersama telah sudah langsung masing demikian dapat bisa boleh

	mohon tolong silakan silahkan harap segera lanjut mangga gas karena pakai gunakan pastikan dipastikan berfungsi stabil cadangan standby prioritaskan diprioritaskan didahulukan dahulukan diutamakan dipercepat percepat libatkan kelancaran kebersihan dokumentasikan utama
	bekerja bertugas diucapkan wr wb ttd tahap tahapan semangat utamakan suara kualitas tambahan tambahkan baru besar cukup hati perkembangan kabari logbook buku inventaris kunci meja kursi papan software aplikasi akun tautan link host undang
	notulen notula absensi konsumsi snack spanduk dekorasi parkir keamanan satpam piket lembur rekaman rekam foto dokumentasi tim rapikan rawat simpan jaringannya internetnya selesai selesaikan tuntas
	efektif efisien maksimal optimal profesional tertib khidmat meriah berjalan berkoordinasi bersiap hubungi menghubungi dilibatkan diikutsertakan didampingi diundang

	permohonan peminjaman pengajuan acara kegiatan rapat video konferensi vc vicon vidcon vcon teleconference telekonferensi videoconference conference zoom webex
	jadwal surat form formulir dokumen nota dinas tugas laporan hasilnya ruang ruangan lantai lt gedung gd kawasan kantor serpong bandung yogyakarta jogja yogya jakarta batan lokasi tempat
	alat peralatan perangkat kamera proyektor mikrofon mikropon mic mike pengeras suara gambar speaker laptop komputer kabel jaringan internet koneksi bandwidth listrik layar tv monitor
	teknis teknisi admin administrator operator petugas staf staff pegawai tim unit bidang bid subbidang subbid sub kasubbid kasubid kabid ka kepala pusat ppiksn pjkkd pj
	pengelola pengelolaan tata komputasi sop prosedur peserta narasumber undangan layanan pelaksanaan persiapan keperluan kebutuhan kepentingan nomor no negara lampiran terlampir daftar hadir

	please proceed thank you the request for is this to and go ahead forward forwarded it as requested with pleasure sir madam of your we i am are hereby application all
`)

// plainVerbs may stand there with the affixes of verbs: "ditindaklanjuti", "menyiapkan", "pelaksanaannya". Adjectives
// must not be among them: "diperbaiki" is not "baik", "disesuaikan" not "sesuai".
var plainVerbs = fold.List(`
	proses laksana tindaklanjut tindak lanjut terus koordinasi fasilitas fasilitasi siap pasang hubung sambung bantu dukung kerja jalan gelar bawa antar hadir damping pantau monitor monitoring
	arsip catat kabar informasi info kirim sampaikan kelola kawal tangan layan selenggara jaga uji ujicoba cek setting seting setel kontak lapor disposisi instruksi dampingi persiap
`)

// ReadyWords may stand beside them in a sentence that reports readiness, or takes over a report.
var ReadyWords = fold.List(`berhasil coba jelas normal nyala menyala aktif lengkap dites tes diujicobakan tersedia stabil bunyi terdengar terlihat online terkoneksi terpasang tersambung terhubung digunakan dipakai gunakan
	teruji tuntas beres oke operasional sudah telah memuaskan puas benar mulai jam pukul`)

// Leaders come before a name: "Pak Budi", "unit PSTNT", "kawasan Pasar Jumat".
var Leaders = fold.List(`pak bu bapak ibu bpk bp mas mbak bang kak sdr sdri saudara saudari unit bidang bid subbid
	subbidang kepala ka kabid kasubbid pusat kawasan gedung gd ruang ruangan r kantor balai biro bagian direktorat sekretariat laboratorium lab tim admin pasar dari`)

// NotNames are no names, however they are written.
var NotNames = fold.List(`senin selasa rabu kamis jumat sabtu minggu januari februari pebruari maret april mei juni juli agustus september oktober november nopember desember lain lainnya
	satu dua tiga empat lima enam tujuh delapan sembilan sepuluh pertama kedua ketiga jam hari tanggal tgl pagi siang sore malam`)

// Numbered come before a number: "ruang 71", "lantai 2".
var Numbered = fold.List(`ruang ruangan r lantai lt gedung gd kawasan kamar`)

// Counted are what a number may stand before: "siapkan 2 kamera".
var Counted = fold.List(`kamera mikrofon mikropon mic mike laptop komputer proyektor layar tv monitor speaker kabel
	kursi meja buah set orang peserta titik teknisi petugas operator admin`)

// Officials are who else may have done what a passive says was done: "disetujui Kabid".
var Officials = fold.List(`ka kabid kabag kapus kasubbid kasubid kepala pimpinan direktur deputi atasan admin
	administrator operator petugas staf tim bidang bid subbid unit pusat sdr beliau rekan kantor ppiksn pjkkd rapat`)

// Titles address a person.
var Titles = fold.List(`pak bu bapak ibu bpk bp mas mbak bang kak kakak`)

// Higher are those to whom an approval is passed on, instead of given; so is a meeting.
var Higher = fold.List(`pimpinan direktur deputi atasan sestama`)

// IsPlain reports whether a word is in the vocabulary.
func IsPlain(w string) bool {
	return plainWords[w] || plainWords[CutParticle(w)] || IsVerb(CutParticle(w))
}

// CutParticle takes -nya and -lah off.
func CutParticle(w string) string {
	for _, s := range []string{"nya", "lah"} {
		if c, ok := strings.CutSuffix(w, s); ok && len(c) >= 3 {
			return c
		}
	}
	return w
}

// IsVerb reports whether a word's root is one of the plain verbs.
func IsVerb(w string) bool {
	for _, stem := range []string{w, strings.TrimSuffix(w, "kan"), strings.TrimSuffix(w, "an"),
		strings.TrimSuffix(w, "i")} {
		if plainVerbs[stem] {
			return true
		}
		for _, p := range verbPrefixes {
			if r, ok := strings.CutPrefix(stem, p.prefix); ok && plainVerbs[p.melted+r] {
				return true
			}
		}
	}
	return false
}

// verbPrefixes are those of Indonesian verbs and the nouns made of them, and what the root's first letter may have
// been before it melted into them.
var verbPrefixes = []struct{ prefix, melted string }{
	{"di", ""}, {"ber", ""}, {"per", ""}, {"meny", "s"}, {"peny", "s"}, {"meng", "k"}, {"meng", ""}, {"peng", "k"},
	{"peng", ""}, {"mem", "p"}, {"mem", ""}, {"pem", "p"}, {"pem", ""},
	{"men", "t"}, {"men", ""}, {"pen", "t"}, {"pen", ""}, {"me", ""}, {"pe", ""},
}
