/** One number of a family. */
export type Sample = {
  /** Beside the family's name: `_bucket`, `_sum`, `_count`. */
  readonly suffix: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number | bigint;
};

/** Numbers under one name. */
export type Family = {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
  readonly samples: readonly Sample[];
};

/** A number with its labels. */
export function sample(labels: Sample["labels"], value: number | bigint): Sample {
  return { suffix: "", labels, value };
}

/** A family of numbers that rise and fall. */
export function gauge(name: string, help: string, samples: readonly Sample[]): Family {
  return { name, help, type: "gauge", samples };
}

/** A family of buckets; `counts` are by bucket, one more than there are bounds. */
export function histogram(
  name: string,
  help: string,
  labels: Sample["labels"],
  bounds: readonly number[],
  { counts, sum }: { readonly counts: readonly number[]; readonly sum: number },
): Family {
  let below = 0;
  const buckets = [...bounds.map(String), "+Inf"].map((le, index): Sample => {
    below += counts[index] ?? 0;
    return { suffix: "_bucket", labels: { ...labels, le }, value: below };
  });
  const rest: Sample[] = [
    { suffix: "_sum", labels, value: sum },
    { suffix: "_count", labels, value: below },
  ];
  return { name, help, type: "histogram", samples: [...buckets, ...rest] };
}

/** Prometheus' text format, version 0.0.4. Families of one name are written together; empty ones are left out. */
export function writePrometheus(families: readonly Family[]): string {
  const byName = new Map<string, Family>();
  for (const family of families) {
    const known = byName.get(family.name);
    byName.set(family.name, { ...family, samples: [...(known?.samples ?? []), ...family.samples] });
  }
  const lines = [...byName.values()]
    .filter(({ samples }) => samples.length > 0)
    .flatMap(({ name, help, type, samples }) => [
      `# HELP ${name} ${help}`,
      `# TYPE ${name} ${type}`,
      ...samples.map(({ suffix, labels, value }) => `${name}${suffix}${writeLabels(labels)} ${value}`),
    ]);
  return `${lines.join("\n")}\n`;
}

function writeLabels(labels: Sample["labels"]): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escapeLabel(value)}"`);
  return pairs.length === 0 ? "" : `{${pairs.join(",")}}`;
}

function escapeLabel(value: string): string {
  return value.replaceAll("\\", "\\\\").replaceAll('"', '\\"').replaceAll("\n", "\\n");
}
