import type { Page } from "playwright-core";
import type { Api } from "./api.ts";
import { askKnown, liveContext } from "./figures/live-context.ts";
import { LIVE_LISTS, NOT_COMPARED } from "./figures/live-lists.ts";
import type { LiveTable } from "./figures/live-table.ts";
import { type LiveList, readLive } from "./figures/read-live.ts";

/** Pages ask again every 5 to 30 s; what they show may be that much older than the API's answer. */
const ASKED_AGAIN_MS = 35_000;
const STEP_MS = 250;

/**
 * What tables, sums and lists of a live page show other than the API answers now, cell by cell, in the words of `LIVE_LISTS`. What
 * differs is looked at again until the page has asked again. `checked`: how many cells were compared.
 */
export async function figuresNotOfApi(
  page: Page,
  ask: Api,
  patienceMs = ASKED_AGAIN_MS,
): Promise<{ checked: number; problems: string[] }> {
  const endMs = Date.now() + patienceMs;
  for (;;) {
    const found = await compareOnce(page, ask);
    if (found.problems.length === 0 || Date.now() > endMs) return found;
    await new Promise((resolve) => setTimeout(resolve, STEP_MS));
  }
}

async function compareOnce(page: Page, ask: Api): Promise<{ checked: number; problems: string[] }> {
  const { nowMs, lists } = await readLive(page);
  const compared = lists.filter(({ label }) => !NOT_COMPARED.has(label));
  if (compared.length === 0) return { checked: 0, problems: [] };
  const path = new URL(page.url()).pathname;
  const known = await askKnown(ask);
  // The page's clock ticks once a second: what it shows may be a second behind.
  const contexts = [nowMs, nowMs - 1000].map((at) => liveContext(ask, known, at));
  let checked = 0;
  const problems: string[] = [];
  for (const list of compared) {
    const table = LIVE_LISTS.find(({ label, on }) => label === list.label && on.test(path));
    if (table === undefined) {
      problems.push(`nobody has said what "${list.label}" shows`);
      continue;
    }
    const ids = (table.on.exec(path) ?? []).slice(1);
    const found = await Promise.all(contexts.map((context) => table.lines(context, ids)));
    problems.push(...wrongLines(list, table, found));
    checked += list.lines.length * table.heads.length;
  }
  return { checked, problems };
}

/** Each line is one of the answer's lines, of the one or of the other moment, and there are as many. */
function wrongLines(
  { label, heads, lines }: LiveList,
  table: LiveTable,
  found: (string | null)[][][],
): string[] {
  if (JSON.stringify(heads) !== JSON.stringify(table.heads)) {
    return [`"${label}" has the columns ${heads.join(", ")}`];
  }
  const [now = [], before = []] = found;
  const left = now.map((line, index) => ({ line, before: before[index] ?? line }));
  const wrong: string[] = [];
  for (const line of lines) {
    const index = left.findIndex((each) => isLine(line, each.line, each.before));
    if (index === -1)
      wrong.push(
        `"${label}": ${JSON.stringify(line)} is not in the answer: ${JSON.stringify(left[0]?.line)}`,
      );
    else left.splice(index, 1);
  }
  if (wrong.length === 0 && left.length > 0) wrong.push(`"${label}" lacks ${JSON.stringify(left[0]?.line)}`);
  return wrong;
}

const isLine = (shown: string[], now: (string | null)[], before: (string | null)[]) =>
  shown.every(
    (cell, index) =>
      now[index] == null || plain(cell) === plain(now[index]) || plain(cell) === plain(before[index] ?? ""),
  );

/** Where a cell has several lines, nothing stands between them. */
const plain = (text: string) => text.replaceAll(/\s+/g, "");
