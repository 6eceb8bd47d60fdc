CREATE TABLE "case_documents" (
	"case_id" text NOT NULL,
	"position" integer NOT NULL,
	"document_id" text NOT NULL,
	CONSTRAINT "case_documents_case_id_position_pk" PRIMARY KEY("case_id","position")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"key" text NOT NULL,
	"input" text NOT NULL,
	"category" text NOT NULL,
	"user_segment" text NOT NULL,
	"metadata" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"search_text" text NOT NULL,
	"created_at" bigint NOT NULL,
	"archived_at" bigint
);
--> statement-breakpoint
CREATE TABLE "documents" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"title" text NOT NULL,
	"text" text NOT NULL,
	"content_hash" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "reference_answers" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"case_id" text NOT NULL,
	"quality" text NOT NULL,
	"text" text NOT NULL,
	"content_hash" text NOT NULL,
	"author_id" text,
	"created_at" bigint NOT NULL,
	"superseded_at" bigint
);
--> statement-breakpoint
CREATE TABLE "responses" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"case_id" text NOT NULL,
	"system_version_id" text NOT NULL,
	"text" text NOT NULL,
	"metadata" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "system_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"notes" text DEFAULT '' NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "installation" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"id" text PRIMARY KEY NOT NULL,
	"token_hash" text NOT NULL,
	"project_id" text NOT NULL,
	"email" text NOT NULL,
	"name" text NOT NULL,
	"roles" jsonb NOT NULL,
	"invited_by" text NOT NULL,
	"created_at" bigint NOT NULL,
	"expires_at" bigint NOT NULL,
	"accepted_at" bigint,
	"revoked_at" bigint,
	CONSTRAINT "invitations_tokenHash_unique" UNIQUE("token_hash")
);
--> statement-breakpoint
CREATE TABLE "memberships" (
	"project_id" text NOT NULL,
	"user_id" text NOT NULL,
	"role" text NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "memberships_project_id_user_id_role_pk" PRIMARY KEY("project_id","user_id","role")
);
--> statement-breakpoint
CREATE TABLE "projects" (
	"id" text PRIMARY KEY NOT NULL,
	"slug" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"categories" jsonb NOT NULL,
	"user_segments" jsonb NOT NULL,
	"created_at" bigint NOT NULL,
	CONSTRAINT "projects_slug_unique" UNIQUE("slug")
);
--> statement-breakpoint
CREATE TABLE "rater_keys" (
	"project_id" text NOT NULL,
	"key" text NOT NULL,
	"user_id" text NOT NULL,
	CONSTRAINT "rater_keys_project_id_key_pk" PRIMARY KEY("project_id","key")
);
--> statement-breakpoint
CREATE TABLE "sessions" (
	"id" text PRIMARY KEY NOT NULL,
	"user_id" text NOT NULL,
	"expires_at" bigint NOT NULL,
	"created_at" bigint NOT NULL,
	"user_agent" text DEFAULT '' NOT NULL
);
--> statement-breakpoint
CREATE TABLE "sign_in_failures" (
	"key" text NOT NULL,
	"at" bigint NOT NULL,
	"number" integer NOT NULL,
	CONSTRAINT "sign_in_failures_key_at_number_pk" PRIMARY KEY("key","at","number")
);
--> statement-breakpoint
CREATE TABLE "users" (
	"id" text PRIMARY KEY NOT NULL,
	"email" text,
	"name" text NOT NULL,
	"password_hash" text,
	"single_keys" boolean DEFAULT true NOT NULL,
	"tour_seen_at" bigint,
	"disabled_at" bigint,
	"created_at" bigint NOT NULL,
	CONSTRAINT "users_email_unique" UNIQUE("email")
);
--> statement-breakpoint
CREATE TABLE "flags" (
	"id" text PRIMARY KEY NOT NULL,
	"item_id" text NOT NULL,
	"rater_id" text NOT NULL,
	"kind" text NOT NULL,
	"note" text DEFAULT '' NOT NULL,
	"created_at" bigint NOT NULL,
	"resolved_at" bigint,
	"resolved_by" text
);
--> statement-breakpoint
CREATE TABLE "ratings" (
	"id" text PRIMARY KEY NOT NULL,
	"item_id" text NOT NULL,
	"round_id" text NOT NULL,
	"rater_id" text NOT NULL,
	"assignment_id" text,
	"rubric_version_id" text NOT NULL,
	"submission_id" text NOT NULL,
	"revision" integer NOT NULL,
	"source" text NOT NULL,
	"closest_reference" text,
	"better_answer" text DEFAULT '' NOT NULL,
	"evidence" jsonb NOT NULL,
	"active_ms" integer,
	"references_seen" boolean DEFAULT false NOT NULL,
	"changed_after_references" boolean DEFAULT false NOT NULL,
	"submitted_at" bigint NOT NULL,
	"superseded_at" bigint,
	"superseded_because" text,
	CONSTRAINT "ratings_submissionId_unique" UNIQUE("submission_id")
);
--> statement-breakpoint
CREATE TABLE "scores" (
	"rating_id" text NOT NULL,
	"dimension_id" text NOT NULL,
	"level" integer,
	"cannot_judge" text,
	"note" text DEFAULT '' NOT NULL,
	CONSTRAINT "scores_rating_id_dimension_id_pk" PRIMARY KEY("rating_id","dimension_id")
);
--> statement-breakpoint
CREATE TABLE "assignments" (
	"id" text PRIMARY KEY NOT NULL,
	"item_id" text NOT NULL,
	"round_id" text NOT NULL,
	"response_id" text NOT NULL,
	"rater_id" text NOT NULL,
	"state" text NOT NULL,
	"claimed_at" bigint NOT NULL,
	"lease_expires_at" bigint NOT NULL,
	"ended_at" bigint,
	"skip_reason" text,
	"references_seen_at" bigint,
	"scores_before_references" jsonb
);
--> statement-breakpoint
CREATE TABLE "drafts" (
	"assignment_id" text PRIMARY KEY NOT NULL,
	"content" jsonb NOT NULL,
	"saved_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "items" (
	"id" text PRIMARY KEY NOT NULL,
	"round_id" text NOT NULL,
	"response_id" text NOT NULL,
	"case_id" text NOT NULL,
	"reason" text NOT NULL,
	"selection_probability" double precision NOT NULL,
	"needed" integer NOT NULL,
	"taken" integer DEFAULT 0 NOT NULL,
	"done" integer DEFAULT 0 NOT NULL,
	"tier" integer GENERATED ALWAYS AS (case when taken >= needed then 0 when taken > 0 then 1 else 2 end) STORED NOT NULL,
	"position" integer NOT NULL,
	CONSTRAINT "items_counts" CHECK (0 <= done and done <= taken and taken <= needed)
);
--> statement-breakpoint
CREATE TABLE "round_raters" (
	"round_id" text NOT NULL,
	"rater_id" text NOT NULL,
	"seed" integer NOT NULL,
	"claims" integer DEFAULT 0 NOT NULL,
	"exhausted_at" integer,
	"added_at" bigint NOT NULL,
	CONSTRAINT "round_raters_round_id_rater_id_pk" PRIMARY KEY("round_id","rater_id")
);
--> statement-breakpoint
CREATE TABLE "rounds" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"name" text NOT NULL,
	"rubric_version_id" text NOT NULL,
	"state" text NOT NULL,
	"overlap" integer NOT NULL,
	"references_shown" text NOT NULL,
	"instructions" text DEFAULT '' NOT NULL,
	"seconds_per_item" integer NOT NULL,
	"starts_at" bigint,
	"ends_at" bigint,
	"simulated" text,
	"reopened" integer DEFAULT 0 NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "dimensions" (
	"id" text PRIMARY KEY NOT NULL,
	"rubric_version_id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"description" text DEFAULT '' NOT NULL,
	"position" integer NOT NULL,
	"weight" double precision DEFAULT 1 NOT NULL,
	"rationale_at_or_below" integer
);
--> statement-breakpoint
CREATE TABLE "levels" (
	"dimension_id" text NOT NULL,
	"value" integer NOT NULL,
	"label" text DEFAULT '' NOT NULL,
	"anchor" text NOT NULL,
	"examples" jsonb NOT NULL,
	CONSTRAINT "levels_dimension_id_value_pk" PRIMARY KEY("dimension_id","value")
);
--> statement-breakpoint
CREATE TABLE "rubric_versions" (
	"id" text PRIMARY KEY NOT NULL,
	"rubric_id" text NOT NULL,
	"number" integer NOT NULL,
	"state" text NOT NULL,
	"change_note" text DEFAULT '' NOT NULL,
	"content_hash" text NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"published_at" bigint,
	"retired_at" bigint
);
--> statement-breakpoint
CREATE TABLE "rubrics" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"key" text NOT NULL,
	"name" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_entries" (
	"number" integer PRIMARY KEY NOT NULL,
	"at" bigint NOT NULL,
	"project_id" text,
	"actor_id" text,
	"actor_name" text NOT NULL,
	"action" text NOT NULL,
	"subject" text NOT NULL,
	"subject_id" text NOT NULL,
	"detail" text NOT NULL,
	"previous_hash" text NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "jobs" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"payload" jsonb NOT NULL,
	"result" jsonb,
	"progress" integer DEFAULT 0 NOT NULL,
	"total" integer DEFAULT 0 NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL,
	"started_at" bigint,
	"finished_at" bigint,
	"lease_until" bigint
);
--> statement-breakpoint
ALTER TABLE "case_documents" ADD CONSTRAINT "case_documents_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "case_documents" ADD CONSTRAINT "case_documents_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "documents" ADD CONSTRAINT "documents_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_answers" ADD CONSTRAINT "reference_answers_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_answers" ADD CONSTRAINT "reference_answers_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reference_answers" ADD CONSTRAINT "reference_answers_author_id_users_id_fk" FOREIGN KEY ("author_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "responses" ADD CONSTRAINT "responses_system_version_id_system_versions_id_fk" FOREIGN KEY ("system_version_id") REFERENCES "public"."system_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "system_versions" ADD CONSTRAINT "system_versions_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_invited_by_users_id_fk" FOREIGN KEY ("invited_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "memberships" ADD CONSTRAINT "memberships_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rater_keys" ADD CONSTRAINT "rater_keys_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rater_keys" ADD CONSTRAINT "rater_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_rater_id_users_id_fk" FOREIGN KEY ("rater_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "flags" ADD CONSTRAINT "flags_resolved_by_users_id_fk" FOREIGN KEY ("resolved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_rater_id_users_id_fk" FOREIGN KEY ("rater_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ratings" ADD CONSTRAINT "ratings_rubric_version_id_rubric_versions_id_fk" FOREIGN KEY ("rubric_version_id") REFERENCES "public"."rubric_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scores" ADD CONSTRAINT "scores_rating_id_ratings_id_fk" FOREIGN KEY ("rating_id") REFERENCES "public"."ratings"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "scores" ADD CONSTRAINT "scores_dimension_id_dimensions_id_fk" FOREIGN KEY ("dimension_id") REFERENCES "public"."dimensions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_item_id_items_id_fk" FOREIGN KEY ("item_id") REFERENCES "public"."items"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_response_id_responses_id_fk" FOREIGN KEY ("response_id") REFERENCES "public"."responses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "assignments" ADD CONSTRAINT "assignments_rater_id_users_id_fk" FOREIGN KEY ("rater_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "drafts" ADD CONSTRAINT "drafts_assignment_id_assignments_id_fk" FOREIGN KEY ("assignment_id") REFERENCES "public"."assignments"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_response_id_responses_id_fk" FOREIGN KEY ("response_id") REFERENCES "public"."responses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "items" ADD CONSTRAINT "items_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round_raters" ADD CONSTRAINT "round_raters_round_id_rounds_id_fk" FOREIGN KEY ("round_id") REFERENCES "public"."rounds"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "round_raters" ADD CONSTRAINT "round_raters_rater_id_users_id_fk" FOREIGN KEY ("rater_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_rubric_version_id_rubric_versions_id_fk" FOREIGN KEY ("rubric_version_id") REFERENCES "public"."rubric_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dimensions" ADD CONSTRAINT "dimensions_rubric_version_id_rubric_versions_id_fk" FOREIGN KEY ("rubric_version_id") REFERENCES "public"."rubric_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "levels" ADD CONSTRAINT "levels_dimension_id_dimensions_id_fk" FOREIGN KEY ("dimension_id") REFERENCES "public"."dimensions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rubric_versions" ADD CONSTRAINT "rubric_versions_rubric_id_rubrics_id_fk" FOREIGN KEY ("rubric_id") REFERENCES "public"."rubrics"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rubric_versions" ADD CONSTRAINT "rubric_versions_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rubrics" ADD CONSTRAINT "rubrics_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "audit_entries" ADD CONSTRAINT "audit_entries_actor_id_users_id_fk" FOREIGN KEY ("actor_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "jobs" ADD CONSTRAINT "jobs_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "case_documents_by_document" ON "case_documents" USING btree ("document_id");--> statement-breakpoint
CREATE UNIQUE INDEX "cases_by_key" ON "cases" USING btree ("project_id","key");--> statement-breakpoint
CREATE INDEX "cases_by_segment" ON "cases" USING btree ("project_id","category","user_segment");--> statement-breakpoint
CREATE INDEX "cases_by_age" ON "cases" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE UNIQUE INDEX "documents_by_content" ON "documents" USING btree ("project_id","content_hash");--> statement-breakpoint
CREATE INDEX "references_by_case" ON "reference_answers" USING btree ("case_id","quality");--> statement-breakpoint
CREATE UNIQUE INDEX "references_by_content" ON "reference_answers" USING btree ("case_id","quality","content_hash");--> statement-breakpoint
CREATE INDEX "references_by_author" ON "reference_answers" USING btree ("author_id","case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "responses_by_case" ON "responses" USING btree ("case_id","system_version_id");--> statement-breakpoint
CREATE INDEX "responses_by_system" ON "responses" USING btree ("system_version_id","case_id");--> statement-breakpoint
CREATE UNIQUE INDEX "system_versions_by_name" ON "system_versions" USING btree ("project_id","name");--> statement-breakpoint
CREATE INDEX "invitations_by_project" ON "invitations" USING btree ("project_id","created_at");--> statement-breakpoint
CREATE INDEX "memberships_by_user" ON "memberships" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "sessions_by_user" ON "sessions" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "flags_by_item" ON "flags" USING btree ("item_id");--> statement-breakpoint
CREATE UNIQUE INDEX "ratings_by_revision" ON "ratings" USING btree ("item_id","rater_id","revision");--> statement-breakpoint
CREATE INDEX "ratings_by_round" ON "ratings" USING btree ("round_id","superseded_at");--> statement-breakpoint
CREATE INDEX "ratings_by_rater" ON "ratings" USING btree ("rater_id","submitted_at");--> statement-breakpoint
CREATE INDEX "ratings_by_rubric" ON "ratings" USING btree ("rubric_version_id","submitted_at");--> statement-breakpoint
CREATE UNIQUE INDEX "assignments_once" ON "assignments" USING btree ("item_id","rater_id");--> statement-breakpoint
CREATE INDEX "assignments_by_rater" ON "assignments" USING btree ("rater_id","round_id","state","claimed_at");--> statement-breakpoint
CREATE INDEX "assignments_by_response" ON "assignments" USING btree ("rater_id","response_id");--> statement-breakpoint
CREATE INDEX "assignments_by_lease" ON "assignments" USING btree ("state","lease_expires_at");--> statement-breakpoint
CREATE INDEX "items_by_claim" ON "items" USING btree ("round_id","tier","position");--> statement-breakpoint
CREATE UNIQUE INDEX "items_by_response" ON "items" USING btree ("round_id","response_id","reason");--> statement-breakpoint
CREATE INDEX "items_by_case" ON "items" USING btree ("case_id");--> statement-breakpoint
CREATE INDEX "round_raters_by_rater" ON "round_raters" USING btree ("rater_id");--> statement-breakpoint
CREATE INDEX "rounds_by_project" ON "rounds" USING btree ("project_id","created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "dimensions_by_key" ON "dimensions" USING btree ("rubric_version_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "rubric_versions_by_number" ON "rubric_versions" USING btree ("rubric_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "rubrics_by_key" ON "rubrics" USING btree ("project_id","key");--> statement-breakpoint
CREATE UNIQUE INDEX "audit_entries_by_hash" ON "audit_entries" USING btree ("hash");--> statement-breakpoint
CREATE INDEX "audit_entries_by_project" ON "audit_entries" USING btree ("project_id","number");--> statement-breakpoint
CREATE INDEX "audit_entries_by_subject" ON "audit_entries" USING btree ("subject","subject_id","number");--> statement-breakpoint
CREATE INDEX "jobs_by_state" ON "jobs" USING btree ("state","created_at");--> statement-breakpoint
CREATE INDEX "jobs_by_project" ON "jobs" USING btree ("project_id","created_at");