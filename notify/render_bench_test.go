package notify_test

import (
	"testing"

	"batan.go.id/layanan/workflow"
)

func BenchmarkRender(b *testing.B) {
	s := newStory(b).file(filled(nil))
	r := renderer(b, identity, s.p)
	for _, c := range []struct {
		kind workflow.NoticeKind
		to   workflow.Person
	}{{workflow.NoticeTask, kepala}, {workflow.NoticeRegistered, ani}} {
		n := s.notice(b, c.kind, c.to)
		ctx := s.context(n)
		b.Run(string(c.kind), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := r.Render(s.last.Request, n, ctx); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
