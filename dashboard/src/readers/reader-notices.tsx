import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { ReaderNotice } from "../../../domain/reader.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import { MoreButton } from "../ui/more-button.tsx";
import { StaleNote } from "../ui/query-state.tsx";

const REFRESH_MS = 5000;
const PAGE_ROWS = 20;

const ICONS: Record<ReaderNotice["kind"], IconName> = {
  lost_messages: "warning",
  overflow: "warning",
  dropped_messages: "warning",
  error: "warning",
  warning: "warning",
  antenna_disconnected: "close",
  antenna_connected: "check",
  offline: "close",
  online: "check",
  clock_corrected: "key",
  restarted: "up",
  firmware_update: "up",
};

function kindWords(t: TFunction, kind: ReaderNotice["kind"]): string {
  switch (kind) {
    case "lost_messages":
      return t("Lost messages");
    case "overflow":
      return t("Overflow");
    case "dropped_messages":
      return t("Dropped messages");
    case "error":
      return t("Error");
    case "warning":
      return t("Warning");
    case "antenna_disconnected":
      return t("Antenna disconnected");
    case "antenna_connected":
      return t("Antenna connected");
    case "offline":
      return t("Went offline");
    case "online":
      return t("Came online");
    case "clock_corrected":
      return t("Clock corrected");
    case "restarted":
      return t("Restarted");
    case "firmware_update":
      return t("Firmware update");
    default:
      return kind satisfies never;
  }
}

/** What people should know of a reader, newest first. */
export function ReaderNotices({ reader }: { reader: { locationId: string; readerId: string } }) {
  const { t } = useTranslation();
  const { client } = useLive();
  const query = usePages(
    ["reader-notices", reader.locationId, reader.readerId],
    (page) => client.readers.notices(reader, { ...page, limit: PAGE_ROWS }),
    { refetchInterval: REFRESH_MS },
  );
  const notices = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section className="reader-part" aria-label={t("What happened")}>
      <h3>{t("What happened")}</h3>
      <StaleNote error={query.error} />
      {query.isPending ? <p role="status">{t("Loading …")}</p> : null}
      {query.data !== undefined && notices.length === 0 ? (
        <p className="muted">{t("Nothing that you should know of in the last 90 days.")}</p>
      ) : null}
      {notices.length === 0 ? null : (
        <ol className="reader-notices">
          {notices.map((notice, index) => (
            // oxlint-disable-next-line react/no-array-index-key -- two notices of one kind may share their instant
            <li key={`${notice.at} ${notice.kind} ${index}`} data-testid="notice">
              <Icon name={ICONS[notice.kind]} size={15} />
              <div>
                <span className="strong">
                  {kindWords(t, notice.kind)}
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
