package district

import "rongyuan/store/record"

const messageColumns = "stream, seq, id, kind, urgent, at_ms, who, sealed, signature"

func readMessage(r scanner) (m StoredMessage, err error) {
	err = r.Scan(&m.To, &m.Message.Seq, &m.Message.ID, &m.Message.Kind, &m.Message.Urgent, &m.Message.AtMS, &m.Who, &m.Sealed, &m.Message.Signature)
	m.Message.Stream = streamOf(m.To)
	return m, err
}

// mayRead is nil for what goes to all, and for a station's own.
func mayRead(s Scope, to record.StationCode) error {
	if to == "" && (s.all || s.station != "") {
		return nil
	}
	return s.only(to)
}

func (t *sqliteTx) AddMessage(s Scope, m StoredMessage) error {
	if !s.all {
		return record.Fail(record.CodeNotFound)
	}
	return t.exec("INSERT INTO messages ("+messageColumns+") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", m.To, m.Message.Seq, m.Message.ID,
		m.Message.Kind, m.Message.Urgent, m.Message.AtMS, m.Who, m.Sealed, m.Message.Signature)
}

func (t *sqliteTx) Messages(s Scope, to record.StationCode, after int64, limit int) ([]StoredMessage, error) {
	if err := mayRead(s, to); err != nil {
		return nil, err
	}
	return all(t, readMessage, "SELECT "+messageColumns+" FROM messages WHERE stream = ? AND seq > ? ORDER BY seq LIMIT ?", to, after, limit)
}

func (t *sqliteTx) LastMessages(s Scope, limit int) ([]StoredMessage, error) {
	if !s.all {
		return nil, record.Fail(record.CodeNotFound)
	}
	return all(t, readMessage, "SELECT "+messageColumns+" FROM messages ORDER BY at_ms DESC, id LIMIT ?", limit)
}

func (t *sqliteTx) LastMessage(s Scope, to record.StationCode) (int64, error) {
	if err := mayRead(s, to); err != nil {
		return 0, err
	}
	return first(t, func(r scanner) (n int64, err error) {
		return n, r.Scan(&n)
	}, "SELECT COALESCE(MAX(seq), 0) FROM messages WHERE stream = ?", to)
}

const markColumns = "stream, device, seq, at_ms"

func (t *sqliteTx) PutMark(s Scope, m MessageMark) error {
	if err := mayRead(s, m.To); err != nil {
		return err
	}
	return t.exec("INSERT INTO message_marks ("+markColumns+`) VALUES (?, ?, ?, ?) ON CONFLICT (stream, device)
		DO UPDATE SET seq = excluded.seq, at_ms = excluded.at_ms WHERE excluded.seq > seq`, m.To, m.Device, m.Seq, m.AtMS)
}

func (t *sqliteTx) Marks(s Scope, to record.StationCode) ([]MessageMark, error) {
	if !s.all {
		return nil, record.Fail(record.CodeNotFound)
	}
	return all(t, func(r scanner) (m MessageMark, err error) {
		err = r.Scan(&m.To, &m.Device, &m.Seq, &m.AtMS)
		return m, err
	}, "SELECT "+markColumns+" FROM message_marks WHERE stream = ? ORDER BY device", to)
}
