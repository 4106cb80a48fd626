package sync

import (
	"context"

	"rongyuan/store/record"
	"rongyuan/sync/wire"
)

// pull takes over what the district has for this station. A round without news
// asks nothing: hello said where the streams end.
func (r *round) pull(ctx context.Context) error {
	if len(r.down) == 0 {
		return nil
	}
	marks, err := r.c.opt.Store.Marks(ctx, r.enrolment.ServerIncarnation)
	if err != nil {
		return err
	}
	for _, stream := range record.Streams() {
		if r.down[stream] == marks[stream].Seq {
			continue
		}
		if err := r.pullStream(ctx, stream, marks[stream]); err != nil {
			return err
		}
	}
	return nil
}

// pullStream asks until there is nothing more. A district that was put back from
// a backup has another message under our mark, or none: then everything is
// fetched again, and what is known stays as it is.
func (r *round) pullStream(ctx context.Context, stream record.Stream, mark record.Mark) error {
	err := r.pullOn(ctx, stream, mark)
	if record.CodeOf(err) == record.CodeGap && mark.Seq > 0 {
		return r.pullOn(ctx, stream, record.Mark{})
	}
	return err
}

// pullOn asks until there is nothing more; the last, empty answer tells the
// district that everything before it is kept.
func (r *round) pullOn(ctx context.Context, stream record.Stream, mark record.Mark) error {
	for {
		messages, err := r.pullOne(ctx, stream, mark)
		if err != nil || len(messages) == 0 {
			return err
		}
		fresh, err := r.c.opt.Store.TakeMessages(ctx, r.enrolment.ServerIncarnation, messages)
		switch record.CodeOf(err) {
		case "":
		case record.CodeLocked: // kept shut: the next round in an open file takes them
			return nil
		default:
			return err
		}
		r.result.Received += fresh
		last := messages[len(messages)-1]
		mark = record.Mark{Seq: last.Seq, ID: last.ID}
	}
}

// pullOne asks once. What does not follow its mark without a gap, or is not the
// district's, is refused whole.
func (r *round) pullOne(ctx context.Context, stream record.Stream, mark record.Mark) ([]record.Message, error) {
	body, err := wire.Encode(wire.Pull{Stream: stream, After: mark.Seq, ID: mark.ID})
	if err != nil {
		return nil, err
	}
	r.sequence++
	raw, err := r.send(ctx, request{path: wire.PathPull, kind: wire.TypeJSON, body: body, challenge: r.challenge, sequence: r.sequence})
	if err != nil {
		return nil, err
	}
	a, err := wire.DecodePullAnswer(raw)
	if err != nil {
		return nil, record.Fail(record.CodeNotDistrict).Because(err)
	}
	for i, m := range a.Messages {
		if m.Stream != stream || m.Seq != mark.Seq+int64(i)+1 || !m.Holds(r.enrolment.DistrictKey, r.station) {
			return nil, record.Fail(record.CodeNotDistrict)
		}
	}
	return a.Messages, nil
}
