package notify_test

import "batan.go.id/layanan/workflow"

// readCases are the notices that say how an answer was read, and what became of one that waited.
var readCases = []noticeCase{
	{"receipt-held", workflow.NoticeReceipt, kepala,
		func(s *story) { s.upTo("persetujuan").unclear(kepala, "SETUJU", "pakai zblorg ya") }},
	{"receipt-held-cancel", workflow.NoticeReceipt, ani,
		func(s *story) { s.upTo("persetujuan").unclear(ani, "BATAL", "karena zblorg") }},
	{"receipt-held-cancel-withdrawn", workflow.NoticeReceipt, ani,
		func(s *story) { s.upTo("persetujuan").unclear(ani, "BATAL", "karena zblorg").say(ani, "TARIK", "") }},
	{"receipt-held-replaced", workflow.NoticeReceipt, kepala, func(s *story) {
		s.upTo("persetujuan").unclear(kepala, "SETUJU", "pakai zblorg ya").say(kepala, "TOLAK", "karena ruangan dipakai")
	}},
	{"task-void", workflow.NoticeTask, kepala,
		func(s *story) { s.upTo("persetujuan").unclear(kepala, "SETUJU", "pakai zblorg ya").changes() }},
	{"status-void", workflow.NoticeStatus, kepala, func(s *story) {
		s.upTo("persetujuan").unclear(kepala, "SETUJU", "pakai zblorg ya")
		s.p.People["ka_ppiksn"] = []workflow.Person{wakil}
		s.changes()
	}},
	{"unrecognised-void", workflow.NoticeUnrecognised, kepala, func(s *story) {
		s.upTo("persetujuan").unclear(kepala, "SETUJU", "pakai zblorg ya").say(kepala, "TOLAK", "")
	}},
	{"unrecognised-asked-back", workflow.NoticeUnrecognised, kepala, func(s *story) {
		s.upTo("persetujuan").step(workflow.Event{Kind: workflow.Mailed, By: kepala, Read: "SETUJU",
			Note: "asal ruangan kosong", Doubt: workflow.Doubt{Code: "condition", Text: "asal"}, Token: workflow.LiveToken,
			Because: []workflow.Because{{Text: "asal", Class: "condition"}, {Text: "kosong", Class: "alter"}}})
	}},
}
