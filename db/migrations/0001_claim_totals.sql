CREATE TABLE `claim_totals` (
	`chain_id` text PRIMARY KEY NOT NULL,
	`through_seq` integer NOT NULL,
	`confirmed` integer NOT NULL,
	`failed` integer NOT NULL,
	`recipients` integer NOT NULL,
	`paid` text NOT NULL
) WITHOUT ROWID;
