// Command bench-papers prints the table of a roster of n rows with maroto, the
// way its own documentation does: a row of text columns each, with a font that
// has Chinese characters. Its CPU time goes to standard output.
package main

import (
	"flag"
	"fmt"
	"os"
	"syscall"

	"github.com/johnfercher/maroto/v2"
	"github.com/johnfercher/maroto/v2/pkg/components/row"
	"github.com/johnfercher/maroto/v2/pkg/components/text"
	"github.com/johnfercher/maroto/v2/pkg/config"
	"github.com/johnfercher/maroto/v2/pkg/consts/fontstyle"
	"github.com/johnfercher/maroto/v2/pkg/core"
	"github.com/johnfercher/maroto/v2/pkg/props"
	"github.com/johnfercher/maroto/v2/pkg/repository"
)

func main() {
	rows := flag.Int("rows", 1000, "rows of the table")
	font := flag.String("font", "", "TrueType file")
	out := flag.String("o", "", "PDF file")
	flag.Parse()
	if err := print(*rows, *font, *out); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var use syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &use); err == nil {
		fmt.Println((use.Utime.Nano() + use.Stime.Nano()) / 1_000_000)
	}
}

func print(n int, font, out string) error {
	fonts, err := repository.New().AddUTF8Font("song", fontstyle.Normal, font).Load()
	if err != nil {
		return err
	}
	m := maroto.New(config.NewBuilder().WithCustomFonts(fonts).WithDefaultFont(&props.Font{Family: "song", Size: 8}).Build())
	line := func(cells ...string) core.Row {
		r := row.New(7)
		for _, cell := range cells {
			r.Add(text.NewCol(1, cell))
		}
		return r
	}
	if err := m.RegisterHeader(line("序号", "姓名", "性别", "民族", "出生", "政治面貌", "入伍", "退役", "队伍", "电话", "社区", "备注")); err != nil {
		return err
	}
	for i := range n {
		m.AddRows(line(fmt.Sprint(i+1), "张示例", "男", "汉族", "1985-07", "党员", "2003-12", "2008-12", "先锋队", "138****0000", "和平里", "驾驶"))
	}
	doc, err := m.Generate()
	if err != nil {
		return err
	}
	return doc.Save(out)
}
