CREATE TABLE "pool_moves" (
	"case_id" text NOT NULL,
	"number" integer NOT NULL,
	"project_id" text NOT NULL,
	"from_pool" text,
	"to_pool" text NOT NULL,
	"sampling_id" text,
	"rotation_id" text,
	"moved_at" bigint NOT NULL,
	CONSTRAINT "pool_moves_case_id_number_pk" PRIMARY KEY("case_id","number")
);
--> statement-breakpoint
CREATE TABLE "pool_settings" (
	"project_id" text PRIMARY KEY NOT NULL,
	"floor_share" double precision NOT NULL,
	"holdout_share" double precision NOT NULL,
	"rotation_days" integer NOT NULL,
	"graduating_share" double precision NOT NULL,
	"active_rotations" integer NOT NULL,
	"calendar_token_hash" text,
	"updated_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "rotations" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"plan" jsonb NOT NULL,
	"sampling_id" text,
	"done_by" text,
	"done_at" bigint NOT NULL,
	"undone_by" text,
	"undone_at" bigint
);
--> statement-breakpoint
CREATE TABLE "samplings" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"seed" integer NOT NULL,
	"plan" jsonb NOT NULL,
	"done_by" text,
	"done_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "closeness_scores" (
	"response_id" text NOT NULL,
	"reference_id" text NOT NULL,
	"measure" text NOT NULL,
	"value" double precision NOT NULL,
	CONSTRAINT "closeness_scores_response_id_reference_id_measure_pk" PRIMARY KEY("response_id","reference_id","measure")
);
--> statement-breakpoint
CREATE TABLE "closeness_thresholds" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"measure" text NOT NULL,
	"calibration" jsonb NOT NULL,
	"set_by" text,
	"set_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference_tasks" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"case_id" text NOT NULL,
	"kind" text NOT NULL,
	"quality" text NOT NULL,
	"rubric_version_id" text,
	"reference_id" text,
	"state" text NOT NULL,
	"taken_by" text,
	"lease_expires_at" bigint,
	"draft" text DEFAULT '' NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
