package record

import (
	"encoding/binary"
	"math/bits"
)

// Packed is a person in few bytes, so that everybody of a large roster fits
// into memory: what is filled, each text behind its length. It is for memory
// only and means nothing to another version of the program.
type Packed []byte

// Pack packs a person, id and version included.
func Pack(v *Volunteer) Packed { return appendVolunteer(nil, v) }

// Volunteer is the person that was packed.
func (p Packed) Volunteer() Volunteer {
	var v Volunteer
	r := unpacker{string(p)}
	r.volunteer(&v)
	return v
}

// texts are the places of all texts of a person.
func (v *Volunteer) texts() [39]*string {
	return [...]*string{
		(*string)(&v.ID), &v.Number, &v.NationalNumber, &v.Name, (*string)(&v.IDNumber), (*string)(&v.Sex), (*string)(&v.Birth),
		&v.Ethnic, &v.Village, &v.VillageName, &v.Address, &v.Politics, &v.PartyOrg, &v.Education, &v.Employer, &v.SkillNote,
		&v.Kind, (*string)(&v.Enlisted), (*string)(&v.Discharged), &v.Branch, &v.Arm, &v.Rank, &v.DischargeKind, &v.Merits,
		&v.Disability, (*string)(&v.Joined), (*string)(&v.Agreement.Date), &v.Agreement.Version, &v.Agreement.Way,
		(*string)(&v.Notice.Date), &v.Notice.Version, &v.Notice.Way, &v.Emergency.Name, &v.Emergency.Relation, &v.Emergency.Phone,
		&v.Health, &v.Note, (*string)(&v.Status), (*string)(&v.StatusSince),
	}
}

func (v *Volunteer) lists() [3]*[]string { return [...]*[]string{&v.Phones, &v.Skills, &v.Categories} }

func (v *Volunteer) marks() [3]*bool { return [...]*bool{&v.Veteran, &v.Serving, &v.Withdrawn} }

// appendVolunteer writes which of the texts, lists and marks are there, in this
// order from the lowest bit, then the version, the texts and the lists.
func appendVolunteer(to []byte, v *Volunteer) []byte {
	texts, lists, marks := v.texts(), v.lists(), v.marks()
	var there uint64
	bit := 0
	note := func(is bool) {
		if is {
			there |= 1 << bit
		}
		bit++
	}
	for _, one := range texts {
		note(*one != "")
	}
	for _, one := range lists {
		note(len(*one) > 0)
	}
	for _, one := range marks {
		note(*one)
	}
	to = binary.AppendUvarint(to, there)
	to = binary.AppendVarint(to, v.Version)
	for _, one := range texts {
		if *one != "" {
			to = appendText(to, *one)
		}
	}
	for _, one := range lists {
		if len(*one) > 0 {
			to = appendTexts(to, *one)
		}
	}
	return to
}

func appendText(to []byte, s string) []byte {
	return append(binary.AppendUvarint(to, uint64(len(s))), s...)
}

func appendTexts(to []byte, all []string) []byte {
	to = binary.AppendUvarint(to, uint64(len(all)))
	for _, one := range all {
		to = appendText(to, one)
	}
	return to
}

func appendInt(to []byte, n int) []byte { return binary.AppendVarint(to, int64(n)) }

// unpacker reads what was packed; the texts that it gives share one piece of
// memory.
type unpacker struct{ rest string }

func (r *unpacker) number() uint64 {
	var n uint64
	for i := 0; i < len(r.rest); i++ {
		b := r.rest[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			r.rest = r.rest[i+1:]
			return n
		}
	}
	return n
}

func (r *unpacker) int() int {
	n := r.number()
	return int(n>>1) ^ -int(n&1) // #nosec G115 -- as it was written
}

func (r *unpacker) text() string {
	n := r.number()
	s := r.rest[:n]
	r.rest = r.rest[n:]
	return s
}

func (r *unpacker) texts() []string {
	n := r.number()
	if n == 0 {
		return nil
	}
	out := make([]string, n)
	for i := range out {
		out[i] = r.text()
	}
	return out
}

func (r *unpacker) volunteer(v *Volunteer) {
	texts, lists, marks := v.texts(), v.lists(), v.marks()
	there := r.number()
	v.Version = int64(r.int())
	for left := there & (1<<len(texts) - 1); left != 0; left &= left - 1 {
		*texts[bits.TrailingZeros64(left)] = r.text()
	}
	there >>= len(texts)
	for _, one := range lists {
		if there&1 != 0 {
			*one = r.texts()
		}
		there >>= 1
	}
	for _, one := range marks {
		*one = there&1 != 0
		there >>= 1
	}
}

// appendDraft packs a draft, except its columns, which many rows share.
func appendDraft(to []byte, d *Draft) []byte {
	to = appendInt(appendText(to, d.Sheet), d.Row)
	to = appendVolunteer(to, &d.Volunteer)
	to = appendText(appendText(appendText(to, d.TeamName), d.RoleName), d.IDPrefix)
	to = appendInt(to, len(d.Raw))
	for field, said := range d.Raw {
		to = appendText(appendText(to, field), said)
	}
	to = appendInt(to, len(d.Problems))
	for i := range d.Problems {
		p := &d.Problems[i]
		to = appendText(appendText(appendText(to, p.Field), string(p.Level)), string(p.Code))
		to = appendText(appendTexts(to, p.Args), p.Value)
	}
	return to
}

func (r *unpacker) draft(d *Draft) {
	d.Sheet, d.Row = r.text(), r.int()
	r.volunteer(&d.Volunteer)
	d.TeamName, d.RoleName, d.IDPrefix = r.text(), r.text(), r.text()
	if n := r.int(); n > 0 {
		d.Raw = make(map[string]string, n)
		for range n {
			field := r.text()
			d.Raw[field] = r.text()
		}
	}
	if n := r.int(); n > 0 {
		d.Problems = make(Problems, n)
		for i := range d.Problems {
			p := &d.Problems[i]
			p.Field, p.Level, p.Code = r.text(), Level(r.text()), Code(r.text())
			p.Args, p.Value = r.texts(), r.text()
		}
	}
}
