CREATE TABLE "known_places" (
	"user_id" text NOT NULL,
	"place" text NOT NULL,
	"last_at" bigint NOT NULL,
	CONSTRAINT "known_places_user_id_place_pk" PRIMARY KEY("user_id","place")
);
--> statement-breakpoint
ALTER TABLE "invitations" ALTER COLUMN "invited_by" DROP NOT NULL;
--> statement-breakpoint
ALTER TABLE "invitations" ADD COLUMN "password_for" text;
--> statement-breakpoint
ALTER TABLE "known_places" ADD CONSTRAINT "known_places_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE INDEX "known_places_by_age" ON "known_places" USING btree ("last_at");
--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_password_for_users_id_fk" FOREIGN KEY ("password_for") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
DELETE FROM "sign_in_failures";
--> statement-breakpoint
ALTER TABLE "sign_in_failures" DROP CONSTRAINT "sign_in_failures_key_at_number_pk";
--> statement-breakpoint
ALTER TABLE "sign_in_failures" DROP COLUMN "number";
--> statement-breakpoint
ALTER TABLE "sign_in_failures" ADD COLUMN "attempt" text NOT NULL;
--> statement-breakpoint
ALTER TABLE "sign_in_failures" ADD CONSTRAINT "sign_in_failures_key_attempt_pk" PRIMARY KEY("key","attempt");
--> statement-breakpoint
CREATE INDEX "sign_in_failures_by_key" ON "sign_in_failures" USING btree ("key","at");
--> statement-breakpoint
CREATE INDEX "sign_in_failures_by_age" ON "sign_in_failures" USING btree ("at");
