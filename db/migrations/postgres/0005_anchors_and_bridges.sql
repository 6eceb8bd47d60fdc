CREATE TABLE "anchors" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"response_id" text NOT NULL,
	"drawn" text NOT NULL,
	"selection_probability" double precision NOT NULL,
	"added_by" text,
	"added_at" bigint NOT NULL,
	"retired_at" bigint
);
--> statement-breakpoint
ALTER TABLE "rounds" ADD COLUMN "anchor_share" double precision DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "rounds" ADD COLUMN "bridges_from_id" text;--> statement-breakpoint
ALTER TABLE "rubric_versions" ADD COLUMN "based_on_id" text;--> statement-breakpoint
ALTER TABLE "anchors" ADD CONSTRAINT "anchors_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "anchors" ADD CONSTRAINT "anchors_response_id_responses_id_fk" FOREIGN KEY ("response_id") REFERENCES "public"."responses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "anchors" ADD CONSTRAINT "anchors_added_by_users_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "anchors_by_response" ON "anchors" USING btree ("project_id","response_id");--> statement-breakpoint
ALTER TABLE "rounds" ADD CONSTRAINT "rounds_bridges_from_id_rubric_versions_id_fk" FOREIGN KEY ("bridges_from_id") REFERENCES "public"."rubric_versions"("id") ON DELETE no action ON UPDATE no action;