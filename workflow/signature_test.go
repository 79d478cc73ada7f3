package workflow_test

import (
	"testing"

	"batan.go.id/layanan/workflow"
)

// signing is the office that takes only signed answers from its head.
func signing(t *testing.T) *scene {
	s := opening(t, monday)
	s.p.SOP.Step("persetujuan").Trust.Require = workflow.RequireSignature
	s.files(ani, fullForm())
	return s
}

func signed(ev *workflow.Event) {
	ev.Token, ev.Signature = workflow.LiveToken, "smime CN=Kepala serial=1"
}

// TestSignatureRequired: whatever an office decides at such a step needs it;
// no other proof is enough, and nobody is asked to confirm.
func TestSignatureRequired(t *testing.T) {
	t.Parallel()
	for _, text := range []string{"SETUJU", "TOLAK penuh", "TANYA berapa orang?", "DELEGASI orang"} {
		for name, with := range map[string]how{"token": token(workflow.LiveToken), "dmarc": dmarc, "nothing": unproven} {
			t.Run(text+" "+name, func(t *testing.T) {
				s := signing(t)
				s.says(kepala, text, with).refused(workflow.NeedsSignature, "unrecognised kepala")
				s.stands(workflow.Running, "persetujuan")
			})
		}
	}
	s := signing(t)
	s.says(kepala, "SETUJU", signed).stands(workflow.Running, "disposisi")
	if proof := s.d.Entries[0].Proof; proof != "token, smime CN=Kepala serial=1" {
		t.Errorf("the history says it was proven by %q", proof)
	}
	s.says(kabid, "DISPOSISI").stands(workflow.Running, "instruksi") // asks for none
}

// TestSignatureNotRequired: to ask, to take back and what others may say go on
// without; so does a stale or foreign answer to its own refusal.
func TestSignatureNotRequired(t *testing.T) {
	t.Parallel()
	s := signing(t)
	s.says(kepala, "STATUS").refused(workflow.Asked, "status kepala")
	s.says(kepala, "BANTUAN").refused(workflow.Asked, "help kepala")
	s.says(kepala, "SETUJU", token(workflow.PastToken)).refused(workflow.Stale, "status kepala")
	s.says(orang, "SETUJU").refused(workflow.NotEntitled, "not-authorised orang")
	s.says(kepala, "SETUJU", signed).says(kepala, "TARIK").stands(workflow.Running, "persetujuan")
	s.says(ani, "BATAL").stands(workflow.StateCancelled, "persetujuan")
}

// TestAddress: letters that fold into ASCII ones make another address.
func TestAddress(t *testing.T) {
	t.Parallel()
	for address, want := range map[string]bool{
		"KASUBBID@batan.go.id": true, "kasubbid@batan.go.id": true,
		"ka\u017fubbid@batan.go.id": false, "\u212Aasubbid@batan.go.id": false, "kasubbid@batan.go.id.": false, "": false,
	} {
		if kasubbid.Is(address) != want {
			t.Errorf("%q is kasubbid: %v", address, !want)
		}
	}
}
