package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"rongyuan/store/record"
	"rongyuan/sync/district"
)

// maxRequest bounds what is read of a file that may be anything.
const maxRequest = 128 << 10

func escrowFlags(f *flag.FlagSet, c *call) {
	f.StringVar(&c.out, "o", "", "")
	f.StringVar(&c.reason, "reason", "", "")
}

// escrowAnswer answers a station that has lost its passwords and its recovery
// code. Whoever has a copy of the station's file could have written the request,
// so the officer is told to compare it on the telephone.
func (c *call) escrowAnswer() (answer, error) {
	if c.out == "" {
		return answer{}, usage("要写 -o 答复.json")
	}
	request, err := readRequest(c.args[0])
	if err != nil {
		return answer{}, err
	}
	return c.as(func(s *district.Server, scope district.Scope) (answer, error) {
		given, err := s.AnswerEscrow(c.ctx, scope, request, c.reason)
		if err != nil {
			return answer{}, err
		}
		if err := writeWhole(c.out, string(given.Document), 0o600); err != nil {
			return answer{}, err
		}
		doc := struct {
			district.EscrowAnswer
			Path string `json:"path"`
		}{given, c.out}
		return answer{doc: doc, text: func(w io.Writer) {
			fmt.Fprintf(w, "已答复：%s %s，写在 %s\n核对码：%s\n", doc.Station, doc.Name, doc.Path, doc.Fingerprint)
			fmt.Fprintln(w, "交出去之前，请打站里原来留的电话，请他们念核对码：一样再交，不一样就删掉这个文件。")
		}}, nil
	})
}

func readRequest(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, record.Fail(record.CodeFileUnread, filepath.Base(path)).Because(err)
	}
	defer func() { _ = f.Close() }()
	raw, err := io.ReadAll(io.LimitReader(f, maxRequest))
	if err != nil {
		return nil, record.Fail(record.CodeFileUnread, filepath.Base(path)).Because(err)
	}
	return raw, nil
}
