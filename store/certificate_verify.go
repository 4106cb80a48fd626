package store

import (
	"context"
	"database/sql"
	"errors"

	"rongyuan/store/record"
)

// VerifyStamp judges the text of a paper's QR code without a network, also
// while the file is locked. The codes are stamp_unreadable and stamp_forged;
// whether a paper whose signature fits can be believed is in the judgement.
func (db *DB) VerifyStamp(ctx context.Context, text string) (record.Judgement, error) {
	stamp, err := record.ReadStamp(text)
	if err != nil {
		return record.Judgement{}, err
	}
	known, err := db.TrustedKeys(ctx)
	if err != nil {
		return record.Judgement{}, err
	}
	v, err := record.Judge(stamp, known)
	if err != nil || v.Claim == nil {
		return v, err
	}
	v.Voided, err = db.voidedOn(ctx, v)
	return v, err
}

// voidedOn is the day on which a certificate was declared void, by this
// station's register or by what was learnt from others.
func (db *DB) voidedOn(ctx context.Context, v record.Judgement) (record.Day, error) {
	var day record.Day
	err := db.reader.QueryRowContext(ctx, `SELECT since FROM revocations WHERE kind = ?1 AND id = ?2
		UNION ALL SELECT ended FROM certificates WHERE number = ?2 AND state = ?3 AND ?4 = (SELECT code FROM station) LIMIT 1`,
		record.RevokedCertificate, v.Claim.Number, record.CertificateVoided, v.Station).Scan(&day)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return day, translate(err)
}
