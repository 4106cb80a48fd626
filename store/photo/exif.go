package photo

import (
	"bytes"
	"encoding/binary"
	"strings"
)

// told is what a camera wrote into a file (Exif 2.32, CIPA DC-008).
type told struct {
	orientation int
	taken       string
	located     bool
}

// The tags that are read.
const (
	tagOrientation = 0x0112
	tagDateTime    = 0x0132
	tagExif        = 0x8769
	tagPosition    = 0x8825
	tagOriginal    = 0x9003
)

// readExif reads the tags of a JPEG; of any other file, and of broken tags,
// nothing.
func readExif(raw []byte) told {
	block := exifBlock(raw)
	if len(block) < 8 {
		return told{}
	}
	var order binary.ByteOrder = binary.LittleEndian
	if bytes.HasPrefix(block, []byte("MM")) {
		order = binary.BigEndian
	}
	t := tags{block, order}
	var out told
	first := t.folder(int(order.Uint32(block[4:])))
	out.orientation = int(first[tagOrientation].number)
	out.taken = t.time(first[tagDateTime])
	_, out.located = first[tagPosition]
	if at, has := first[tagExif]; has {
		if original := t.time(t.folder(int(at.number))[tagOriginal]); original != "" {
			out.taken = original
		}
	}
	return out
}

// exifBlock is the TIFF part of the first Exif segment of a JPEG.
func exifBlock(raw []byte) []byte {
	if !bytes.HasPrefix(raw, []byte{0xFF, 0xD8}) {
		return nil
	}
	for at := 2; at+4 <= len(raw) && raw[at] == 0xFF; {
		size := int(binary.BigEndian.Uint16(raw[at+2:]))
		if size < 2 || at+2+size > len(raw) || raw[at+1] == 0xDA {
			return nil
		}
		body := raw[at+4 : at+2+size]
		if raw[at+1] == 0xE1 {
			if rest, is := bytes.CutPrefix(body, []byte("Exif\x00\x00")); is {
				return rest
			}
		}
		at += 2 + size
	}
	return nil
}

type tags struct {
	block []byte
	order binary.ByteOrder
}

// tag is one entry: its number, or where its text stands.
type tag struct {
	number uint32
	length int
}

// mostTags is more than a camera writes.
const mostTags = 500

// folder reads the entries at a place of the block.
func (t tags) folder(at int) map[uint16]tag {
	out := map[uint16]tag{}
	if at < 8 || at+2 > len(t.block) {
		return out
	}
	n := min(int(t.order.Uint16(t.block[at:])), mostTags)
	for i := range n {
		from := at + 2 + 12*i
		if from+12 > len(t.block) {
			break
		}
		entry := t.block[from : from+12]
		one := tag{number: t.order.Uint32(entry[8:]), length: int(t.order.Uint32(entry[4:]))}
		if t.order.Uint16(entry[2:]) == 3 { // a short stands at the front
			one.number = uint32(t.order.Uint16(entry[8:]))
		}
		out[t.order.Uint16(entry)] = one
	}
	return out
}

// time is 2006-01-02T15:04 of a text 2006:01:02 15:04:05.
func (t tags) time(at tag) string {
	from := int(at.number)
	if at.length < 16 || at.length > 64 || from < 8 || from+16 > len(t.block) {
		return ""
	}
	text := string(t.block[from : from+16])
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
	if len(digits) != 12 || digits[:4] == "0000" {
		return ""
	}
	return digits[:4] + "-" + digits[4:6] + "-" + digits[6:8] + "T" + digits[8:10] + ":" + digits[10:12]
}
