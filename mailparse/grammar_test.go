package mailparse_test

import (
	"time"

	"batan.go.id/layanan/mailparse"
	"batan.go.id/layanan/mailparse/command"
	"batan.go.id/layanan/mailparse/form"
)

// testGrammar is what the built-in SOP and a usual configuration make.
func testGrammar() *mailparse.Grammar {
	return mailparse.NewGrammar(mailparse.Grammar{
		Prefixes: []string{"VC"},
		Fields: []form.Field{
			{ID: "nama", Label: "Nama", Type: "text", Means: form.MeansName, Required: true},
			{ID: "email", Label: "Email", Type: "email", Means: form.MeansEmail},
			{ID: "nip", Label: "NIP", Type: "nip", Required: true},
			{ID: "unit_kerja", Label: "Unit Kerja", Aliases: []string{"Unit", "Satuan Kerja", "Unit/Satuan Kerja", "Satker",
				"Unker", "Unit Kerja Pemohon"}, Type: "text", Required: true},
			{ID: "kegiatan", Label: "Kegiatan", Type: "text", Means: form.MeansEvent, Required: true, Decides: true},
			{ID: "tanggal", Label: "Tanggal", Type: "date", Means: form.MeansDate, Required: true, Decides: true},
			{ID: "pelaksanaan", Label: "Pelaksanaan Video Konferensi",
				Aliases: []string{"Pelaksanaan Vidcon", "Pelaksanaan VC", "Pelaksanaan Vicon", "Pelaksanaan Video Conference",
					"Pelaksanaan Video Konference"}, Type: "text", Means: form.MeansPlace, Decides: true},
			{ID: "media", Label: "Media", Type: "choice", Means: form.MeansMedia,
				Choices: []string{"Email", "SMS", "Telp", "Datang langsung"}},
			{ID: "petugas", Label: "Petugas", Type: "text", Means: form.MeansName, Report: true},
			{ID: "laporan", Label: "Laporan Pelaksanaan Video Konferensi", Aliases: []string{"Laporan Pelaksanaan"},
				Type: "text", Report: true},
			{ID: "hasil", Label: "Hasil", Type: "text", Report: true},
		},
		Words:      testWords,
		Service:    "layanan_batannet@batan.go.id",
		AuthservID: "mx.batan.go.id",
		Location:   time.FixedZone("WIB", 7*3600),
		Own: []string{
			"Balas surat ini dengan salah satu kata berikut pada baris pertama.",
			"Setuju berarti permohonan diteruskan ke Kepala Bidang PJKKD.",
		},
	})
}

var testWords = []command.Word{
	{ID: "SETUJU", Kind: command.Approve, Forms: []string{"setuju", "setujui", "disetujui", "menyetujui", "acc",
		"approved", "approve"}},
	{ID: "TOLAK", Forms: []string{"tolak", "ditolak", "menolak", "rejected", "reject", "tidak setuju", "tidak disetujui",
		"tidak menyetujui", "tidak dapat disetujui", "tidak kami setujui"}},
	{ID: "DISPOSISI", Kind: command.Approve, Forms: []string{"disposisi", "disposisikan", "didisposisikan",
		"mendisposisikan", "teruskan", "diteruskan"}},
	{ID: "INSTRUKSI", Kind: command.Approve, Forms: []string{"instruksi", "instruksikan", "diinstruksikan",
		"menginstruksikan"}},
	{ID: "SIAP", Kind: command.Approve, Forms: []string{"siap", "sudah siap", "telah siap", "siap digunakan"}},
	{ID: "LAPORAN", Kind: command.Form, Forms: []string{"laporan", "lapor", "melaporkan", "dilaporkan", "laporkan"}},
	{ID: "KENDALA", Kind: command.Free, Forms: []string{"kendala", "terkendala", "ada kendala", "masih ada kendala"}},
	{ID: "KEMBALIKAN", Forms: []string{"kembalikan", "dikembalikan"}},
	{ID: "TANYA", Kind: command.Free, Forms: []string{"tanya", "pertanyaan", "bertanya"}},
	{ID: "DELEGASI", Kind: command.Free, Forms: []string{"delegasi", "delegasikan"}},
	{ID: "STATUS", Kind: command.Free},
	{ID: "BANTUAN", Kind: command.Free, Forms: []string{"bantuan", "help"}},
	{ID: "BATAL", Forms: []string{"batal", "batalkan", "dibatalkan"}},
	{ID: "UBAH", Kind: command.Form, Forms: []string{"ubah", "diubah"}},
	{ID: "TERIMA", Kind: command.Approve, Forms: []string{"terima", "diterima"}},
	{ID: "TARIK", Forms: []string{"tarik", "tarik kembali"}},
}
