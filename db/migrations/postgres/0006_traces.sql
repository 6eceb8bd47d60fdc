CREATE TABLE "trace_documents" (
	"trace_id" text NOT NULL,
	"position" integer NOT NULL,
	"document_id" text NOT NULL,
	CONSTRAINT "trace_documents_trace_id_position_pk" PRIMARY KEY("trace_id","position")
);
--> statement-breakpoint
CREATE TABLE "trace_rules" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"position" integer NOT NULL,
	"target" text NOT NULL,
	"value" text NOT NULL,
	"field" text NOT NULL,
	"test" text NOT NULL,
	"pattern" text NOT NULL,
	"created_by" text,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "traces" (
	"id" text PRIMARY KEY NOT NULL,
	"project_id" text NOT NULL,
	"key" text NOT NULL,
	"input" text NOT NULL,
	"response" text NOT NULL,
	"system_version" text,
	"model" text,
	"occurred_at" bigint,
	"metadata" jsonb NOT NULL,
	"signals" jsonb NOT NULL,
	"content_hash" text NOT NULL,
	"category" text,
	"user_segment" text,
	"category_by" text,
	"user_segment_by" text,
	"redactions" jsonb NOT NULL,
	"duplicate_of_id" text,
	"kept_apart_at" bigint,
	"state" text NOT NULL,
	"case_id" text,
	"search_text" text NOT NULL,
	"created_at" bigint NOT NULL
);
--> statement-breakpoint
ALTER TABLE "trace_documents" ADD CONSTRAINT "trace_documents_trace_id_traces_id_fk" FOREIGN KEY ("trace_id") REFERENCES "public"."traces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trace_documents" ADD CONSTRAINT "trace_documents_document_id_documents_id_fk" FOREIGN KEY ("document_id") REFERENCES "public"."documents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trace_rules" ADD CONSTRAINT "trace_rules_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "trace_rules" ADD CONSTRAINT "trace_rules_created_by_users_id_fk" FOREIGN KEY ("created_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "traces" ADD CONSTRAINT "traces_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "traces" ADD CONSTRAINT "traces_duplicate_of_id_traces_id_fk" FOREIGN KEY ("duplicate_of_id") REFERENCES "public"."traces"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "traces" ADD CONSTRAINT "traces_case_id_cases_id_fk" FOREIGN KEY ("case_id") REFERENCES "public"."cases"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "trace_documents_by_document" ON "trace_documents" USING btree ("document_id");--> statement-breakpoint
CREATE INDEX "trace_rules_by_position" ON "trace_rules" USING btree ("project_id","position");--> statement-breakpoint
CREATE UNIQUE INDEX "traces_by_key" ON "traces" USING btree ("project_id","key");--> statement-breakpoint
CREATE INDEX "traces_by_segment" ON "traces" USING btree ("project_id","state","duplicate_of_id","category","user_segment","id");--> statement-breakpoint
CREATE INDEX "traces_by_age" ON "traces" USING btree ("project_id","created_at","id");--> statement-breakpoint
CREATE INDEX "traces_by_duplicate" ON "traces" USING btree ("duplicate_of_id");--> statement-breakpoint
CREATE INDEX "traces_by_case" ON "traces" USING btree ("case_id");