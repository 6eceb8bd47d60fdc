CREATE TRIGGER `ratings_are_final` BEFORE UPDATE ON `ratings` WHEN NOT (OLD.superseded_at IS NULL AND NEW.id IS OLD.id AND NEW.item_id IS OLD.item_id AND NEW.round_id IS OLD.round_id AND NEW.rater_id IS OLD.rater_id AND NEW.assignment_id IS OLD.assignment_id AND NEW.rubric_version_id IS OLD.rubric_version_id AND NEW.submission_id IS OLD.submission_id AND NEW.revision IS OLD.revision AND NEW.source IS OLD.source AND NEW.closest_reference IS OLD.closest_reference AND NEW.better_answer IS OLD.better_answer AND NEW.evidence IS OLD.evidence AND NEW.active_ms IS OLD.active_ms AND NEW.references_seen IS OLD.references_seen AND NEW.changed_after_references IS OLD.changed_after_references AND NEW.submitted_at IS OLD.submitted_at)
BEGIN SELECT RAISE(ABORT, 'a submitted rating is never changed, only superseded'); END;
--> statement-breakpoint
CREATE TRIGGER `ratings_stay` BEFORE DELETE ON `ratings`
BEGIN SELECT RAISE(ABORT, 'ratings are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `scores_are_final` BEFORE UPDATE ON `scores`
BEGIN SELECT RAISE(ABORT, 'a submitted score is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `scores_stay` BEFORE DELETE ON `scores`
BEGIN SELECT RAISE(ABORT, 'scores are never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_entries_are_final` BEFORE UPDATE ON `audit_entries`
BEGIN SELECT RAISE(ABORT, 'the audit log is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `audit_entries_stay` BEFORE DELETE ON `audit_entries`
BEGIN SELECT RAISE(ABORT, 'the audit log is never shortened'); END;
--> statement-breakpoint
CREATE TRIGGER `published_versions_are_final` BEFORE UPDATE ON `rubric_versions` WHEN OLD.state <> 'draft' AND NOT (NEW.id IS OLD.id AND NEW.rubric_id IS OLD.rubric_id AND NEW.number IS OLD.number AND NEW.content_hash IS OLD.content_hash AND NEW.change_note IS OLD.change_note AND NEW.created_by IS OLD.created_by AND NEW.created_at IS OLD.created_at AND NEW.published_at IS OLD.published_at AND NEW.state <> 'draft')
BEGIN SELECT RAISE(ABORT, 'a published rubric version is never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `published_versions_stay` BEFORE DELETE ON `rubric_versions` WHEN OLD.state <> 'draft'
BEGIN SELECT RAISE(ABORT, 'a published rubric version is never deleted'); END;
--> statement-breakpoint
CREATE TRIGGER `published_dimensions_refuse_insert` BEFORE INSERT ON `dimensions` WHEN (SELECT state FROM rubric_versions WHERE id = NEW.rubric_version_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the dimensions of a published rubric version are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `published_levels_refuse_insert` BEFORE INSERT ON `levels` WHEN (SELECT v.state FROM rubric_versions v JOIN dimensions d ON d.rubric_version_id = v.id WHERE d.id = NEW.dimension_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the levels of a published rubric version are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `published_dimensions_refuse_update` BEFORE UPDATE ON `dimensions` WHEN (SELECT state FROM rubric_versions WHERE id = OLD.rubric_version_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the dimensions of a published rubric version are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `published_levels_refuse_update` BEFORE UPDATE ON `levels` WHEN (SELECT v.state FROM rubric_versions v JOIN dimensions d ON d.rubric_version_id = v.id WHERE d.id = OLD.dimension_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the levels of a published rubric version are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `published_dimensions_refuse_delete` BEFORE DELETE ON `dimensions` WHEN (SELECT state FROM rubric_versions WHERE id = OLD.rubric_version_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the dimensions of a published rubric version are never changed'); END;
--> statement-breakpoint
CREATE TRIGGER `published_levels_refuse_delete` BEFORE DELETE ON `levels` WHEN (SELECT v.state FROM rubric_versions v JOIN dimensions d ON d.rubric_version_id = v.id WHERE d.id = OLD.dimension_id) <> 'draft'
BEGIN SELECT RAISE(ABORT, 'the levels of a published rubric version are never changed'); END;
