package cli

import (
	"fmt"
	"io"
	"strings"

	"rongyuan/store/record"
)

// reportVerify judges the text of a report's QR code, without a network and
// without a password: what it needs is public.
type reportVerify struct{}

func (*reportVerify) options(*options) {}

// reportClaim is what a report's QR code says, and who says so.
type reportClaim struct {
	Valid       bool               `json:"valid"`
	Station     record.StationCode `json:"station"`
	Period      string             `json:"period"`
	Edition     int                `json:"edition,omitempty"`
	Made        record.Day         `json:"made"`
	Figures     record.Figures     `json:"figures"`
	Key         string             `json:"key"`
	Standing    record.Standing    `json:"standing"`
	By          string             `json:"by,omitempty"`
	Fingerprint string             `json:"fingerprint"`
}

func (c *reportVerify) run(k *call) (answer, error) {
	text := strings.Join(k.args, "")
	if text == "-" {
		raw, err := io.ReadAll(io.LimitReader(k.env.Stdin, 1<<16))
		if err != nil {
			return answer{}, record.Fail(record.CodeFileUnread, "-").Because(err)
		}
		text = string(raw)
	}
	stamp, err := record.ReadStamp(text)
	if err != nil {
		return answer{}, err
	}
	known, err := k.trustedKeys()
	if err != nil {
		return answer{}, err
	}
	claim, err := judgeReport(stamp, known)
	if err != nil {
		return answer{}, err
	}
	exit := exitDone
	if claim.Standing == record.StandingUnknown {
		exit = exitPerson
	}
	return answer{doc: claim, exit: exit, text: claim.print}, nil
}

// trustedKeys are the keys that this PC knows; none where there is no station.
func (k *call) trustedKeys() ([]record.TrustedKey, error) {
	db, err := k.openLocked()
	if record.CodeOf(err) == record.CodeNoStation {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return db.TrustedKeys(k.ctx)
}

// judgeReport reads a statement whose signature holds. The codes are
// stamp_unreadable, stamp_forged and key_revoked.
func judgeReport(stamp record.Stamp, known []record.TrustedKey) (reportClaim, error) {
	if stamp.Purpose != record.PurposeReport {
		return reportClaim{}, record.FailField("stamp", record.CodeStampUnread)
	}
	if !stamp.Holds() {
		return reportClaim{}, record.FailField("stamp", record.CodeStampForged)
	}
	s, err := record.ReadStatement(stamp.Message)
	if err != nil {
		return reportClaim{}, err
	}
	standing, by := stamp.Signature.Standing(known)
	if standing == record.StandingRevoked {
		return reportClaim{}, record.FailField("stamp", record.CodeKeyRevoked)
	}
	id := record.KeyOf(stamp.Signature.Public)
	claim := reportClaim{
		Valid: true, Station: stamp.Signature.Station, Period: s.Period.String(), Edition: s.Edition, Made: s.Made,
		Figures: s.Figures, Key: string(id), Standing: standing, Fingerprint: id.Fingerprint(),
	}
	if by != nil {
		claim.By = by.Name
	}
	return claim, nil
}

func (c reportClaim) print(w io.Writer) {
	fmt.Fprintf(w, "签名和数字相符。站点 %s，%s，%s 制表", c.Station, c.Period, c.Made.Chinese())
	if c.Edition > 0 {
		fmt.Fprintf(w, "，%s", editionText(c.Edition))
	}
	fmt.Fprintln(w, "。")
	whose := "由“" + c.By + "”的密钥证实"
	if c.Standing == record.StandingUnknown {
		whose = "这台电脑还不认识签名的密钥，请打电话和该站核对指纹"
	}
	fmt.Fprintf(w, "%s：%s\n", whose, c.Fingerprint)
	rows := [][]string{}
	for _, one := range record.Indicators() {
		value, unit := fmt.Sprint(c.Figures[one.Code]), one.Unit
		if unit == "分钟" {
			value, unit = record.HoursText(int(c.Figures[one.Code])), "小时"
		}
		rows = append(rows, []string{"  " + one.Name, value, unit})
	}
	columns(w, rows)
	rows = [][]string{{"  任务线", "场次", "小时"}}
	for _, line := range record.Lines().Terms {
		rows = append(rows, []string{
			"  " + line.Name, fmt.Sprint(c.Figures[record.FigureActivities+"."+line.Code]), record.HoursText(int(c.Figures[record.FigureMinutes+"."+line.Code])),
		})
	}
	columns(w, rows)
}
