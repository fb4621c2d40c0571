import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../../client/api-problem.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import "./report-trouble.css";

/** In place of a figure that could not be read: why, and a way on where there is one. */
export function ReportTrouble({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { t } = useTranslation();
  if (isForbidden(error)) {
    return (
      <p className="report-trouble">
        <Icon name="key" size={16} />
        <span>
          {t("Your role may not read this figure. Ask an admin for the role merchandiser or analyst.")}
        </span>
      </p>
    );
  }
  return (
    <div className="report-trouble bad" role="alert">
      <Icon name="warning" size={16} />
      <span>{error.message}</span>
      <Button onClick={onRetry}>{t("Try again")}</Button>
    </div>
  );
}

function isForbidden(error: Error): boolean {
  return error instanceof ApiProblem && error.status === 403;
}

/** Beside a figure that could not be read again; the figure is as it was. */
export function StaleMark({ error }: { error: Error | null }) {
  const { t } = useTranslation();
  if (error === null) return null;
  return (
    <span className="stale-mark" title={error.message} role="status">
      <Icon name="warning" size={13} />
      {t("Not the newest")}
    </span>
  );
}
