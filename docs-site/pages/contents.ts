/** A page of the site: its address below its shelf, its source below the repository's folder, its short name. */
export type Entry = { readonly path: string; readonly source: string; readonly name: string };

const guide = (path: string, name: string): Entry => ({ path, source: `docs-site/guides/${path}.md`, name });
const page = (path: string, name: string): Entry => ({ path, source: `docs/${path}.md`, name });

/** A network's guides, in the order in which a reader needs them. No path may be one that the Worker answers itself. */
export const guides: readonly { readonly name: string; readonly entries: readonly Entry[] }[] = [
  {
    name: "Run a node",
    entries: [
      guide("join", "Join as a node"),
      guide("keys", "Keys and their safety"),
      guide("monitoring", "Monitoring"),
    ],
  },
  {
    name: "Validate",
    entries: [
      guide("before-launch", "Before launch"),
      guide("launch", "The ceremony"),
      guide("after-launch", "After launch"),
      guide("headless", "By script alone"),
      guide("upgrade", "Upgrade"),
      guide("troubleshooting", "Troubleshooting"),
    ],
  },
  {
    name: "Coordinate",
    entries: [guide("coordinator", "Lead the ceremony"), guide("sign-off", "Sign-off for launch")],
  },
];

/** Pages that are the same for all networks: one source, read in the repository as well. */
export const shared: readonly { readonly name: string; readonly entries: readonly Entry[] }[] = [
  {
    name: "Run this service",
    entries: [
      page("rehearsal", "Rehearse a launch"),
      page("deploy", "Deploy"),
      page("operator", "Operate"),
      page("runbook", "Runbook"),
    ],
  },
  {
    name: "Look up",
    entries: [
      { path: "glossary", source: "docs-site/guides/glossary.md", name: "Glossary" },
      page("genesis", "Genesis tools"),
      page("gentx-rules", "Gentx rules"),
      page("credentials", "Credentials"),
      page("dialects", "Other faucets' wires"),
      page("abuse", "Abuse, measured"),
      page("benchmarks", "Benchmarks"),
      { path: "security", source: "SECURITY.md", name: "Security" },
    ],
  },
];
