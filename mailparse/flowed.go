package mailparse

import "strings"

// maxFlowedLine bounds a paragraph that is joined from flowed lines.
const maxFlowedLine = 8 << 10

// textLines splits a plain text; format=flowed lines are joined again (RFC 3676), each with its quote marks.
func textLines(s string, params map[string]string) []line {
	raw := strings.Split(s, "\n")
	if !strings.EqualFold(params["format"], "flowed") {
		out := make([]line, len(raw))
		for i, l := range raw {
			l, out[i].turned = dropTurns(l)
			out[i].text = strings.TrimRight(l, " \t")
		}
		return out
	}
	delSp := strings.EqualFold(params["delsp"], "yes")
	out := make([]line, 0, len(raw))
	flowing, lastDepth := false, 0
	for _, l := range raw {
		l, turned := dropTurns(l)
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
		if flowing && depth == lastDepth && body != "-- " && len(out[len(out)-1].text) < maxFlowedLine {
			out[len(out)-1].text += body
		} else {
			if depth > 0 {
				marks += " "
			}
			out = append(out, line{text: marks + body})
		}
		if turned {
			out[len(out)-1].turned = true
		}
		flowing, lastDepth = soft, depth
	}
	for i := range out {
		if t := strings.TrimRight(out[i].text, " \t"); t != "--" || out[i].text == "--" {
			out[i].text = t
		} else {
			out[i].text = "--"
		}
	}
	return out
}

// joinLines is the text of lines, without empty ones around it.
func joinLines(lines []line) string {
	n := 0
	for _, l := range lines {
		n += len(l.text) + 1
	}
	var out strings.Builder
	out.Grow(n)
	for _, l := range lines {
		out.WriteString(l.text)
		out.WriteByte('\n')
	}
	return strings.Trim(out.String(), "\n")
}