CREATE TABLE "scans" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"file_names" jsonb NOT NULL,
	"bytes" integer NOT NULL,
	"findings" jsonb NOT NULL,
	"scanned_by" text,
	"scanned_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "break_glass" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"case_id" text NOT NULL,
	"reason" text NOT NULL,
	"asked_by" text NOT NULL,
	"asked_as" text NOT NULL,
	"asked_at" bigint NOT NULL,
	"answered_by" text,
	"answered_at" bigint,
	"answer" text,
	"opens_until" bigint
);
--> statement-breakpoint
CREATE TABLE "exposures" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"case_id" text NOT NULL,
	"user_id" text NOT NULL,
	"exposed_for" text NOT NULL,
	"assignment_id" text,
	"task_id" text,
	"break_glass_id" text,
	"opened_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sealed_sets" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"canary" text NOT NULL,
	"sealed_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sealed_texts" (
	"kind" text NOT NULL,
	"id" text NOT NULL,
	"case_id" text NOT NULL,
	"key_id" text NOT NULL,
	"sealed" text NOT NULL,
	CONSTRAINT "sealed_texts_kind_id_pk" PRIMARY KEY("kind","id")
);
--> statement-breakpoint
CREATE TABLE "seals" (
	"case_id" text PRIMARY KEY NOT NULL,
	"set_id" text NOT NULL,
	"content_hash" text NOT NULL,
	"sealed_at" bigint NOT NULL,
	"sealed_until" bigint NOT NULL,
	"ended_at" bigint
);
--> statement-breakpoint
ALTER TABLE "responses" ALTER COLUMN "system_version_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "pool" text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "sealed" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "entered_pool_at" bigint;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "sampling_weight" double precision;--> statement-breakpoint
ALTER TABLE "cases" ADD COLUMN "burnt_at" bigint;--> statement-breakpoint
ALTER TABLE "reference_answers" ADD COLUMN "rubric_version_id" text;--> statement-breakpoint
ALTER TABLE "reference_answers" ADD COLUMN "state" text DEFAULT 'written' NOT NULL;--> statement-breakpoint
ALTER TABLE "reference_answers" ADD COLUMN "checked_by" text;--> statement-breakpoint
ALTER TABLE "reference_answers" ADD COLUMN "checked_at" bigint;--> statement-breakpoint
ALTER TABLE "reference_answers" ADD COLUMN "check_note" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "reference_answers" ADD COLUMN "from_rating_id" text;--> statement-breakpoint
ALTER TABLE "reference_answers" ADD COLUMN "supersedes_id" text;--> statement-breakpoint
ALTER TABLE "responses" ADD COLUMN "reference_id" text;--> statement-breakpoint
ALTER TABLE "pool_moves" ADD CONSTRAINT "pool_moves_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pool_moves" ADD CONSTRAINT "pool_moves_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pool_moves" ADD CONSTRAINT "pool_moves_sampling_id_samplings_id_fk" FOREIGN KEY ("sampling_id") REFERENCES "public"."samplings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pool_moves" ADD CONSTRAINT "pool_moves_rotation_id_rotations_id_fk" FOREIGN KEY ("rotation_id") REFERENCES "public"."rotations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "pool_settings" ADD CONSTRAINT "pool_settings_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rotations" ADD CONSTRAINT "rotations_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rotations" ADD CONSTRAINT "rotations_sampling_id_samplings_id_fk" FOREIGN KEY ("sampling_id") REFERENCES "public"."samplings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rotations" ADD CONSTRAINT "rotations_done_by_users_id_fk" FOREIGN KEY ("done_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rotations" ADD CONSTRAINT "rotations_undone_by_users_id_fk" FOREIGN KEY ("undone_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "samplings" ADD CONSTRAINT "samplings_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "samplings" ADD CONSTRAINT "samplings_done_by_users_id_fk" FOREIGN KEY ("done_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closeness_scores" ADD CONSTRAINT "closeness_scores_response_id_responses_id_fk" FOREIGN KEY ("response_id") REFERENCES "public"."responses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closeness_scores" ADD CONSTRAINT "closeness_scores_reference_id_reference_answers_id_fk" FOREIGN KEY ("reference_id") REFERENCES "public"."reference_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closeness_thresholds" ADD CONSTRAINT "closeness_thresholds_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "closeness_thresholds" ADD CONSTRAINT "closeness_thresholds_set_by_users_id_fk" FOREIGN KEY ("set_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_tasks" ADD CONSTRAINT "reference_tasks_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_tasks" ADD CONSTRAINT "reference_tasks_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_tasks" ADD CONSTRAINT "reference_tasks_rubric_version_id_rubric_versions_id_fk" FOREIGN KEY ("rubric_version_id") REFERENCES "public"."rubric_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_tasks" ADD CONSTRAINT "reference_tasks_reference_id_reference_answers_id_fk" FOREIGN KEY ("reference_id") REFERENCES "public"."reference_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_tasks" ADD CONSTRAINT "reference_tasks_taken_by_users_id_fk" FOREIGN KEY ("taken_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_tasks" ADD CONSTRAINT "reference_tasks_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scans" ADD CONSTRAINT "scans_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scans" ADD CONSTRAINT "scans_scanned_by_users_id_fk" FOREIGN KEY ("scanned_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_asked_by_users_id_fk" FOREIGN KEY ("asked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "break_glass" ADD CONSTRAINT "break_glass_answered_by_users_id_fk" FOREIGN KEY ("answered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exposures" ADD CONSTRAINT "exposures_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exposures" ADD CONSTRAINT "exposures_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exposures" ADD CONSTRAINT "exposures_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exposures" ADD CONSTRAINT "exposures_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exposures" ADD CONSTRAINT "exposures_task_id_reference_tasks_id_fk" FOREIGN KEY ("task_id") REFERENCES "public"."reference_tasks"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "exposures" ADD CONSTRAINT "exposures_break_glass_id_break_glass_id_fk" FOREIGN KEY ("break_glass_id") REFERENCES "public"."break_glass"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_sets" ADD CONSTRAINT "sealed_sets_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sealed_texts" ADD CONSTRAINT "sealed_texts_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seals" ADD CONSTRAINT "seals_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "seals" ADD CONSTRAINT "seals_set_id_sealed_sets_id_fk" FOREIGN KEY ("set_id") REFERENCES "public"."sealed_sets"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "pool_moves_by_rotation" ON "pool_moves" USING btree ("rotation_id");--> statement-breakpoint
CREATE INDEX "pool_moves_by_sampling" ON "pool_moves" USING btree ("sampling_id");--> statement-breakpoint
CREATE INDEX "pool_moves_by_project" ON "pool_moves" USING btree ("project_id","moved_at");--> statement-breakpoint
CREATE INDEX "rotations_by_project" ON "rotations" USING btree ("project_id","done_at");--> statement-breakpoint
CREATE INDEX "samplings_by_project" ON "samplings" USING btree ("project_id","done_at");--> statement-breakpoint
CREATE INDEX "closeness_scores_by_reference" ON "closeness_scores" USING btree ("reference_id");--> statement-breakpoint
CREATE INDEX "closeness_thresholds_by_project" ON "closeness_thresholds" USING btree ("project_id","measure","set_at");--> statement-breakpoint
CREATE INDEX "reference_tasks_by_state" ON "reference_tasks" USING btree ("project_id","state","created_at","id");--> statement-breakpoint
CREATE INDEX "reference_tasks_by_case" ON "reference_tasks" USING btree ("case_id","kind","quality");--> statement-breakpoint
CREATE INDEX "reference_tasks_by_taker" ON "reference_tasks" USING btree ("taken_by","state");--> statement-breakpoint
CREATE INDEX "scans_by_project" ON "scans" USING btree ("project_id","scanned_at");--> statement-breakpoint
CREATE INDEX "break_glass_by_project" ON "break_glass" USING btree ("project_id","asked_at");--> statement-breakpoint
CREATE INDEX "break_glass_by_case" ON "break_glass" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "exposures_by_case" ON "exposures" USING btree ("case_id","opened_at");--> statement-breakpoint
CREATE INDEX "exposures_by_project" ON "exposures" USING btree ("project_id","opened_at","id");--> statement-breakpoint
CREATE INDEX "exposures_by_user" ON "exposures" USING btree ("user_id","opened_at");--> statement-breakpoint
CREATE UNIQUE INDEX "sealed_sets_by_canary" ON "sealed_sets" USING btree ("canary");--> statement-breakpoint
CREATE INDEX "sealed_sets_by_project" ON "sealed_sets" USING btree ("project_id","sealed_at");--> statement-breakpoint
CREATE INDEX "sealed_texts_by_case" ON "sealed_texts" USING btree ("case_id","kind");--> statement-breakpoint
CREATE INDEX "sealed_texts_by_key" ON "sealed_texts" USING btree ("key_id");--> statement-breakpoint
CREATE INDEX "seals_by_set" ON "seals" USING btree ("set_id");--> statement-breakpoint
ALTER TABLE "reference_answers" ADD CONSTRAINT "reference_answers_rubric_version_id_rubric_versions_id_fk" FOREIGN KEY ("rubric_version_id") REFERENCES "public"."rubric_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_answers" ADD CONSTRAINT "reference_answers_checked_by_users_id_fk" FOREIGN KEY ("checked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_answers" ADD CONSTRAINT "reference_answers_supersedes_id_reference_answers_id_fk" FOREIGN KEY ("supersedes_id") REFERENCES "public"."reference_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_reference_id_reference_answers_id_fk" FOREIGN KEY ("reference_id") REFERENCES "public"."reference_answers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "cases_by_pool" ON "cases" USING btree ("project_id","pool","category","user_segment","id");--> statement-breakpoint
CREATE UNIQUE INDEX "responses_by_reference" ON "responses" USING btree ("reference_id");--> statement-breakpoint
CREATE TRIGGER "exposures_are_final" BEFORE UPDATE ON "exposures" FOR EACH ROW EXECUTE FUNCTION refuse('an exposure is never changed');--> statement-breakpoint
CREATE TRIGGER "exposures_stay" BEFORE DELETE ON "exposures" FOR EACH ROW EXECUTE FUNCTION refuse('exposures are never deleted');--> statement-breakpoint
CREATE TRIGGER "pool_moves_are_final" BEFORE UPDATE ON "pool_moves" FOR EACH ROW EXECUTE FUNCTION refuse('a move between pools is never changed');--> statement-breakpoint
CREATE TRIGGER "pool_moves_stay" BEFORE DELETE ON "pool_moves" FOR EACH ROW EXECUTE FUNCTION refuse('moves between pools are never deleted');
