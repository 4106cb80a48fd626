-- What an operation said may be erased when its station erased it on a lawful
-- request (PIPL, article 47); its header and its commitment stay for ever.
DROP TRIGGER op_log_keeps;
CREATE TRIGGER op_log_keeps BEFORE UPDATE OF station, incarnation, seq, type, type_ver, entity, entity_id, base_version, home_epoch,
    batch, wall_ms, mono_ms, commitment, hash, device, stored_ms ON op_log
    BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
