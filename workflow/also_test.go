package workflow_test

import (
	"testing"
	"time"

	"batan.go.id/layanan/workflow"
)

// further gives a person by a further address.
func further(q workflow.Person) workflow.Person {
	return workflow.Person{Email: name(q) + "@gmail.example"}
}

// addressed is the office in which everybody has a further address.
func addressed(t *testing.T) *scene {
	s := opening(t, monday)
	s.p.Also = map[string]string{}
	for _, people := range s.p.People {
		for _, q := range people {
			s.p.Also[further(q).Email] = q.Email
		}
	}
	return s
}

// approved is a request of ani's there, at the kabid's office.
func approved(t *testing.T) *scene {
	return addressed(t).files(ani, fullForm()).says(kepala, "SETUJU").stands(workflow.Running, "disposisi")
}

func forWhom(email string) workflow.Form {
	f := fullForm()
	f["email"] = workflow.Value{Text: email}
	return f
}

// Whichever of the two addresses somebody uses, he is the same person: what he
// may is the same, what he may not, too, and mails go to the main one.
func TestFurtherAddresses(t *testing.T) {
	t.Parallel()
	kabid2, shouted := further(kabid), workflow.Person{Email: "KABID@Gmail.Example"}
	for _, from := range []workflow.Person{kabid2, shouted} {
		for what, test := range map[string]func(*scene){
			"decides": func(s *scene) {
				s.says(from, "DISPOSISI").stands(workflow.Running, "instruksi").sent("task kasubbid", "receipt kabid",
					"progress ani")
				if e := s.d.Entries[0]; e.By != kabid.Email || e.Rule != "holder kabid_pjkkd" {
					t.Errorf("the entry is %+v", e)
				}
			},
			"rejects": func(s *scene) { s.says(from, "TOLAK karena penuh").stands(workflow.StateRejected, "disposisi") },
			"takes back what he said from the other": func(s *scene) {
				s.says(kabid, "DISPOSISI").says(from, "TARIK").stands(workflow.Running, "disposisi")
				s.says(from, "DISPOSISI").says(kabid, "TARIK").stands(workflow.Running, "disposisi")
			},
			"asks, and is told": func(s *scene) {
				s.says(from, "TANYA berapa?").writes(ani, "Dua").sent("answer kabid", "receipt ani")
			},
			"is away": func(s *scene) {
				s.happens(workflow.Event{Kind: workflow.Absent, By: from, Token: workflow.LiveToken}).wrote("absent",
					"escalation").sent("escalation wakabid")
				s.happens(workflow.Event{Kind: workflow.Absent, By: kabid, Token: workflow.LiveToken}).wrote()
			},
			"is late": func(s *scene) {
				s.says(kabid, "DISPOSISI").says(from, "DISPOSISI").refused(workflow.Done, "status kabid")
			},
			"hands over": func(s *scene) {
				s.says(from, "DELEGASI", to(plh, time.Time{}, time.Time{})).sent("receipt kabid", "task plh")
			},
			"not to himself": func(s *scene) {
				s.says(from, "DELEGASI", to(kabid, time.Time{}, time.Time{})).refused(workflow.NeedsPerson, "unrecognised kabid")
			},
			"nor to his other self": func(s *scene) {
				s.says(kabid, "DELEGASI", to(from, time.Time{}, time.Time{})).refused(workflow.NeedsPerson, "unrecognised kabid")
			},
			"is handed to": func(s *scene) {
				s.says(kabid, "DELEGASI", to(further(wakabid), time.Time{}, time.Time{})).sent("receipt kabid",
					"task wakabid").says(wakabid, "DISPOSISI").stands(workflow.Running, "instruksi")
			},
			"is refused once, whichever he uses": func(s *scene) {
				s.says(further(kasubbid), "DISPOSISI").refused(workflow.NotEntitled, "not-authorised kasubbid").says(kasubbid,
					"DISPOSISI").refused(workflow.NotEntitled)
			},
		} {
			t.Run(what, func(t *testing.T) {
				s := approved(t)
				s.t = t
				test(s)
			})
		}
	}
}

// Nobody decides on his own request, or on one that he filed, by using two addresses.
func TestFurtherAddressesOfWhoAsks(t *testing.T) {
	t.Parallel()
	for what, files := range map[string]func(*scene) *scene{
		"asks from the other": func(s *scene) *scene {
			return s.files(further(kabid),
				forWhom(further(kabid).Email))
		},
		"asks from it for the main one":     func(s *scene) *scene { return s.files(further(kabid), forWhom(kabid.Email)) },
		"asks from the main one for it":     func(s *scene) *scene { return s.files(kabid, forWhom(further(kabid).Email)) },
		"asks from the other, no address":   func(s *scene) *scene { return s.files(further(kabid), fullForm()) },
		"files from the other for somebody": func(s *scene) *scene { return s.files(further(kabid), forWhom(ani.Email)) },
		"has it filed for the other":        func(s *scene) *scene { return s.files(admin1, forWhom(further(kabid).Email)) },
		"asked when nobody knew": func(s *scene) *scene {
			also := s.p.Also
			s.p.Also = nil
			s.files(further(kabid), fullForm())
			s.p.Also = also
			return s
		},
		"filed when nobody knew": func(s *scene) *scene {
			also := s.p.Also
			s.p.Also = nil
			s.files(admin1, forWhom(further(kabid).Email))
			s.p.Also = also
			return s
		},
	} {
		t.Run(what, func(t *testing.T) {
			s := addressed(t)
			s.t = t
			files(s).says(kepala, "SETUJU").stands(workflow.Running, "disposisi")
			for _, q := range []workflow.Person{kabid, further(kabid)} {
				if s.says(q, "DISPOSISI").stands(workflow.Running, "disposisi"); s.d.Reason == "" {
					t.Errorf("%s moved it", q.Email)
				}
			}
			s.says(further(wakabid), "DISPOSISI").stands(workflow.Running, "instruksi")
		})
	}
}

