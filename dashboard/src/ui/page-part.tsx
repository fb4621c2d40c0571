import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { ApiProblem } from "../../../client/api-problem.ts";
import { Button } from "./button.tsx";
import "./page-part.css";
import { StaleNote } from "./query-state.tsx";

type PagePartProps = { title: string; note?: string; action?: ReactNode; children: ReactNode };

/** A part of a page under a heading of its own; `action` leads to where there is more. */
export function PagePart({ title, note, action, children }: PagePartProps) {
  return (
    <section className="page-part" aria-label={title}>
      <div className="page-part-head">
        <h2>{title}</h2>
        {action}
      </div>
      {note === undefined ? null : <p className="muted">{note}</p>}
      {children}
    </section>
  );
}

/** In place of a part's content. */
export function PartNote({ isBad = false, children }: { isBad?: boolean; children: ReactNode }) {
  return (
    <div className={isBad ? "page-part-empty bad" : "page-part-empty"} role={isBad ? "alert" : undefined}>
      {children}
    </div>
  );
}

type AnswerOf<Data> = { query: Pick<UseQueryResult<Data>, "data" | "error" | "isPending" | "refetch"> };
type PartAnswerProps<Data> = AnswerOf<Data> & { children: (data: Data) => ReactNode };

/** A part's answer, or why there is none: on its way, not for this role, failed. An older answer stays, and says so. */
export function PartAnswer<Data>({ query, children }: PartAnswerProps<Data>) {
  const { t } = useTranslation();
  const { data, error, isPending } = query;
  if (data !== undefined) {
    return (
      <>
        <StaleNote error={error} />
        {children(data)}
      </>
    );
  }
  if (isPending) {
    return (
      <PartNote>
        <span role="status">{t("Loading …")}</span>
      </PartNote>
    );
  }
  if (error instanceof ApiProblem && error.status === 403) {
    return <PartNote>{t("Your role may not read this.")}</PartNote>;
  }
  return (
    <PartNote isBad>
      {error?.message} <Button onClick={() => void query.refetch()}>{t("Try again")}</Button>
    </PartNote>
  );
}
