DROP INDEX "ratings_by_round";--> statement-breakpoint
CREATE INDEX "ratings_by_round" ON "ratings" USING btree ("round_id","superseded_at","id");