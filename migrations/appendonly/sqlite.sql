CREATE TRIGGER history_update BEFORE UPDATE ON history
WHEN NOT (NEW.number = OLD.number AND NEW.seq = OLD.seq AND NEW.at = OLD.at AND NEW.event = OLD.event AND NEW.step = OLD.step
    AND NEW.visit = OLD.visit AND NEW.word = OLD.word AND NEW.rule = OLD.rule AND NEW.mail = OLD.mail AND NEW.personal = OLD.personal AND NEW.hash = OLD.hash
    AND NEW.author = '' AND NEW.note = '' AND NEW.message_id = '' AND NEW.proof = '' AND NEW.salt = ''
    AND EXISTS (SELECT 1 FROM history p WHERE p.number = OLD.number AND p.seq > OLD.seq AND p.event = 'purged'))
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER history_delete BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER history_replace BEFORE INSERT ON history
WHEN EXISTS (SELECT 1 FROM history h WHERE h.number = NEW.number AND h.seq = NEW.seq)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

CREATE TRIGGER anchors_update BEFORE UPDATE ON anchors
BEGIN SELECT RAISE(ABORT, 'anchors is append-only'); END;

CREATE TRIGGER anchors_delete BEFORE DELETE ON anchors
BEGIN SELECT RAISE(ABORT, 'anchors is append-only'); END;

CREATE TRIGGER anchors_replace BEFORE INSERT ON anchors
WHEN EXISTS (SELECT 1 FROM anchors a WHERE a.before = NEW.before)
BEGIN SELECT RAISE(ABORT, 'anchors is append-only'); END;
