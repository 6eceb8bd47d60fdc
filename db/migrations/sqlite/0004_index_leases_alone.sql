DROP INDEX `assignments_by_lease`;--> statement-breakpoint
CREATE INDEX `assignments_by_lease` ON `assignments` (`lease_expires_at`) WHERE state = 'leased';