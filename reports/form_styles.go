package reports

import (
	"encoding/xml"
	"strings"

	"rongyuan/store/record"
)

// cellLook is what matters of a style when a cell is filled.
type cellLook struct {
	date    bool // numbers are shown as dates
	format  bool // numbers have a format of their own
	general bool // nothing is said: what a cell shows is the number itself
	open    bool // may be changed while the sheet is protected
}

// styles reads how cells look, by the number of their style.
func (f *Form) styles(name string) error {
	p, err := f.read(name)
	if err != nil {
		return err
	}
	var sheet struct {
		Formats []struct {
			ID   int    `xml:"numFmtId,attr"`
			Code string `xml:"formatCode,attr"`
		} `xml:"numFmts>numFmt"`
		Looks []struct {
			Format     int `xml:"numFmtId,attr"`
			Protection struct {
				Locked string `xml:"locked,attr"`
			} `xml:"protection"`
		} `xml:"cellXfs>xf"`
	}
	if err := xml.Unmarshal(p.xml, &sheet); err != nil {
		return record.Fail(record.CodeSheetDamaged).Because(err)
	}
	codes := map[int]string{}
	for _, one := range sheet.Formats {
		codes[one.ID] = one.Code
	}
	for _, one := range sheet.Looks {
		code, own := codes[one.Format]
		look := cellLook{open: one.Protection.Locked == "0" || one.Protection.Locked == "false"}
		switch {
		case own:
			look.date = dateFormat(code)
			look.general = strings.EqualFold(code, "general") || code == "@" || code == ""
		case one.Format >= 14 && one.Format <= 22, one.Format >= 27 && one.Format <= 36, one.Format >= 45 && one.Format <= 47, one.Format >= 50 && one.Format <= 58:
			look.date = true
		default:
			look.general = one.Format == 0 || one.Format == 49
		}
		look.format = !look.general && !look.date
		f.looks = append(f.looks, look)
	}
	return nil
}

// dateFormat reports a number format that shows days: it has a year, month or
// day outside quotes and brackets.
func dateFormat(code string) bool {
	quoted, bracket := false, false
	for i, r := range code {
		switch {
		case r == '"':
			quoted = !quoted
		case quoted:
		case r == '[':
			bracket = true
		case r == ']':
			bracket = false
		case bracket:
		case i > 0 && code[i-1] == '\\':
		case strings.ContainsRune("yYdD年日", r):
			return true
		}
	}
	return false
}

func (f *Form) look(style int) cellLook {
	if style < 0 || style >= len(f.looks) {
		return cellLook{general: true}
	}
	return f.looks[style]
}

// texts reads the shared texts; phonetic hints are no part of them.
func (f *Form) texts(name string) ([]string, error) {
	p, err := f.read(name)
	if err != nil {
		return nil, err
	}
	var out []string
	d := xml.NewDecoder(strings.NewReader(string(p.xml)))
	var one strings.Builder
	inText, hint := false, 0
	for {
		token, err := d.RawToken()
		if err != nil {
			if d.InputOffset() < int64(len(strings.TrimSpace(string(p.xml)))) {
				return nil, record.Fail(record.CodeSheetDamaged).Because(err)
			}
			return out, nil
		}
		switch t := token.(type) {
		case xml.StartElement:
			switch t.Name.Local {
			case "si":
				one.Reset()
			case "rPh":
				hint++
			case "t":
				inText = hint == 0
			}
		case xml.EndElement:
			switch t.Name.Local {
			case "si":
				out = append(out, one.String())
			case "rPh":
				hint--
			case "t":
				inText = false
			}
		case xml.CharData:
			if inText {
				one.Write(t)
			}
		}
	}
}
