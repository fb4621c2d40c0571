import type { Writable } from "node:stream";
import type { HistoryProgress } from "./load-history.ts";

const WIDTH = 30;
const TERMINAL_EVERY_MS = 200;
const LOG_EVERY_MS = 5_000;

/** A bar on a terminal, written over as it grows; elsewhere a line now and then. */
export function createHistoryProgress(deps: { output: Writable & { isTTY?: boolean }; nowMs: () => number }) {
  const isTerminal = deps.output.isTTY === true;
  const startedMs = deps.nowMs();
  let shownMs = startedMs;
  const number = (value: number) => value.toLocaleString("en-US");
  return {
    show({ share, orders }: HistoryProgress): void {
      const now = deps.nowMs();
      if (now - shownMs < (isTerminal ? TERMINAL_EVERY_MS : LOG_EVERY_MS)) return;
      shownMs = now;
      const done = Math.round(share * WIDTH);
      const bar = `${"█".repeat(done)}${"░".repeat(WIDTH - done)}`;
      const text = `  A year of history   ${bar} ${Math.floor(share * 100)} %, ${number(orders)} orders`;
      deps.output.write(isTerminal ? `\r\u001B[2K${text}` : `${text}\n`);
    },
    end({ orders, lines }: HistoryProgress): void {
      const seconds = ((deps.nowMs() - startedMs) / 1000).toFixed(1);
      const text = `  A year of history   ${number(orders)} orders with ${number(lines)} lines, written in ${seconds} s`;
      deps.output.write(`${isTerminal ? "\r\u001B[2K" : ""}${text}\n\n`);
    },
  };
}
