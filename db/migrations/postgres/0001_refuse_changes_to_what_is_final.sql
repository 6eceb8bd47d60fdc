CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%', TG_ARGV[0] USING ERRCODE = 'restrict_violation'; END $$;
--> statement-breakpoint
CREATE TRIGGER "ratings_are_final" BEFORE UPDATE ON "ratings" FOR EACH ROW WHEN (NOT (OLD.superseded_at IS NULL AND NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.item_id IS NOT DISTINCT FROM OLD.item_id AND NEW.round_id IS NOT DISTINCT FROM OLD.round_id AND NEW.rater_id IS NOT DISTINCT FROM OLD.rater_id AND NEW.assignment_id IS NOT DISTINCT FROM OLD.assignment_id AND NEW.rubric_version_id IS NOT DISTINCT FROM OLD.rubric_version_id AND NEW.submission_id IS NOT DISTINCT FROM OLD.submission_id AND NEW.revision IS NOT DISTINCT FROM OLD.revision AND NEW.source IS NOT DISTINCT FROM OLD.source AND NEW.closest_reference IS NOT DISTINCT FROM OLD.closest_reference AND NEW.better_answer IS NOT DISTINCT FROM OLD.better_answer AND NEW.evidence IS NOT DISTINCT FROM OLD.evidence AND NEW.active_ms IS NOT DISTINCT FROM OLD.active_ms AND NEW.references_seen IS NOT DISTINCT FROM OLD.references_seen AND NEW.changed_after_references IS NOT DISTINCT FROM OLD.changed_after_references AND NEW.submitted_at IS NOT DISTINCT FROM OLD.submitted_at)) EXECUTE FUNCTION refuse('a submitted rating is never changed, only superseded');
--> statement-breakpoint
CREATE TRIGGER "ratings_stay" BEFORE DELETE ON "ratings" FOR EACH ROW EXECUTE FUNCTION refuse('ratings are never deleted');
--> statement-breakpoint
CREATE TRIGGER "scores_are_final" BEFORE UPDATE ON "scores" FOR EACH ROW EXECUTE FUNCTION refuse('a submitted score is never changed');
--> statement-breakpoint
CREATE TRIGGER "scores_stay" BEFORE DELETE ON "scores" FOR EACH ROW EXECUTE FUNCTION refuse('scores are never deleted');
--> statement-breakpoint
CREATE TRIGGER "audit_entries_are_final" BEFORE UPDATE ON "audit_entries" FOR EACH ROW EXECUTE FUNCTION refuse('the audit log is never changed');
--> statement-breakpoint
CREATE TRIGGER "audit_entries_stay" BEFORE DELETE ON "audit_entries" FOR EACH ROW EXECUTE FUNCTION refuse('the audit log is never shortened');
--> statement-breakpoint
CREATE TRIGGER "published_versions_are_final" BEFORE UPDATE ON "rubric_versions" FOR EACH ROW WHEN (OLD.state <> 'draft' AND NOT (NEW.id IS NOT DISTINCT FROM OLD.id AND NEW.rubric_id IS NOT DISTINCT FROM OLD.rubric_id AND NEW.number IS NOT DISTINCT FROM OLD.number AND NEW.content_hash IS NOT DISTINCT FROM OLD.content_hash AND NEW.change_note IS NOT DISTINCT FROM OLD.change_note AND NEW.created_by IS NOT DISTINCT FROM OLD.created_by AND NEW.created_at IS NOT DISTINCT FROM OLD.created_at AND NEW.published_at IS NOT DISTINCT FROM OLD.published_at AND NEW.state <> 'draft')) EXECUTE FUNCTION refuse('a published rubric version is never changed');
--> statement-breakpoint
CREATE TRIGGER "published_versions_stay" BEFORE DELETE ON "rubric_versions" FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION refuse('a published rubric version is never deleted');
--> statement-breakpoint
CREATE FUNCTION refuse_when_published() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE touched record; state_of_version text;
BEGIN
  IF TG_OP = 'INSERT' THEN touched := NEW; ELSE touched := OLD; END IF;
  IF TG_TABLE_NAME = 'dimensions' THEN
    SELECT state INTO state_of_version FROM rubric_versions WHERE id = touched.rubric_version_id;
  ELSE
    SELECT v.state INTO state_of_version FROM rubric_versions v JOIN dimensions d ON d.rubric_version_id = v.id WHERE d.id = touched.dimension_id;
  END IF;
  IF state_of_version <> 'draft' THEN
    RAISE EXCEPTION 'the % of a published rubric version are never changed', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER "published_dimensions_are_final" BEFORE INSERT OR UPDATE OR DELETE ON "dimensions" FOR EACH ROW EXECUTE FUNCTION refuse_when_published();
--> statement-breakpoint
CREATE TRIGGER "published_levels_are_final" BEFORE INSERT OR UPDATE OR DELETE ON "levels" FOR EACH ROW EXECUTE FUNCTION refuse_when_published();
