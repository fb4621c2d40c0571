import { useTranslation } from "react-i18next";
import type { Location } from "../../../domain/location.ts";
import { formatDay } from "../format/day.ts";
import { dateFormat } from "../format/display-locale.ts";
import { formatInstant } from "../format/number.ts";
import { Badge } from "../ui/badge.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { PagePart, PartAnswer } from "../ui/page-part.tsx";
import { useOpening } from "./use-location.ts";

/** When it is open by its own clock, and what pickup there means. */
export function OpeningPart({ location }: { location: Location }) {
  const { t } = useTranslation();
  const { pickup, timeZone } = location;
  const query = useOpening(location.locationId);
  const time = (instant: string) =>
    dateFormat({ hour: "2-digit", minute: "2-digit", timeZone }).format(Date.parse(instant));
  const at = (instant: string) => formatInstant(Date.parse(instant), timeZone);
  return (
    <PagePart title={t("Opening and pickup")} note={t("By its own clock: {{timeZone}}", { timeZone })}>
      <PartAnswer query={query}>
        {({ problem, isOpen, opensAt, closesAt, readyAt, days }) => (
          <div className="card location-opening">
            <Facts>
              <Fact label={t("Now")}>
                {isOpen === null ? (
                  <span className="muted">{problem}</span>
                ) : (
                  <>
                    <Badge tone={isOpen ? "good" : "calm"} icon={isOpen ? "check" : "block"}>
                      {isOpen ? t("Open") : t("Closed")}
                    </Badge>{" "}
                    {isOpen && closesAt !== null ? t("until {{time}}", { time: time(closesAt) }) : null}
                    {!isOpen && opensAt !== null ? t("opens {{at}}", { at: at(opensAt) }) : null}
                  </>
                )}
              </Fact>
              <Fact label={t("Pickup")}>
                {pickup.isOffered
                  ? [
                      t("{{minutes}} min of opening hours", { minutes: pickup.leadMinutes }),
                      t("kept {{hours}} h", { hours: pickup.holdHours }),
                      pickup.hasCurbside ? t("curbside too") : "",
                    ]
                      .filter((word) => word !== "")
                      .join(" · ")
                  : t("not offered")}
              </Fact>
              {readyAt === null ? null : (
                <Fact label={t("Ordered now")}>{t("ready {{at}}", { at: at(readyAt) })}</Fact>
              )}
            </Facts>
            {days.length === 0 ? null : (
              <Facts>
                {days.map(({ date, spans }) => (
                  <Fact key={date} label={formatDay(date, "short")}>
                    <span className="numeric">
                      {spans.length === 0
                        ? t("closed")
                        : spans.map(({ from, to }) => `${time(from)}–${time(to)}`).join(", ")}
                    </span>
                  </Fact>
                ))}
              </Facts>
            )}
          </div>
        )}
      </PartAnswer>
    </PagePart>
  );
}
