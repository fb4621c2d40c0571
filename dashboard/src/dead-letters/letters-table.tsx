import type { TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import type { DeadLetterQuery } from "../../../client/dead-letter-calls.ts";
import type { DeadLetter } from "../../../domain/api/dead-letters.ts";
import { formatWhole } from "../format/number.ts";
import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import type { Column } from "../ui/data-table.tsx";
import { Notice } from "../ui/notice.tsx";
import { PagedTable } from "../ui/paged-table.tsx";
import { useDeadLetters } from "./use-dead-letters.ts";

type LettersTableProps = { filter: DeadLetterQuery; onOpen: (deadLetterId: string) => void };

export function LettersTable({ filter, onOpen }: LettersTableProps) {
  const { t } = useTranslation();
  const query = useDeadLetters(filter);
  return (
    <PagedTable
      label={t("Dead letters")}
      query={query}
      columns={columnsOf(t, onOpen)}
      keyOf={(letter) => letter.deadLetterId}
      loading={t("Loading dead letters")}
      failed={{ title: t("Dead letters can't be shown"), words: t("They are kept.") }}
      empty={
        filter.state === "open" && filter.code === undefined ? (
          <Notice icon="check" title={t("No dead letters")}>
            {t("Every message was understood, or somebody dealt with it.")}
          </Notice>
        ) : (
          <Notice icon="search" title={t("None of these")} />
        )
      }
      total={query.data?.pages[0]?.total ?? null}
    />
  );
}

export function LetterState({ letter }: { letter: DeadLetter }) {
  const { t } = useTranslation();
  switch (letter.state) {
    case "open":
      return letter.lastStep?.action === "replay" ? (
        <Badge tone="bad" icon="warning">
          {t("Refused again")}
        </Badge>
      ) : (
        <Badge tone="warn" icon="mail">
          {t("Open")}
        </Badge>
      );
    case "replayed":
      return (
        <Badge tone="good" icon="check">
          {t("Taken in")}
        </Badge>
      );
    case "discarded":
      return (
        <Badge tone="calm" icon="block">
          {t("Discarded")}
        </Badge>
      );
    default:
      return letter.state satisfies never;
  }
}

function columnsOf(t: TFunction, onOpen: LettersTableProps["onOpen"]): Column<DeadLetter>[] {
  return [
    {
      label: t("Message"),
      look: "wide",
      cell: (letter) => (
        <>
          <div className="strong">{letter.topic}</div>
          <div className="letter-preview">
            {letter.preview ?? t("{{bytes}} bytes, no text", { bytes: formatWhole(letter.sizeBytes) })}
          </div>
        </>
      ),
    },
    {
      label: t("Reason"),
      look: "wide",
      cell: (letter) => (
        <>
          <code>{letter.code}</code>
          <div className="muted letter-detail">{letter.detail}</div>
        </>
      ),
    },
    { label: t("Came"), look: "number", cell: (letter) => `${formatWhole(letter.arrivals)} ×` },
    { label: t("Last"), cell: (letter) => <Age atMs={Date.parse(letter.receivedAt)} /> },
    { label: t("State"), cell: (letter) => <LetterState letter={letter} /> },
    {
      label: t("Look"),
      look: "actions",
      cell: (letter) => (
        <Button
          onClick={() => onOpen(letter.deadLetterId)}
          aria-label={t("Look at the message on {{topic}}", { topic: letter.topic })}
        >
          {t("Look")}
        </Button>
      ),
    },
  ];
}
