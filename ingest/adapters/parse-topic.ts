const ID = /^[A-Za-z0-9._-]{1,64}$/;

/** An in-topic of one location: `rfid` names a reader, `pos` a terminal, `stock` a source. */
export type ParsedTopic = {
  topic: string;
  kind: "rfid" | "pos" | "stock";
  locationId: string;
  sourceId: string;
};

/** `{root}/{location}/{rfid|pos|stock}/{source}` in its parts; null where the topic is another. `root` may hold slashes. */
export function parseTopic(root: string, topic: string): ParsedTopic | null {
  const start = root.length + 1;
  if (!topic.startsWith(root) || topic[root.length] !== "/") return null;
  const afterLocation = topic.indexOf("/", start);
  const afterKind = topic.indexOf("/", afterLocation + 1);
  if (afterLocation < 0 || afterKind < 0) return null;
  const kind = topic.slice(afterLocation + 1, afterKind);
  const locationId = topic.slice(start, afterLocation);
  const sourceId = topic.slice(afterKind + 1);
  if (!ID.test(locationId) || !ID.test(sourceId)) return null;
  return kind === "rfid" || kind === "pos" || kind === "stock" ? { topic, kind, locationId, sourceId } : null;
}
