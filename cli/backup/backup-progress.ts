import type { Writable } from "node:stream";
import type { BackupProgress } from "../../sql/backup/write-backup.ts";

const TERMINAL_EVERY_MS = 250;
const LOG_EVERY_MS = 5_000;
const BAR_WIDTH = 24;
const WORDS = { copying: "copying", checking: "checking" } as const;

/** A bar on stderr: one line that is written over on a terminal, else a line now and then. */
export function createBackupProgress(deps: { output: Writable & { isTTY?: boolean }; nowMs(): number }) {
  const { output } = deps;
  const isTerminal = output.isTTY === true;
  let shownMs = deps.nowMs();
  let isShown = false;
  return {
    show({ phase, bytes, ofBytes }: BackupProgress): void {
      const nowMs = deps.nowMs();
      if (nowMs - shownMs < (isTerminal ? TERMINAL_EVERY_MS : LOG_EVERY_MS)) return;
      shownMs = nowMs;
      isShown = true;
      const share = ofBytes === 0 ? 1 : Math.min(1, bytes / ofBytes);
      const filled = Math.round(share * BAR_WIDTH);
      const bar = isTerminal ? `[${"#".repeat(filled)}${"-".repeat(BAR_WIDTH - filled)}] ` : "";
      const text = `${bar}${WORDS[phase]} ${Math.floor(share * 100)} % of ${Math.ceil(ofBytes / 1024 / 1024)} MiB`;
      output.write(isTerminal ? `\r\u001B[2K${text}` : `${text}\n`);
    },
    end(): void {
      if (isTerminal && isShown) output.write("\r\u001B[2K");
    },
  };
}
