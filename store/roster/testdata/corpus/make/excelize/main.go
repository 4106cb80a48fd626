// Command excelize writes the workbooks of cases.json that are excelize's:
// go run ./excelize OUT.
package main

import (
	"encoding/json"
	"log"
	"os"
	"strconv"
	"strings"

	"github.com/xuri/excelize/v2"
)

type testCase struct {
	File, Writer string
	Sheets       []struct {
		Name   string
		Rows   [][]any
		Merges []string
	}
}

func main() {
	b, err := os.ReadFile("cases.json")
	if err != nil {
		log.Fatal(err)
	}
	var cases []testCase
	if err := json.Unmarshal(b, &cases); err != nil {
		log.Fatal(err)
	}
	for _, c := range cases {
		if c.Writer == "excelize" {
			if err := write(c, os.Args[1]+"/"+c.File); err != nil {
				log.Fatal(c.File, err)
			}
		}
	}
}

func write(c testCase, path string) error {
	f := excelize.NewFile()
	for i, s := range c.Sheets {
		if i == 0 {
			if err := f.SetSheetName("Sheet1", s.Name); err != nil {
				return err
			}
		} else if _, err := f.NewSheet(s.Name); err != nil {
			return err
		}
		for r, row := range s.Rows {
			for col, v := range row {
				at, err := excelize.CoordinatesToCellName(col+1, r+1)
				if err == nil {
					err = put(f, s.Name, at, v)
				}
				if err != nil {
					return err
				}
			}
		}
		for _, m := range s.Merges {
			from, to, _ := strings.Cut(m, ":")
			if err := f.MergeCell(s.Name, from, to); err != nil {
				return err
			}
		}
	}
	return f.SaveAs(path)
}

func put(f *excelize.File, sheet, at string, v any) error {
	switch v := v.(type) {
	case string:
		return f.SetCellStr(sheet, at, v)
	case map[string]any:
		n, err := strconv.ParseFloat(v["n"].(string), 64)
		if err != nil {
			return err
		}
		return f.SetCellValue(sheet, at, n)
	}
	return nil
}
