CREATE TABLE `registration_audit` (
	`n` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`chain_id` text NOT NULL,
	`at_ms` integer NOT NULL,
	`actor` text NOT NULL,
	`act` text NOT NULL,
	`subject` text NOT NULL,
	`detail` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `registration_audit_chain` ON `registration_audit` (`chain_id`,`n`);--> statement-breakpoint
CREATE TABLE `registration_contacts` (
	`chain_id` text NOT NULL,
	`operator` text NOT NULL,
	`contact` text NOT NULL,
	PRIMARY KEY(`chain_id`, `operator`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `registration_nonces` (
	`chain_id` text NOT NULL,
	`nonce` text NOT NULL,
	`expires_at_ms` integer NOT NULL,
	PRIMARY KEY(`chain_id`, `nonce`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `registration_nonces_expiry` ON `registration_nonces` (`expires_at_ms`);--> statement-breakpoint
CREATE TABLE `registrations` (
	`chain_id` text NOT NULL,
	`operator` text NOT NULL,
	`state` text NOT NULL,
	`profile` text,
	`proof` text NOT NULL,
	`rev` integer NOT NULL,
	`reason` text NOT NULL,
	`allocation` text,
	`skeleton` text,
	`node_id` text,
	`consensus_key` text,
	`created_at_ms` integer NOT NULL,
	`changed_at_ms` integer NOT NULL,
	`granted_at_ms` integer,
	`act_id` text NOT NULL,
	PRIMARY KEY(`chain_id`, `operator`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `registrations_state` ON `registrations` (`chain_id`,`state`,`operator`);