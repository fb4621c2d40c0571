import type { MappingPath } from "../../../domain/reader-mapping.ts";
import { isJsonObject } from "../message-parts.ts";

/** A path taken apart: how many lists to go out (−1: start at the message), then names. */
export type Path = { up: number; names: readonly string[] };

export function compilePath(path: MappingPath): Path {
  const [start = "", ...rest] = typeof path === "string" ? path.split(".") : path;
  const names = rest.filter((name) => name !== "");
  if (start === "$") return { up: -1, names };
  if (/^\^+$/.test(start)) return { up: start.length, names };
  return { up: 0, names: start === "" ? names : [start, ...names] };
}

/** What stands at a path. `levels` holds the message, the elements of lists on the way, and the read last. */
export function valueAt(levels: readonly unknown[], path: Path): unknown {
  const level = path.up < 0 ? 0 : Math.max(0, levels.length - 1 - path.up);
  let value = levels[level];
  for (const name of path.names) value = memberOf(value, name);
  return value;
}

/** Own members only: a name such as `constructor` is nothing that was sent. */
export function memberOf(value: unknown, name: string): unknown {
  if (Array.isArray(value)) return /^\d{1,6}$/.test(name) ? value[Number(name)] : undefined;
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Calls `visit` with the levels of every object that the names lead to, walking all lists on the way. */
export function eachAt(
  levels: readonly unknown[],
  names: readonly string[],
  visit: (levels: readonly unknown[]) => void,
): void {
  walk(levels, levels[levels.length - 1], names, visit);
}

function walk(
  levels: readonly unknown[],
  value: unknown,
  names: readonly string[],
  visit: (levels: readonly unknown[]) => void,
): void {
  const [name, ...rest] = names;
  if (Array.isArray(value) && (name === undefined || !/^\d{1,6}$/.test(name))) {
    for (const element of value) {
      // A list of lists is not walked further: its elements are not objects, and are refused as reads.
      if (Array.isArray(element)) visit([...levels, element]);
      else walk([...levels, element], element, names, visit);
    }
  } else if (name !== undefined) {
    const member = memberOf(value, name);
    if (member !== undefined && member !== null) walk(levels, member, rest, visit);
  } else {
    // The read itself is the last level, be it an element of a list (which put it there) or one object.
    visit(levels[levels.length - 1] === value ? levels : [...levels, value]);
  }
}
