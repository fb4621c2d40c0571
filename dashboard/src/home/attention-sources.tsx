import { useTranslation } from "react-i18next";
import type { Attention } from "../../../domain/api/attention.ts";
import { Age } from "../ui/age.tsx";
import { Icon } from "../ui/icon.tsx";
import { sourceWords } from "./attention-words.ts";

/** How fresh what is shown is, part by part, and what could not be looked at. */
export function AttentionSources({ attention }: { attention: Attention }) {
  const { t } = useTranslation();
  const missing = attention.sources.filter(({ problem }) => problem !== null);
  const awaited = attention.sources.filter(({ asOf, problem }) => asOf === null && problem === null);
  const namesOf = (sources: typeof missing) => sources.map(({ source }) => sourceWords(t, source)).join(", ");
  return (
    <details className="home-sources">
      <summary>
        {missing.length === 0 && awaited.length > 0 ? (
          <span className="home-note">{t("Still looking: {{names}}", { names: namesOf(awaited) })}</span>
        ) : missing.length === 0 ? (
          <span className="home-note">
            {t("All of it looked at")} <Age atMs={Date.parse(attention.asOf)} />
          </span>
        ) : (
          <span className="home-missing">
            <Icon name="warning" size={14} />
            {t("Could not be looked at: {{names}}", { names: namesOf(missing) })}
          </span>
        )}
      </summary>
      <dl>
        {attention.sources.map(({ source, asOf, problem }) => (
          <div key={source}>
            <dt>{sourceWords(t, source)}</dt>
            <dd>
              {asOf === null ? t("not yet") : <Age atMs={Date.parse(asOf)} />}
              {problem === null ? null : <span className="home-missing"> {problem}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
