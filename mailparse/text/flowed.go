package text

import (
	"strings"

	"batan.go.id/layanan/mailparse/entity"
)

// maxFlowedLine bounds a paragraph that is joined from flowed lines.
const maxFlowedLine = 8 << 10

// Plain splits a plain text; format=flowed lines are joined again (RFC 3676), each with its quote marks.
func Plain(s string, params map[string]string) []Line {
	out := make([]Line, 0, strings.Count(s, "\n")+1)
	if !strings.EqualFold(params["format"], "flowed") {
		for l := range strings.SplitSeq(s, "\n") {
			l, turned := entity.DropTurns(l)
			out = append(out, Line{Text: TrimEnd(l), Turned: turned})
		}
		return out
	}
	delSp := strings.EqualFold(params["delsp"], "yes")
	flowing, lastDepth := false, 0
	for l := range strings.SplitSeq(s, "\n") {
		l, turned := entity.DropTurns(l)
		depth := 0
		for depth < len(l) && l[depth] == '>' {
			depth++
		}
		marks, body := l[:depth], l[depth:]
		body = strings.TrimPrefix(body, " ") // space-stuffing
		soft := strings.HasSuffix(body, " ") && body != "-- "
		if soft && delSp {
			body = body[:len(body)-1]
		}
		if flowing && depth == lastDepth && body != "-- " && len(out[len(out)-1].Text) < maxFlowedLine {
			out[len(out)-1].Text += body
		} else {
			if depth > 0 {
				marks += " "
			}
			out = append(out, Line{Text: marks + body})
		}
		if turned {
			out[len(out)-1].Turned = true
		}
		flowing, lastDepth = soft, depth
	}
	for i := range out {
		if t := TrimEnd(out[i].Text); t != "--" || out[i].Text == "--" {
			out[i].Text = t
		} else {
			out[i].Text = "--"
		}
	}
	return out
}

// TrimEnd takes the blanks off the end of a line.
func TrimEnd(s string) string {
	n := len(s)
	for n > 0 && (s[n-1] == ' ' || s[n-1] == '\t') {
		n--
	}
	return s[:n]
}

// TrimStart takes the blanks off the beginning of a line.
func TrimStart(s string) string {
	for s != "" && (s[0] == ' ' || s[0] == '\t') {
		s = s[1:]
	}
	return s
}

// Join is the text of lines, without empty ones around it.
func Join(lines []Line) string {
	n := 0
	for _, l := range lines {
		n += len(l.Text) + 1
	}
	var out strings.Builder
	out.Grow(n)
	for _, l := range lines {
		out.WriteString(l.Text)
		out.WriteByte('\n')
	}
	return strings.Trim(out.String(), "\n")
}
