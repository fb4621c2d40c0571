/** Kinds of topics that carry what happened in a location, `{root}/{location}/{kind}/{source}`. */
export const INTAKE_KINDS = ["rfid", "pos", "stock"] as const;
/** … and the server's orders to take a dead letter in again, which no device may give. */
const ALL_KINDS = [...INTAKE_KINDS, "replay"] as const;

/** Filters of all in-topics, of every location or of some. `locations` empty means every location. */
export function intakeFilters(root: string, locations: readonly string[]): string[] {
  const places = locations.length === 0 ? ["+"] : locations;
  return places.flatMap((location) => ALL_KINDS.map((kind) => `${root}/${location}/${kind}/+`));
}

/** The location of an in-topic, or null when the topic is not one. */
export function intakeLocation(root: string, topic: string): string | null {
  if (!topic.startsWith(`${root}/`)) return null;
  const [location = "", kind = "", source = "", ...rest] = topic.slice(root.length + 1).split("/");
  const isIntake = ALL_KINDS.some((known) => known === kind) && source !== "" && rest.length === 0;
  return isIntake && location !== "" ? location : null;
}

/** Whether the server takes in what is published there: orders, and what becomes of tasks. */
export function isServerTopic(root: string, topic: string): boolean {
  if (!topic.startsWith(`${root}/`)) return false;
  const [first = "", second = "", third, ...rest] = topic.slice(root.length + 1).split("/");
  if (rest.length > 0 || second === "") return false;
  return third === undefined ? first === "orders" : second === "tasks" && third !== "";
}
