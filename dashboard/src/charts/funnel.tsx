import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { formatShare, formatWhole } from "../format/number.ts";
import "./funnel.css";

export type FunnelStep = {
  label: string;
  /** How many got there; null where it is not known. */
  value: number | null;
  /** The share of the first step, as the report states it. */
  share?: number | null;
  note?: ReactNode;
};

/** How many got how far, step by step. Bars begin at 0. */
export function Funnel({ steps, label }: { steps: readonly FunnelStep[]; label: string }) {
  const { t } = useTranslation();
  const most = Math.max(1, ...steps.map(({ value }) => value ?? 0));
  return (
    <ol className="funnel" aria-label={label}>
      {steps.map(({ label: name, value, share, note }, index) => (
        <li key={name}>
          <span className="funnel-name">{name}</span>
          <span className="funnel-value numeric">
            <strong>{value === null ? "–" : formatWhole(value)}</strong>
            {share === undefined || share === null || index === 0 ? null : (
              <span className="muted">{t("{{share}} of the first", { share: formatShare(share) })}</span>
            )}
          </span>
          <span className="funnel-track" aria-hidden="true">
            <span className="funnel-bar" style={{ width: `${((value ?? 0) / most) * 100}%` }} />
          </span>
          {note === undefined ? null : <span className="funnel-note">{note}</span>}
        </li>
      ))}
    </ol>
  );
}
