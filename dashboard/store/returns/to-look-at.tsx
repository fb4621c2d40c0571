import { useTranslation } from "react-i18next";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import type { Return } from "../../../domain/returns/return.ts";
import { Age } from "../../src/ui/age.tsx";
import { useStore, useWork } from "../app/store-context.tsx";
import { ReturnedLine } from "./returned-line.tsx";
import { boughtText } from "./return-words.ts";

/** So many fit on a phone; the others come up as these are done. */
const MOST_SHOWN = 20;

/** What came back here and is not for sale before somebody has looked. */
export function ToLookAt() {
  const { t } = useTranslation();
  const { client } = useStore();
  const { facts, connection } = useWork();
  const queries = useQueryClient();
  const location = facts.location?.locationId ?? "";
  const queryKey = ["returns", "inspect", location];
  const waiting = useQuery({
    queryKey,
    queryFn: ({ signal }) => client.returns.list({ location, status: "inspect", limit: MOST_SHOWN, signal }),
  });
  const unread =
    waiting.error === null || connection === "offline" ? null : (
      <p className="muted">
        {t("What waits for a look can't be read now: {{reason}}", { reason: waiting.error.message })}
      </p>
    );
  const items: readonly Return[] = waiting.data?.items ?? [];
  if (items.length === 0) return unread;
  const changed = () => void queries.invalidateQueries({ queryKey });
  return (
    <section aria-label={t("To look at")}>
      <h2>
        {items.length === MOST_SHOWN
          ? t("To look at ({{returns}} or more)", { returns: MOST_SHOWN })
          : t("To look at ({{returns}})", { returns: items.length })}
      </h2>
      {unread}
      <ul className="cards">
        {items.map((one) => (
          <li key={one.returnId} className="stack" data-testid="to-look-at">
            <p className="muted">
              {boughtText(t, one.boughtIn)} · {t("came back")}: <Age atMs={Date.parse(one.createdAt)} />
            </p>
            <ul className="stack">
              {one.lines
                .filter(({ units }) => (units.inspect ?? 0) > 0)
                .map((line) => (
                  <ReturnedLine key={line.lineNo} one={one} line={line} onChanged={changed} />
                ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  );
}
