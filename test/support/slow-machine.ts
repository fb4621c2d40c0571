import type { Page } from "playwright-core";

const TIMES_SLOWER = 8;

/** Does something in a page whose processor is eight times slower, as old tills and a busy machine are. */
export async function onSlowMachine(page: Page, does: () => Promise<void>): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("Emulation.setCPUThrottlingRate", { rate: TIMES_SLOWER });
  try {
    await does();
  } finally {
    await devtools.send("Emulation.setCPUThrottlingRate", { rate: 1 });
    await devtools.detach();
  }
}
