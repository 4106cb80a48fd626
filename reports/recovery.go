package reports

import (
	"io"
	"strconv"
	"strings"
	"unicode"

	"rongyuan/store/record"
)

// RecoveryPDF prints the page with the recovery code that is kept in the safe.
// The code comes in groups parted by spaces or dashes. The caller prints the
// file and deletes it: the paper is the only copy.
func RecoveryPDF(w io.Writer, station, code string, day record.Day) error {
	d, err := newDocument("数据恢复码", officialSheet, imprint{station: station, made: record.Moment(string(day) + "T00:00")})
	if err != nil {
		return err
	}
	d.imprint.untimed = true
	d.numbers = ofAll
	d.between(d.sans(size4), "密封存放", "只此一份")
	d.space(6)
	d.titleBlock(26, "数据恢复码")
	d.space(2)
	d.lineIn(d.plain(size4), station, centre)
	d.lineIn(d.plain(size4), "打印日期："+day.Chinese(), centre)
	d.space(6)
	d.codeGrid(codeGroups(code))
	d.space(8)
	for _, text := range recoveryWords {
		d.flow(d.plain(size4), text, 2)
		d.space(1.5)
	}
	d.space(4)
	st := d.plain(size4)
	d.fields(st, 12, fill("封存人", ""), fill("见证人", ""))
	d.fields(st, 12, fill("封存日期", ""), fill("存放位置", ""))
	return d.write(w)
}

var recoveryWords = []string{
	"一、用途：忘记密码，或者管理员不在而必须打开数据时，在登录窗口按提示改用恢复码打开，逐组输入上面的字符。字母不分大小写，数字0与字母O、数字1与字母I、L可以互换。",
	"二、保管：装入信封，加盖骑缝章，放进单位保险柜，并登记存取记录。持有本页的人可以打开本站全部数据。",
	"三、禁止：不拍照，不复印，不录入手机和电脑，不用微信、邮件传送，不与存有数据的电脑或备份盘放在一处。",
	"四、更换：本页遗失、被他人看到或者使用过以后，由管理员在程序中重新生成恢复码，旧页当面销毁。",
}

// codeGroups cuts a code at everything that is no letter and no digit.
func codeGroups(code string) []string {
	return strings.FieldsFunc(code, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// codeGrid prints the groups in two columns, every character in a square of its
// own, so that nothing runs together when it is read out.
func (d *document) codeGrid(groups []string) {
	const high, square, number = 17.0, 11.0, 12.0
	half := (len(groups) + 1) / 2
	d.begin(high * float64(half))
	column := d.sheet.room() / 2
	top := d.y
	big, small := d.sans(26), d.plain(size5)
	for i, group := range groups {
		x := d.sheet.left + column*float64(i%2)
		y := top + high*float64(i/2)
		d.page.marks = append(d.page.marks, frame{x: x, y: y, w: column, h: high, thick: thin})
		d.setIn(small, place{x + 1.5, y + small.within(high), number - 3}, []rune(strconv.Itoa(i+1)), centre)
		chars := []rune(group)
		step := min(square, (column-number-2)/float64(max(len(chars), 1)))
		for j, r := range chars {
			d.setIn(big, place{x + number + step*float64(j), y + big.within(high), step}, []rune{r}, centre)
		}
	}
	d.y = top + high*float64(half)
}
