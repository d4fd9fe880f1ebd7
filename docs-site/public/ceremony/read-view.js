/** A ceremony as the API tells it, with the base as a part like the others. */
export function readView({ base, ...same }) {
  return { ...same, base: base === null ? null : { sha256: base } };
}
