import type { ReaderNotice } from "../../../domain/reader.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { MoreButton } from "../ui/more-button.tsx";
import { StaleNote } from "../ui/query-state.tsx";

const REFRESH_MS = 5000;
const PAGE_ROWS = 20;

const KINDS: Record<ReaderNotice["kind"], { icon: IconName; words: string }> = {
  lost_messages: { icon: "warning", words: "Lost messages" },
  overflow: { icon: "warning", words: "Overflow" },
  dropped_messages: { icon: "warning", words: "Dropped messages" },
  error: { icon: "warning", words: "Error" },
  warning: { icon: "warning", words: "Warning" },
  antenna_disconnected: { icon: "close", words: "Antenna disconnected" },
  antenna_connected: { icon: "check", words: "Antenna connected" },
  offline: { icon: "close", words: "Went offline" },
  online: { icon: "check", words: "Came online" },
  clock_corrected: { icon: "key", words: "Clock corrected" },
  restarted: { icon: "up", words: "Restarted" },
  firmware_update: { icon: "up", words: "Firmware update" },
};

/** What people should know of a reader, newest first. */
export function ReaderNotices({ reader }: { reader: { locationId: string; readerId: string } }) {
  const { client } = useLive();
  const query = usePages(
    ["reader-notices", reader.locationId, reader.readerId],
    (page) => client.readers.notices(reader, { ...page, limit: PAGE_ROWS }),
    { refetchInterval: REFRESH_MS },
  );
  const notices = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="reader-part" aria-label="What happened">
      <h3>What happened</h3>
      <StaleNote error={query.error} />
      {query.isPending ? <p role="status">Loading …</p> : null}
      {query.data !== undefined && notices.length === 0 ? (
        <p className="muted">Nothing that you should know of in the last 90 days.</p>
      ) : null}
      {notices.length === 0 ? null : (
        <ol className="reader-notices">
          {notices.map((notice, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two notices of one kind may share their instant
            <li key={`${notice.at} ${notice.kind} ${index}`} data-testid="notice">
              <Icon name={KINDS[notice.kind].icon} size={15} />
              <div>
                <span className="strong">
                  {KINDS[notice.kind].words}
                  {notice.count > 1 ? ` · ${formatWhole(notice.count)}` : ""}
                </span>
                <div className="muted">{notice.detail}</div>
              </div>
              <time className="muted numeric" dateTime={notice.at}>
                {formatInstant(Date.parse(notice.at))}
              </time>
            </li>
          ))}
        </ol>
      )}
      {query.hasNextPage ? (
        <MoreButton
          shown={notices.length}
          total={null}
          isLoading={query.isFetchingNextPage}
          onMore={() => void query.fetchNextPage()}
        />
      ) : null}
    </section>
  );
}