// A requester is one, too: he changes, cancels and signs off from either.
func TestFurtherAddressesOfTheRequester(t *testing.T) {
	t.Parallel()
	s := addressed(t).files(kasubbid, forWhom(further(kasubbid).Email))
	if s.r.Requester.Email != kasubbid.Email || s.r.FiledBy.Email != "" || s.r.Requester.Name != "Ani Lestari" {
		t.Errorf("the request is of %+v, filed by %+v", s.r.Requester, s.r.FiledBy)
	}
	s.says(further(kasubbid), "UBAH", form(workflow.Form{"unit_kerja": {Text: "PPIKSN"}})).sent("task kepala",
		"receipt kasubbid")
	s.says(kepala, "TANYA berapa?").sent("receipt kepala", "question kasubbid").writes(further(kasubbid),
		"Dua").sent("answer kepala", "receipt kasubbid")
	s.says(further(kasubbid), "BATAL").stands(workflow.StateCancelled, "persetujuan")
}

// A delegation made to an address before it was known whose it is.
func TestFurtherAddressesOfDelegates(t *testing.T) {
	t.Parallel()
	s := addressed(t)
	d := workflow.Delegation{ID: "1", Role: "kabid_pjkkd", By: kabid, To: further(kasubbid), From: time.Unix(0, 0)}
	s.p.Delegations = []workflow.Delegation{d}
	s.files(kasubbid, fullForm()).says(kepala, "SETUJU").sent("task kabid", "receipt kepala", "progress kasubbid")
	s.says(further(kasubbid), "DISPOSISI").refused(workflow.NotEntitled, "not-authorised kasubbid")

	s = approved(t)
	s.p.Delegations = []workflow.Delegation{d}
	s.happens(workflow.Event{Kind: workflow.Handed, Delegate: &d}).sent("task kasubbid")
	s.says(kasubbid, "DISPOSISI").stands(workflow.Running, "instruksi")
	if e := s.d.Entries[0]; e.Note != "a.n. kabid@batan.go.id" {
		t.Errorf("the entry is %+v", e)
	}
}

// An address that merely looks like one is a stranger's.
func TestCanonical(t *testing.T) {
	t.Parallel()
	p := addressed(t).p
	for email, want := range map[string]string{
		"kabid@gmail.example":      kabid.Email,
		"Kabid@GMAIL.example":      kabid.Email,
		"\u212aabid@gmail.example": "\u212aabid@gmail.example", // the sign for Kelvin
		"kabid+x@gmail.example":    "kabid+x@gmail.example",
		"kabid@gmail.example.co":   "kabid@gmail.example.co",
		"kabid@batan.go.id":        kabid.Email,
		"ani@gmail.example":        "ani@gmail.example",
		"":                         "",
	} {
		if got := p.Canonical(email); got != want {
			t.Errorf("%q is %q, want %q", email, got, want)
		}
		if q, _, staff := p.Staff(email); staff != (want == kabid.Email) || staff && q != kabid {
			t.Errorf("%q: %v, staff %t", email, q, staff)
		}
	}
}

// Somebody's main address changes, and the old one stays a further one: what is
// under way goes on, and he is who he was.
func TestAnAddressThatChanges(t *testing.T) {
	t.Parallel()
	renamed := workflow.Person{Name: "Kabid", Email: "kabid@brin.example"}
	moves := func(s *scene) *scene {
		s.p.People["kabid_pjkkd"] = []workflow.Person{renamed, wakabid}
		s.p.Also = map[string]string{kabid.Email: renamed.Email}
		return s.happens(workflow.Event{Kind: workflow.Refreshed}).sent()
	}
	for _, from := range []workflow.Person{kabid, renamed} {
		moves(reached(t, "disposisi", monday)).says(from, "DISPOSISI").stands(workflow.Running,
			"instruksi").sent("task kasubbid", "receipt kabid", "progress ani")
		moves(reached(t, "disposisi", monday).says(kabid, "DISPOSISI")).says(from, "TARIK").stands(workflow.Running,
			"disposisi")
		moves(reached(t, "disposisi", monday).says(kabid, "DISPOSISI")).says(from, "DISPOSISI").refused(workflow.Done,
			"status kabid")
		moves(filed(t).says(kabid, "SETUJU").sent("not-authorised kabid")).says(from, "SETUJU").refused(workflow.NotEntitled)
		s := moves(reached(t, "disposisi", monday).says(kabid, "TANYA berapa?")).writes(ani, "Dua").sent("answer kabid",
			"receipt ani")
		if n := s.notice(workflow.NoticeAnswer, renamed); n.To.Email != renamed.Email {
			t.Errorf("the answer goes to %+v", n.To)
		}
		s = moves(reached(t, "disposisi", monday).away(kabid)).happens(workflow.Event{Kind: workflow.Absent, By: from,
			Token: workflow.LiveToken}).wrote()
		if s.r.Question != nil || len(s.r.Away) != 1 {
			t.Errorf("away are %v", s.r.Away)
		}
	}
}
