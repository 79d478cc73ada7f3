CREATE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE FUNCTION history_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.number = OLD.number AND NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.event = OLD.event AND NEW.step = OLD.step
        AND NEW.visit = OLD.visit AND NEW.word = OLD.word AND NEW.rule = OLD.rule AND NEW.mail = OLD.mail AND NEW.personal = OLD.personal AND NEW.hash = OLD.hash
        AND NEW.author = '' AND NEW.note = '' AND NEW.message_id = '' AND NEW.proof = '' AND NEW.salt = ''
        AND EXISTS (SELECT 1 FROM history p WHERE p.number = OLD.number AND p.seq > OLD.seq AND p.event = 'purged') THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'history is append-only';
END $$;

CREATE TRIGGER history_update BEFORE UPDATE ON history FOR EACH ROW EXECUTE FUNCTION history_update();
CREATE TRIGGER history_delete BEFORE DELETE ON history FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER history_truncate BEFORE TRUNCATE ON history FOR EACH STATEMENT EXECUTE FUNCTION append_only();
CREATE TRIGGER anchors_update BEFORE UPDATE OR DELETE ON anchors FOR EACH ROW EXECUTE FUNCTION append_only();
CREATE TRIGGER anchors_truncate BEFORE TRUNCATE ON anchors FOR EACH STATEMENT EXECUTE FUNCTION append_only();
