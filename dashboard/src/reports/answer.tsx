import { useTranslation } from "react-i18next";
import { sourceMark } from "./source-mark.ts";
import type { ReportQuery } from "./use-report.ts";

type AnswerProps = {
  /** What the sentences are made of: none is said before all of it is there. */
  reports: readonly ReportQuery[];
  /** Null where there is nothing to say it of. */
  sentences: readonly (string | null)[];
};

/** The part's question answered in words, above the figures that the words are made of. */
export function Answer({ reports, sentences }: AnswerProps) {
  const { t } = useTranslation();
  const isWaiting = reports.some(({ data, error }) => data === undefined && error === null);
  const said = sentences.filter((sentence) => sentence !== null);
  if (isWaiting) {
    return (
      <p className="answer waiting" role="status">
        {t("Counting …")}
      </p>
    );
  }
  // What could not be read says so in its own place.
  if (reports.some(({ data }) => data === undefined)) return null;
  return (
    <p
      className="answer"
      data-testid="answer"
      data-sources={JSON.stringify(reports.map(({ data }) => sourceMark(data)))}
    >
      {said.length === 0
        ? t("Nothing happened in this window that could be counted.")
        : said.map(withOneStop).join(" ")}
    </p>
  );
}

/** A sentence that ends with a unit's own full stop ("12 sek.") takes no second one. */
const withOneStop = (sentence: string): string => sentence.replace(/\.\.$/, ".");
