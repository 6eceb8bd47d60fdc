CREATE TABLE `trace_documents` (
	`trace_id` text NOT NULL,
	`position` integer NOT NULL,
	`document_id` text NOT NULL,
	PRIMARY KEY(`trace_id`, `position`),
	FOREIGN KEY (`trace_id`) REFERENCES `traces`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`document_id`) REFERENCES `documents`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `trace_documents_by_document` ON `trace_documents` (`document_id`);--> statement-breakpoint
CREATE TABLE `trace_rules` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`position` integer NOT NULL,
	`target` text NOT NULL,
	`value` text NOT NULL,
	`field` text NOT NULL,
	`test` text NOT NULL,
	`pattern` text NOT NULL,
	`created_by` text,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`created_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `trace_rules_by_position` ON `trace_rules` (`project_id`,`position`);--> statement-breakpoint
CREATE TABLE `traces` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`key` text NOT NULL,
	`input` text NOT NULL,
	`response` text NOT NULL,
	`system_version` text,
	`model` text,
	`occurred_at` integer,
	`metadata` text NOT NULL,
	`signals` text NOT NULL,
	`content_hash` text NOT NULL,
	`category` text,
	`user_segment` text,
	`category_by` text,
	`user_segment_by` text,
	`redactions` text NOT NULL,
	`duplicate_of_id` text,
	`kept_apart_at` integer,
	`state` text NOT NULL,
	`case_id` text,
	`search_text` text NOT NULL,
	`created_at` integer NOT NULL,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`duplicate_of_id`) REFERENCES `traces`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`case_id`) REFERENCES `cases`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `traces_by_key` ON `traces` (`project_id`,`key`);--> statement-breakpoint
CREATE INDEX `traces_by_segment` ON `traces` (`project_id`,`state`,`duplicate_of_id`,`category`,`user_segment`,`id`);--> statement-breakpoint
CREATE INDEX `traces_by_age` ON `traces` (`project_id`,`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `traces_by_duplicate` ON `traces` (`duplicate_of_id`);--> statement-breakpoint
CREATE INDEX `traces_by_case` ON `traces` (`case_id`);