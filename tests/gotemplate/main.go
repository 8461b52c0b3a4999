// Command gotemplate executes templates as Go does, for comparison: JSON in, JSON out, one a line.
//
// stdin: {"template": TEXT, "data": …, "missingkey": "default"|"zero"|"error"}
// stdout: {"output": TEXT} or {"error": TEXT}; bytes that are no UTF-8 are written as \xNN after "bytes": true.
//
// Functions besides Go's own: dict, list, strings (a []string), int64, uint, upper (string), repeat (int, string),
// half (float64), include, tpl, fail.
package main

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"text/template"
	"unicode/utf8"
)

type request struct {
	Template   string `json:"template"`
	Data       any    `json:"data"`
	MissingKey string `json:"missingkey"`
}

type answer struct {
	Output *string `json:"output,omitempty"`
	Error  *string `json:"error,omitempty"`
	Bytes  bool    `json:"bytes,omitempty"`
}

func functions(set *template.Template, option string) template.FuncMap {
	return template.FuncMap{
		"dict": func(pairs ...any) (map[string]any, error) {
			dict := map[string]any{}
			for i := 0; i+1 < len(pairs); i += 2 {
				dict[fmt.Sprint(pairs[i])] = pairs[i+1]
			}
			return dict, nil
		},
		"list":    func(items ...any) []any { return items },
		"strings": func(items ...string) []string { return items },
		"bytes":   func(text string) []byte { return []byte(text) },
		"split": func(sep, text string) map[string]string {
			parts := map[string]string{}
			for i, part := range strings.Split(text, sep) {
				parts[fmt.Sprintf("_%d", i)] = part
			}
			return parts
		},
		"set": func(dict map[string]any, key string, value any) map[string]any {
			dict[key] = value
			return dict
		},
		"int64":  func(number int) int64 { return int64(number) },
		"uint":   func(number int) uint { return uint(number) },
		"upper":  strings.ToUpper,
		"repeat": func(count int, text string) string { return strings.Repeat(text, max(0, min(count, 100))) },
		"half":   func(number float64) float64 { return number / 2 },
		"not_ok": func(flag bool) bool { return !flag },
		"fail":   func(message string) (string, error) { return "", errors.New(message) },
		"same":   func(value any) any { return value },
		"include": func(name string, data any) (string, error) {
			var out strings.Builder
			err := set.ExecuteTemplate(&out, name, data)
			return out.String(), err
		},
		"tpl": func(text string, data any) (string, error) {
			clone, err := set.Clone()
			if err != nil {
				return "", err
			}
			clone.Option("missingkey=" + option).Funcs(functions(clone, option))
			clone, err = clone.New("tpl").Parse(text)
			if err != nil {
				return "", err
			}
			var out strings.Builder
			err = clone.Execute(&out, data)
			return out.String(), err
		},
	}
}

func execute(r request) (out string, err error) {
	if r.MissingKey == "" {
		r.MissingKey = "default"
	}
	set := template.New("set").Option("missingkey=" + r.MissingKey)
	set.Funcs(functions(set, r.MissingKey))
	parsed, err := set.New("t").Parse(r.Template)
	if err != nil {
		return "", err
	}
	var text strings.Builder
	err = parsed.Execute(&text, r.Data)
	return text.String(), err
}

func escape(text string) string {
	var out strings.Builder
	for i := 0; i < len(text); {
		r, size := utf8.DecodeRuneInString(text[i:])
		if r == utf8.RuneError && size == 1 {
			fmt.Fprintf(&out, "\\x%02x", text[i])
		} else {
			out.WriteString(text[i : i+size])
		}
		i += size
	}
	return out.String()
}

func main() {
	decoder, writer := json.NewDecoder(bufio.NewReader(os.Stdin)), bufio.NewWriter(os.Stdout)
	defer writer.Flush()
	encoder := json.NewEncoder(writer)
	encoder.SetEscapeHTML(false)
	for {
		var r request
		if decoder.Decode(&r) != nil {
			return
		}
		out, err := execute(r)
		switch {
		case err != nil:
			text := escape(err.Error())
			encoder.Encode(answer{Error: &text})
		case utf8.ValidString(out):
			encoder.Encode(answer{Output: &out})
		default:
			text := escape(out)
			encoder.Encode(answer{Output: &text, Bytes: true})
		}
	}
}
