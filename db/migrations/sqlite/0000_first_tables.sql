CREATE TABLE `case_documents` (
	`case_id` text NOT NULL,
	`position` integer NOT NULL,
	`document_id` text NOT NULL,
	PRIMARY KEY(`case_id`, `position`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`document_id`) REFERENCES `documents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `case_documents_by_document` ON `case_documents` (`document_id`);--> statement-breakpoint
CREATE TABLE `cases` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`key` text NOT NULL,
	`input` text NOT NULL,
	`category` text NOT NULL,
	`user_segment` text NOT NULL,
	`metadata` text NOT NULL,
	`content_hash` text NOT NULL,
	`search_text` text NOT NULL,
	`created_at` integer NOT NULL,
	`archived_at` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `cases_by_key` ON `cases` (`project_id`,`key`);--> statement-breakpoint
CREATE INDEX `cases_by_segment` ON `cases` (`project_id`,`category`,`user_segment`);--> statement-breakpoint
CREATE INDEX `cases_by_age` ON `cases` (`project_id`,`created_at`,`id`);--> statement-breakpoint
CREATE TABLE `documents` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`title` text NOT NULL,
	`text` text NOT NULL,
	`content_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `documents_by_content` ON `documents` (`project_id`,`content_hash`);--> statement-breakpoint
CREATE TABLE `reference_answers` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`case_id` text NOT NULL,
	`quality` text NOT NULL,
	`text` text NOT NULL,
	`content_hash` text NOT NULL,
	`author_id` text,
	`created_at` integer NOT NULL,
	`superseded_at` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`author_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `references_by_case` ON `reference_answers` (`case_id`,`quality`);--> statement-breakpoint
CREATE UNIQUE INDEX `references_by_content` ON `reference_answers` (`case_id`,`quality`,`content_hash`);--> statement-breakpoint
CREATE INDEX `references_by_author` ON `reference_answers` (`author_id`,`case_id`);--> statement-breakpoint
CREATE TABLE `responses` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`case_id` text NOT NULL,
	`system_version_id` text NOT NULL,
	`text` text NOT NULL,
	`metadata` text NOT NULL,
	`content_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`system_version_id`) REFERENCES `system_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `responses_by_case` ON `responses` (`case_id`,`system_version_id`);--> statement-breakpoint
CREATE INDEX `responses_by_system` ON `responses` (`system_version_id`,`case_id`);--> statement-breakpoint
CREATE TABLE `system_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`name` text NOT NULL,
	`notes` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `system_versions_by_name` ON `system_versions` (`project_id`,`name`);--> statement-breakpoint
