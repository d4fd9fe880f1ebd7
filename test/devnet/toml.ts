/**
 * Sets values in a TOML file that a Cosmos node wrote. Keys are `key` or `section.key`; values are TOML
 * literals (strings with their quotes). Throws when a key isn't there: a silent miss would test another chain.
 */
export function setToml(text: string, values: Readonly<Record<string, string>>): string {
  const open = new Map(Object.entries(values));
  let section = "";
  const lines = text.split("\n").map((line) => {
    const header = /^\[([\w.-]+)\]/.exec(line);
    if (header?.[1] !== undefined) section = `${header[1]}.`;
    const key = /^([\w-]+)\s*=/.exec(line)?.[1];
    const value = key === undefined ? undefined : open.get(section + key);
    if (key === undefined || value === undefined) return line;
    open.delete(section + key);
    return `${key} = ${value}`;
  });
  if (open.size > 0) throw new Error(`The configuration file has no ${[...open.keys()].join(", ")}`);
  return lines.join("\n");
}
