CREATE TABLE `pool_moves` (
	`case_id` text NOT NULL,
	`number` integer NOT NULL,
	`project_id` text NOT NULL,
	`from_pool` text,
	`to_pool` text NOT NULL,
	`sampling_id` text,
	`rotation_id` text,
	`moved_at` integer NOT NULL,
	PRIMARY KEY(`case_id`, `number`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sampling_id`) REFERENCES `samplings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rotation_id`) REFERENCES `rotations`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `pool_moves_by_rotation` ON `pool_moves` (`rotation_id`);--> statement-breakpoint
CREATE INDEX `pool_moves_by_sampling` ON `pool_moves` (`sampling_id`);--> statement-breakpoint
CREATE INDEX `pool_moves_by_project` ON `pool_moves` (`project_id`,`moved_at`);--> statement-breakpoint
CREATE TABLE `pool_settings` (
	`project_id` text PRIMARY KEY NOT NULL,
	`floor_share` real NOT NULL,
	`holdout_share` real NOT NULL,
	`rotation_days` integer NOT NULL,
	`graduating_share` real NOT NULL,
	`active_rotations` integer NOT NULL,
	`calendar_token_hash` text,
	`updated_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE TABLE `rotations` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`plan` text NOT NULL,
	`sampling_id` text,
	`done_by` text,
	`done_at` integer NOT NULL,
	`undone_by` text,
	`undone_at` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`sampling_id`) REFERENCES `samplings`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`done_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`undone_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `rotations_by_project` ON `rotations` (`project_id`,`done_at`);--> statement-breakpoint
CREATE TABLE `samplings` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`seed` integer NOT NULL,
	`plan` text NOT NULL,
	`done_by` text,
	`done_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`done_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `samplings_by_project` ON `samplings` (`project_id`,`done_at`);--> statement-breakpoint
CREATE TABLE `closeness_scores` (
	`response_id` text NOT NULL,
	`reference_id` text NOT NULL,
	`measure` text NOT NULL,
	`value` real NOT NULL,
	PRIMARY KEY(`response_id`, `reference_id`, `measure`),
	FOREIGN KEY (`response_id`) REFERENCES `responses`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reference_id`) REFERENCES `reference_answers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `closeness_scores_by_reference` ON `closeness_scores` (`reference_id`);--> statement-breakpoint
CREATE TABLE `closeness_thresholds` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`measure` text NOT NULL,
	`calibration` text NOT NULL,
	`set_by` text,
	`set_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`set_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `closeness_thresholds_by_project` ON `closeness_thresholds` (`project_id`,`measure`,`set_at`);--> statement-breakpoint
CREATE TABLE `reference_tasks` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`case_id` text NOT NULL,
	`kind` text NOT NULL,
	`quality` text NOT NULL,
	`rubric_version_id` text,
	`reference_id` text,
	`state` text NOT NULL,
	`taken_by` text,
	`lease_expires_at` integer,
	`draft` text DEFAULT '' NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rubric_version_id`) REFERENCES `rubric_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reference_id`) REFERENCES `reference_answers`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`taken_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `reference_tasks_by_state` ON `reference_tasks` (`project_id`,`state`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `reference_tasks_by_case` ON `reference_tasks` (`case_id`,`kind`,`quality`);--> statement-breakpoint
CREATE INDEX `reference_tasks_by_taker` ON `reference_tasks` (`taken_by`,`state`);--> statement-breakpoint
CREATE TABLE `scans` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`file_names` text NOT NULL,
	`bytes` integer NOT NULL,
	`findings` text NOT NULL,
	`scanned_by` text,
	`scanned_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`scanned_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `scans_by_project` ON `scans` (`project_id`,`scanned_at`);--> statement-breakpoint
CREATE TABLE `break_glass` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`case_id` text NOT NULL,
	`reason` text NOT NULL,
	`asked_by` text NOT NULL,
	`asked_as` text NOT NULL,
	`asked_at` integer NOT NULL,
	`answered_by` text,
	`answered_at` integer,
	`answer` text,
	`opens_until` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`asked_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`answered_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `break_glass_by_project` ON `break_glass` (`project_id`,`asked_at`);--> statement-breakpoint
CREATE INDEX `break_glass_by_case` ON `break_glass` (`case_id`);--> statement-breakpoint
CREATE TABLE `exposures` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`case_id` text NOT NULL,
	`user_id` text NOT NULL,
	`exposed_for` text NOT NULL,
	`assignment_id` text,
	`task_id` text,
	`break_glass_id` text,
	`opened_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`assignment_id`) REFERENCES `assignments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`task_id`) REFERENCES `reference_tasks`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`break_glass_id`) REFERENCES `break_glass`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `exposures_by_case` ON `exposures` (`case_id`,`opened_at`);--> statement-breakpoint
CREATE INDEX `exposures_by_project` ON `exposures` (`project_id`,`opened_at`,`id`);--> statement-breakpoint
CREATE INDEX `exposures_by_user` ON `exposures` (`user_id`,`opened_at`);--> statement-breakpoint
CREATE TABLE `sealed_sets` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`canary` text NOT NULL,
	`sealed_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `sealed_sets_by_canary` ON `sealed_sets` (`canary`);--> statement-breakpoint
CREATE INDEX `sealed_sets_by_project` ON `sealed_sets` (`project_id`,`sealed_at`);--> statement-breakpoint
CREATE TABLE `sealed_texts` (
	`kind` text NOT NULL,
	`id` text NOT NULL,
	`case_id` text NOT NULL,
	`key_id` text NOT NULL,
	`sealed` text NOT NULL,
	PRIMARY KEY(`kind`, `id`),
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `sealed_texts_by_case` ON `sealed_texts` (`case_id`,`kind`);--> statement-breakpoint
CREATE INDEX `sealed_texts_by_key` ON `sealed_texts` (`key_id`);--> statement-breakpoint
CREATE TABLE `seals` (
	`case_id` text PRIMARY KEY NOT NULL,
	`set_id` text NOT NULL,
	`content_hash` text NOT NULL,
	`sealed_at` integer NOT NULL,
	`sealed_until` integer NOT NULL,
	`ended_at` integer,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`set_id`) REFERENCES `sealed_sets`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `seals_by_set` ON `seals` (`set_id`);--> statement-breakpoint
CREATE TABLE `__new_responses` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`case_id` text NOT NULL,
	`system_version_id` text,
	`reference_id` text,
	`text` text NOT NULL,
	`metadata` text NOT NULL,
	`content_hash` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`system_version_id`) REFERENCES `system_versions`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`reference_id`) REFERENCES `reference_answers`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
INSERT INTO `__new_responses`("id", "project_id", "case_id", "system_version_id", "reference_id", "text", "metadata", "content_hash", "created_at") SELECT "id", "project_id", "case_id", "system_version_id", NULL, "text", "metadata", "content_hash", "created_at" FROM `responses`;--> statement-breakpoint
DROP TABLE `responses`;--> statement-breakpoint
ALTER TABLE `__new_responses` RENAME TO `responses`;--> statement-breakpoint
CREATE UNIQUE INDEX `responses_by_case` ON `responses` (`case_id`,`system_version_id`);--> statement-breakpoint
CREATE UNIQUE INDEX `responses_by_reference` ON `responses` (`reference_id`);--> statement-breakpoint
CREATE INDEX `responses_by_system` ON `responses` (`system_version_id`,`case_id`);--> statement-breakpoint
ALTER TABLE `cases` ADD `pool` text DEFAULT 'active' NOT NULL;--> statement-breakpoint
ALTER TABLE `cases` ADD `sealed` integer DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE `cases` ADD `entered_pool_at` integer;--> statement-breakpoint
ALTER TABLE `cases` ADD `sampling_weight` real;--> statement-breakpoint
ALTER TABLE `cases` ADD `burnt_at` integer;--> statement-breakpoint
CREATE INDEX `cases_by_pool` ON `cases` (`project_id`,`pool`,`category`,`user_segment`,`id`);--> statement-breakpoint
ALTER TABLE `reference_answers` ADD `rubric_version_id` text REFERENCES rubric_versions(id);--> statement-breakpoint
ALTER TABLE `reference_answers` ADD `state` text DEFAULT 'written' NOT NULL;--> statement-breakpoint
ALTER TABLE `reference_answers` ADD `checked_by` text REFERENCES users(id);--> statement-breakpoint
ALTER TABLE `reference_answers` ADD `checked_at` integer;--> statement-breakpoint
ALTER TABLE `reference_answers` ADD `check_note` text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE `reference_answers` ADD `from_rating_id` text;--> statement-breakpoint
ALTER TABLE `reference_answers` ADD `supersedes_id` text REFERENCES reference_answers(id);--> statement-breakpoint
CREATE TRIGGER `exposures_are_final` BEFORE UPDATE ON `exposures`
BEGIN SELECT RAISE(ABORT, 'an exposure is never changed'); END;--> statement-breakpoint
CREATE TRIGGER `exposures_stay` BEFORE DELETE ON `exposures`
BEGIN SELECT RAISE(ABORT, 'exposures are never deleted'); END;--> statement-breakpoint
CREATE TRIGGER `pool_moves_are_final` BEFORE UPDATE ON `pool_moves`
BEGIN SELECT RAISE(ABORT, 'a move between pools is never changed'); END;--> statement-breakpoint
CREATE TRIGGER `pool_moves_stay` BEFORE DELETE ON `pool_moves`
BEGIN SELECT RAISE(ABORT, 'moves between pools are never deleted'); END;
