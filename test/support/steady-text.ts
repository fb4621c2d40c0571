import type { Page } from "playwright-core";

/** What no given clock makes the same again, and what stands in its place in pictures: of the same shape, so that lines break alike. */
const RANDOM: readonly (readonly [pattern: string, same: string])[] = [
  ["[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}", "5a5a5a5a-5a5a-4a5a-8a5a-5a5a5a5a5a5a"],
  ["cus_[0-9a-f]{32}", `cus_${"5a".repeat(16)}`],
  // A moment told to the millisecond, within the one second of the given clock.
  ["T10:00:00\\.\\d{3}Z", "T10:00:00.000Z"],
];

/** What depends on the machine and on how long all has run: rates and times of the last half hour of this process. */
export const OF_THE_MACHINE = [".pipeline-line"];

/** Does `what` while random ids on the page are the same ones as ever. */
export async function withSteadyText<Result>(page: Page, what: () => Promise<Result>): Promise<Result> {
  const exchange = (isBack: boolean) =>
    page.evaluate(
      ([random, back]) => {
        const kept = ((globalThis as { __steady?: Map<Text, string> }).__steady ??= new Map());
        if (back) {
          for (const [text, was] of kept) text.data = was;
          kept.clear();
          return;
        }
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
          const text = node as Text;
          let said = text.data;
          for (const [pattern, same] of random) said = said.replaceAll(new RegExp(pattern, "g"), same);
          if (said === text.data) continue;
          kept.set(text, text.data);
          text.data = said;
        }
      },
      [RANDOM, isBack] as const,
    );
  await exchange(false);
  try {
    return await what();
  } finally {
    await exchange(true);
  }
}
