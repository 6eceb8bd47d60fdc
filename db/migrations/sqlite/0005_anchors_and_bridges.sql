CREATE TABLE `anchors` (
	`id` text PRIMARY KEY NOT NULL,
	`project_id` text NOT NULL,
	`response_id` text NOT NULL,
	`drawn` text NOT NULL,
	`selection_probability` real NOT NULL,
	`added_by` text,
	`added_at` integer NOT NULL,
	`retired_at` integer,
	FOREIGN KEY (`project_id`) REFERENCES `projects`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`response_id`) REFERENCES `responses`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`added_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE UNIQUE INDEX `anchors_by_response` ON `anchors` (`project_id`,`response_id`);--> statement-breakpoint
ALTER TABLE `rounds` ADD `anchor_share` real DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE `rounds` ADD `bridges_from_id` text REFERENCES rubric_versions(id);--> statement-breakpoint
ALTER TABLE `rubric_versions` ADD `based_on_id` text;