/** Whether a topic falls under an MQTT filter (`+` one level, `#` the rest). */
export function filterMatches(filter: string, topic: string): boolean {
  return filterCovers(filter, topic);
}

/**
 * Whether everything that `narrower` (a filter or a topic) can ever match is also matched by `wider`. A filter that
 * only overlaps is not covered: whoever holds `a/+` may not ask for `a/#`.
 */
export function filterCovers(wider: string, narrower: string): boolean {
  const wide = wider.split("/");
  const narrow = narrower.split("/");
  for (const [index, level] of wide.entries()) {
    if (level === "#") return true;
    const asked = narrow[index];
    if (asked === undefined || asked === "#") return false;
    if (level !== "+" && level !== asked) return false;
  }
  return wide.length === narrow.length;
}
