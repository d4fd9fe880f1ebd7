CREATE TABLE `peer_looks` (
	`chain_id` text NOT NULL,
	`operator` text NOT NULL,
	`leased_at_ms` integer NOT NULL,
	`peer` text NOT NULL,
	`looked_peer` text,
	`outcome` text,
	`seen` text,
	`looked_at_ms` integer,
	PRIMARY KEY(`chain_id`, `operator`)
) WITHOUT ROWID;
