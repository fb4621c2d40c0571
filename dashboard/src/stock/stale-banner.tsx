import { useTranslation } from "react-i18next";
import type { LiveStatus } from "../live/live-stock.ts";
import { Icon } from "../ui/icon.tsx";

/** Says what not being live means for the numbers. */
export function StaleBanner({ status }: { status: LiveStatus }) {
  const { t } = useTranslation();
  if (status.state !== "stale" && status.state !== "offline") return null;
  return (
    <div className="banner" role="alert">
      <Icon name="warning" size={16} />
      <span>
        {status.hasSnapshot
          ? t(
              "These numbers are not the newest: the connection to the server is lost. They will catch up without a hole when it is back.",
            )
          : t("No numbers yet: the server can't be reached. The page keeps trying.")}
        {status.problem === null ? "" : ` ${status.problem.detail}`}
      </span>
    </div>
  );
}
