package record

import (
	"encoding/binary"
	"slices"
)

// Statement is what the QR code of a report says: the figures of a period, so
// that whoever holds the paper has the numbers without a network or a stick.
// Whose they are stands in the [Signature] around it.
type Statement struct {
	Period Period `json:"period"`
	// Edition is that of the closed period, 0 while it is open.
	Edition int     `json:"edition"`
	Made    Day     `json:"made"`
	Figures Figures `json:"figures"`
}

// Statement is what the report's QR code says.
func (r PeriodReport) Statement() Statement {
	s := Statement{Period: r.Period, Edition: r.Edition, Made: r.Made.Day(), Figures: Figures{}}
	for _, code := range statementCodes() {
		s.Figures[code] = r.Figures[code]
	}
	return s
}

// statementCodes are the indicators in a statement by their number there;
// append-only, since they stand on paper.
func statementCodes() []string {
	codes := []string{
		FigureTeams, FigureBrands, FigureVolunteers, FigureVeterans, FigureParty, FigureJoined, FigureActivities, FigurePeople,
		FigureParticipations, FigureMinutes, FigureTraining, FigureServed, FigureGuests, FigureUrgent, FigureLate,
	}
	for _, line := range []string{"1", "2", "3", "4", "5", "6", "7"} {
		codes = append(codes, FigureActivities+"."+line, FigureMinutes+"."+line)
	}
	return append(codes, FigureWaiting)
}

// statementVersion is the first byte of a statement.
const statementVersion = 1

// statementEpoch is the day from which a statement counts.
const statementEpoch Day = "2000-01-01"

func dayNumber(d Day) int64 { return int64(Period{statementEpoch, d}.days() - 1) }

// Message is the statement in bytes, to be signed for [PurposeReport].
func (s Statement) Message() []byte {
	out := []byte{statementVersion}
	for _, v := range []int64{dayNumber(s.Period.From), int64(s.Period.days()), int64(s.Edition), dayNumber(s.Made)} {
		out = binary.AppendVarint(out, v)
	}
	codes := statementCodes()
	out = binary.AppendVarint(out, int64(len(codes)))
	for _, code := range codes {
		out = binary.AppendVarint(out, s.Figures[code])
	}
	return out
}

// statementMost bounds the numbers of a statement that is read: days of a
// century, figures of a newer version.
const statementMost = 40_000

// ReadStatement reads a statement. Figures that only a newer version knows are
// left out. The code is stamp_unreadable.
func ReadStatement(message []byte) (Statement, error) {
	unread := FailField("stamp", CodeStampUnread)
	if len(message) == 0 || message[0] != statementVersion {
		return Statement{}, unread
	}
	n := numbers{rest: message[1:]}
	from, days, edition, made, count := n.next(), n.next(), n.next(), n.next(), n.next()
	head := []int64{from, days, edition, made, count}
	if slices.Min(head) < 0 || slices.Max(head) > statementMost || days == 0 {
		return Statement{}, unread
	}
	s := Statement{Edition: int(edition), Made: statementEpoch.AddDays(int(made)), Figures: Figures{}}
	s.Period.From = statementEpoch.AddDays(int(from))
	s.Period.To = s.Period.From.AddDays(int(days) - 1)
	codes := statementCodes()
	for i := range int(count) {
		v := n.next()
		if i < len(codes) {
			s.Figures[codes[i]] = v
		}
	}
	if n.broken || len(n.rest) > 0 {
		return Statement{}, unread
	}
	return s, nil
}

// numbers reads the numbers of a message one by one.
type numbers struct {
	rest   []byte
	broken bool
}

func (n *numbers) next() int64 {
	v, size := binary.Varint(n.rest)
	if size <= 0 {
		n.rest, n.broken = nil, true
		return 0
	}
	n.rest = n.rest[size:]
	return v
}