CREATE TABLE `installation` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `invitations` (
	`id` text PRIMARY KEY NOT NULL,
	`token_hash` text NOT NULL,
	`project_id` text NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`roles` text NOT NULL,
	`invited_by` text NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL,
	`accepted_at` integer,
	`revoked_at` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`invited_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `invitations_tokenHash_unique` ON `invitations` (`token_hash`);--> statement-breakpoint
CREATE INDEX `invitations_by_project` ON `invitations` (`project_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`project_id` text NOT NULL,
	`user_id` text NOT NULL,
	`role` text NOT NULL,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`project_id`, `user_id`, `role`),
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `memberships_by_user` ON `memberships` (`user_id`);--> statement-breakpoint
CREATE TABLE `projects` (
	`id` text PRIMARY KEY NOT NULL,
	`slug` text NOT NULL,
	`name` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`categories` text NOT NULL,
	`user_segments` text NOT NULL,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `projects_slug_unique` ON `projects` (`slug`);--> statement-breakpoint
CREATE TABLE `rater_keys` (
	`project_id` text NOT NULL,
	`key` text NOT NULL,
	`user_id` text NOT NULL,
	PRIMARY KEY(`project_id`, `key`),
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`expires_at` integer NOT NULL,
	`created_at` integer NOT NULL,
	`user_agent` text DEFAULT '' NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sessions_by_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `sign_in_failures` (
	`key` text NOT NULL,
	`at` integer NOT NULL,
	`number` integer NOT NULL,
	PRIMARY KEY(`key`, `at`, `number`)
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`email` text,
	`name` text NOT NULL,
	`password_hash` text,
	`single_keys` integer DEFAULT true NOT NULL,
	`tour_seen_at` integer,
	`disabled_at` integer,
	`created_at` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email_unique` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `flags` (
	`id` text PRIMARY KEY NOT NULL,
	`item_id` text NOT NULL,
	`rater_id` text NOT NULL,
	`kind` text NOT NULL,
	`note` text DEFAULT '' NOT NULL,
	`created_at` integer NOT NULL,
	`resolved_at` integer,
	`resolved_by` text,
	FOREIGN KEY (`item_id`) REFERENCES `items`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rater_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`resolved_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `flags_by_item` ON `flags` (`item_id`);--> statement-breakpoint
CREATE TABLE `ratings` (
	`id` text PRIMARY KEY NOT NULL,
	`item_id` text NOT NULL,
	`round_id` text NOT NULL,
	`rater_id` text NOT NULL,
	`assignment_id` text,
	`rubric_version_id` text NOT NULL,
	`submission_id` text NOT NULL,
	`revision` integer NOT NULL,
	`source` text NOT NULL,
	`closest_reference` text,
	`better_answer` text DEFAULT '' NOT NULL,
	`evidence` text NOT NULL,
	`active_ms` integer,
	`references_seen` integer DEFAULT false NOT NULL,
	`changed_after_references` integer DEFAULT false NOT NULL,
	`submitted_at` integer NOT NULL,
	`superseded_at` integer,
	`superseded_because` text,
	FOREIGN KEY (`item_id`) REFERENCES `items`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rater_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rubric_version_id`) REFERENCES `rubric_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `ratings_submissionId_unique` ON `ratings` (`submission_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `ratings_by_revision` ON `ratings` (`item_id`,`rater_id`,`revision`);--> statement-breakpoint
CREATE INDEX `ratings_by_round` ON `ratings` (`round_id`,`superseded_at`);--> statement-breakpoint
CREATE INDEX `ratings_by_rater` ON `ratings` (`rater_id`,`submitted_at`);--> statement-breakpoint
CREATE INDEX `ratings_by_rubric` ON `ratings` (`rubric_version_id`,`submitted_at`);--> statement-breakpoint
CREATE TABLE `scores` (
	`rating_id` text NOT NULL,
	`dimension_id` text NOT NULL,
	`level` integer,
	`cannot_judge` text,
	`note` text DEFAULT '' NOT NULL,
	PRIMARY KEY(`rating_id`, `dimension_id`),
	FOREIGN KEY (`rating_id`) REFERENCES `ratings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`dimension_id`) REFERENCES `dimensions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `assignments` (
	`id` text PRIMARY KEY NOT NULL,
	`item_id` text NOT NULL,
	`round_id` text NOT NULL,
	`response_id` text NOT NULL,
	`rater_id` text NOT NULL,
	`state` text NOT NULL,
	`claimed_at` integer NOT NULL,
	`lease_expires_at` integer NOT NULL,
	`ended_at` integer,
	`skip_reason` text,
	`references_seen_at` integer,
	`scores_before_references` text,
	FOREIGN KEY (`item_id`) REFERENCES `items`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`response_id`) REFERENCES `responses`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rater_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `assignments_once` ON `assignments` (`item_id`,`rater_id`);--> statement-breakpoint
CREATE INDEX `assignments_by_rater` ON `assignments` (`rater_id`,`round_id`,`state`,`claimed_at`);--> statement-breakpoint
CREATE INDEX `assignments_by_response` ON `assignments` (`rater_id`,`response_id`);--> statement-breakpoint
CREATE INDEX `assignments_by_lease` ON `assignments` (`state`,`lease_expires_at`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`assignment_id` text PRIMARY KEY NOT NULL,
	`content` text NOT NULL,
	`saved_at` integer NOT NULL,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `items` (
	`id` text PRIMARY KEY NOT NULL,
	`round_id` text NOT NULL,
	`response_id` text NOT NULL,
	`case_id` text NOT NULL,
	`reason` text NOT NULL,
	`selection_probability` real NOT NULL,
	`needed` integer NOT NULL,
	`taken` integer DEFAULT 0 NOT NULL,
	`done` integer DEFAULT 0 NOT NULL,
	`tier` integer GENERATED ALWAYS AS (case when taken >= needed then 0 when taken > 0 then 1 else 2 end) STORED NOT NULL,
	`position` integer NOT NULL,
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`response_id`) REFERENCES `responses`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "items_counts" CHECK(0 <= done and done <= taken and taken <= needed)
);
--> statement-breakpoint
CREATE INDEX `items_by_claim` ON `items` (`round_id`,`tier`,`position`);--> statement-breakpoint
CREATE UNIQUE INDEX `items_by_response` ON `items` (`round_id`,`response_id`,`reason`);--> statement-breakpoint
CREATE INDEX `items_by_case` ON `items` (`case_id`);--> statement-breakpoint
CREATE TABLE `round_raters` (
	`round_id` text NOT NULL,
	`rater_id` text NOT NULL,
	`seed` integer NOT NULL,
	`claims` integer DEFAULT 0 NOT NULL,
	`exhausted_at` integer,
	`added_at` integer NOT NULL,
	PRIMARY KEY(`round_id`, `rater_id`),
	FOREIGN KEY (`round_id`) REFERENCES `rounds`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rater_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `round_raters_by_rater` ON `round_raters` (`rater_id`);--> statement-breakpoint
CREATE TABLE `rounds` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`name` text NOT NULL,
	`rubric_version_id` text NOT NULL,
	`state` text NOT NULL,
	`overlap` integer NOT NULL,
	`references_shown` text NOT NULL,
	`instructions` text DEFAULT '' NOT NULL,
	`seconds_per_item` integer NOT NULL,
	`starts_at` integer,
	`ends_at` integer,
	`simulated` text,
	`reopened` integer DEFAULT 0 NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rubric_version_id`) REFERENCES `rubric_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `rounds_by_project` ON `rounds` (`project_id`,`created_at`);--> statement-breakpoint
CREATE TABLE `dimensions` (
	`id` text PRIMARY KEY NOT NULL,
	`rubric_version_id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`description` text DEFAULT '' NOT NULL,
	`position` integer NOT NULL,
	`weight` real DEFAULT 1 NOT NULL,
	`rationale_at_or_below` integer,
	FOREIGN KEY (`rubric_version_id`) REFERENCES `rubric_versions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `dimensions_by_key` ON `dimensions` (`rubric_version_id`,`key`);--> statement-breakpoint
CREATE TABLE `levels` (
	`dimension_id` text NOT NULL,
	`value` integer NOT NULL,
	`label` text DEFAULT '' NOT NULL,
	`anchor` text NOT NULL,
	`examples` text NOT NULL,
	PRIMARY KEY(`dimension_id`, `value`),
	FOREIGN KEY (`dimension_id`) REFERENCES `dimensions`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rubric_versions` (
	`id` text PRIMARY KEY NOT NULL,
	`rubric_id` text NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`change_note` text DEFAULT '' NOT NULL,
	`content_hash` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	`published_at` integer,
	`retired_at` integer,
	FOREIGN KEY (`rubric_id`) REFERENCES `rubrics`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rubric_versions_by_number` ON `rubric_versions` (`rubric_id`,`number`);--> statement-breakpoint
CREATE TABLE `rubrics` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`key` text NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `rubrics_by_key` ON `rubrics` (`project_id`,`key`);--> statement-breakpoint
CREATE TABLE `audit_entries` (
	`number` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`project_id` text,
	`actor_id` text,
	`actor_name` text NOT NULL,
	`action` text NOT NULL,
	`subject` text NOT NULL,
	`subject_id` text NOT NULL,
	`detail` text NOT NULL,
	`previous_hash` text NOT NULL,
	`hash` text NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`actor_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entries_by_hash` ON `audit_entries` (`hash`);--> statement-breakpoint
CREATE INDEX `audit_entries_by_project` ON `audit_entries` (`project_id`,`number`);--> statement-breakpoint
CREATE INDEX `audit_entries_by_subject` ON `audit_entries` (`subject`,`subject_id`,`number`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text,
	`kind` text NOT NULL,
	`state` text NOT NULL,
	`payload` text NOT NULL,
	`result` text,
	`progress` integer DEFAULT 0 NOT NULL,
	`total` integer DEFAULT 0 NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	`started_at` integer,
	`finished_at` integer,
	`lease_until` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `jobs_by_state` ON `jobs` (`state`,`created_at`);--> statement-breakpoint
CREATE INDEX `jobs_by_project` ON `jobs` (`project_id`,`created_at`);