CREATE TABLE `batches` (
	`chain_id` text NOT NULL,
	`n` integer NOT NULL,
	`id` text NOT NULL,
	`epoch` integer NOT NULL,
	`from_seq` integer NOT NULL,
	`to_seq` integer NOT NULL,
	`tx_hash` text NOT NULL,
	`signer` text NOT NULL,
	`fee` text NOT NULL,
	`attempt` integer NOT NULL,
	`state` text NOT NULL,
	`height` integer,
	`code` text,
	`reason` text,
	`signed_at_ms` integer NOT NULL,
	`changed_at_ms` integer NOT NULL,
	`rev` integer NOT NULL,
	PRIMARY KEY(`chain_id`, `n`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `batches_range` ON `batches` (`chain_id`,`from_seq`,`n`);--> statement-breakpoint
CREATE TABLE `claims` (
	`chain_id` text NOT NULL,
	`seq` integer NOT NULL,
	`id` text NOT NULL,
	`recipient` text NOT NULL,
	`coins` text NOT NULL,
	`epoch` integer NOT NULL,
	`created_at_ms` integer NOT NULL,
	PRIMARY KEY(`chain_id`, `seq`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `claims_recipient` ON `claims` (`chain_id`,`recipient`,`seq`);