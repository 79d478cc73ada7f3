package mailparse

import "strings"

// plainWords are the words that may stand in the sentence of an approval and leave it one. An approval's sentence is a
// closed vocabulary: a list of the words that take a yes back would never be complete, so every word that is not here
// leaves a doubt. A word is listed by its root; prefixes and suffixes are taken off by [isPlain].
var plainWords = vocabulary(`
	ya iya yah deh nih dong lah baik bagus oke ok okay mantap sip siip siap sangat sekali banget bgt amat penuh sepenuhnya resmi aman lancar rapi sukses semoga terimakasih nuwun berlaku sebaik
	salam selamat hormat alhamdulillah bismillah monggo nggih

	saya kami kita aku pak bu bapak ibu bpk bp mas mbak bang kak kakak sdr sdri saudara saudari rekan teman semua semuanya seluruh beliau

	dan serta dengan dgn dg untuk utk di ke dari dr pada agar supaya yang yg ini itu tersebut tsb dimaksud para juga sesuai dalam secara sebagai sbg atas terhadap tentang
	mengenai kepada kpd bagi guna melalui selaku selanjutnya berikut bersama telah tetap sudah langsung masing demikian

	mohon tolong silakan silahkan harap segera lanjut lanjutan terus proses laksana tindaklanjut tindak koordinasi fasilitas pasang hubung sambung bantu dukung kerja jalan gelar adakan diadakan
	guna pakai pinjam bawa antar hadir damping pantau monitor monitoring arsip catat kabar informasi info kirim sampaikan disampaikan menyampaikan atur kelola kawal
	tangan tangani layan selenggara jaga uji diuji menguji ujicoba cek setting seting setel kontak telepon beri jadi ajukan diajukan

	permohonan peminjaman pengajuan usul acara kegiatan rapat sidang seminar bimtek workshop pelatihan sosialisasi video konferensi vc vicon vidcon vcon
	teleconference telekonferensi videoconference conference zoom webex jadwal surat form formulir berkas dokumen nota dinas tugas laporan persetujuan disposisi instruksi arahan
	ruang lantai lt gedung gd kawasan kantor serpong bandung yogyakarta jogja yogya jakarta batan lokasi tempat
	alat perangkat kamera proyektor mikrofon mikropon mic mike pengeras suara gambar speaker laptop komputer kabel jaringan internet koneksi bandwidth listrik layar tv monitor
	teknis teknisi admin administrator operator petugas staf staff pegawai tim unit bidang bid subbidang subbid sub kasubbid kasubid kabid ka kepala pusat ppiksn pjkkd pj
	pengelola pengelolaan tata komputasi sop prosedur peserta narasumber undangan pimpinan direktur layanan pelaksanaan persiapan keperluan kebutuhan kepentingan nomor no negara
	lampiran terlampir dikoordinir

	please proceed thank you the request for is this to and go ahead forward forwarded it as requested with pleasure sir madam of your we i am are hereby application all
`)

// readyWords may stand beside them in a sentence that reports readiness, or takes over a report.
var readyWords = vocabulary(`berhasil coba jelas normal nyala menyala aktif lengkap dites tes ujicobakan diujicobakan sedia tersedia stabil bunyi terdengar dengar lihat terlihat online terkoneksi terpasang memuaskan puas jelas benar sesuai`)

// leaders come before a name: "Pak Budi", "unit PSTNT", "kawasan Pasar Jumat".
var leaders = vocabulary(`pak bu bapak ibu bpk bp mas mbak bang kak sdr sdri saudara saudari unit bidang bid subbid subbidang kepala ka kabid kasubbid pusat kawasan gedung gd ruang ruangan r kantor balai laboratorium lab tim admin pasar dari`)

// numbered come before a number: "ruang 71", "lantai 2".
var numbered = vocabulary(`ruang ruangan r lantai lt gedung gd kawasan nomor kamar`)

// officials are who else may have done what a passive says was done: "disetujui Kabid".
var officials = vocabulary(`ka kabid kasubbid kasubid kepala pimpinan direktur atasan admin administrator operator petugas staf tim bidang bid subbid unit pusat pak bu bapak ibu bpk sdr mas mbak beliau rekan kantor ppiksn pjkkd`)

func vocabulary(s string) map[string]bool { return set(strings.Fields(s)...) }

// isPlain reports whether a word, or its root, is in the vocabulary: "ditindaklanjuti", "pelaksanaannya", "menyiapkan".
func isPlain(w string) bool {
	if plainWords[w] {
		return true
	}
	for range 3 { // -kan, -i, -nya, -lah may stand together
		for _, root := range roots(w) {
			if plainWords[root] {
				return true
			}
		}
		cut := w
		for _, s := range []string{"nya", "lah", "kan", "an", "i"} {
			if c, ok := strings.CutSuffix(w, s); ok && len(c) >= 4 {
				cut = c
				break
			}
		}
		if cut == w {
			return false
		}
		if w = cut; plainWords[w] {
			return true
		}
	}
	return false
}

// prefixes of Indonesian verbs and nouns, and what the root's first letter may have been before it melted into them.
var prefixes = []struct{ prefix, melted string }{
	{"di", ""}, {"ber", ""}, {"ter", ""}, {"per", ""}, {"diper", ""}, {"memper", ""}, {"meny", "s"}, {"peny", "s"}, {"meng", "k"}, {"meng", ""}, {"peng", "k"}, {"peng", ""},
	{"mem", "p"}, {"mem", ""}, {"pem", "p"}, {"pem", ""}, {"men", "t"}, {"men", ""}, {"pen", "t"}, {"pen", ""}, {"me", ""}, {"pe", ""}, {"ke", ""},
}

// roots are what a word may be without its prefix.
func roots(w string) (out []string) {
	for _, p := range prefixes {
		if r, ok := strings.CutPrefix(w, p.prefix); ok && len(p.melted)+len(r) >= 4 {
			out = append(out, p.melted+r)
		}
	}
	return out
}
