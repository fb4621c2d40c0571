import type { ReaderNotice } from "../../domain/reader.ts";
import type { Database } from "../../sql/database.ts";
import type { ReaderState } from "./reader-state.ts";

/** Notices of a reader that its health shows. */
const shownNotices = 5;
/** Different notices that wait to be written; a reader in trouble says the same thing often, and that is one. */
const maxWaiting = 2_000;

type Waiting = { locationId: string; readerId: string; notice: ReaderNotice };

/** What people should know of readers: shown with their health, and kept in the table `reader_notices`. */
export class NoticeBook {
  #waiting = new Map<string, Waiting>();
  readonly #onNotice: (kind: ReaderNotice["kind"]) => void;

  constructor(onNotice: (kind: ReaderNotice["kind"]) => void) {
    this.#onNotice = onNotice;
  }

  add(state: ReaderState, notice: ReaderNotice): void {
    this.#onNotice(notice.kind);
    const [last] = state.notices;
    const isSame = last !== undefined && last.kind === notice.kind && last.detail === notice.detail;
    const shown = isSame ? { ...notice, count: last.count + notice.count } : notice;
    state.notices = [shown, ...state.notices.slice(isSame ? 1 : 0)].slice(0, shownNotices);
    const { locationId, readerId } = state;
    const key = `${locationId}/${readerId}/${notice.kind}/${notice.detail}`;
    const known = this.#waiting.get(key);
    if (known !== undefined) {
      known.notice = { ...notice, count: known.notice.count + notice.count };
    } else if (this.#waiting.size < maxWaiting) {
      this.#waiting.set(key, { locationId, readerId, notice });
    }
  }

  /** Writes what waits; where that fails, it waits on. */
  async flush(db: Database): Promise<void> {
    if (this.#waiting.size === 0) return;
    const taken = this.#waiting;
    this.#waiting = new Map();
    try {
      await db.insert({
        name: "ingest/insert-reader-notices",
        table: "reader_notices",
        columns: ["location_id", "reader_id", "at", "kind", "count", "detail"],
        rows: [...taken.values()].map(({ locationId, readerId, notice }) => [
          locationId,
          readerId,
          notice.at,
          notice.kind,
          notice.count,
          notice.detail,
        ]),
      });
    } catch (error) {
      for (const [key, waiting] of this.#waiting) taken.set(key, waiting);
      this.#waiting = taken;
      throw error;
    }
  }
}
