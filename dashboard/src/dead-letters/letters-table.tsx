import type { DeadLetterQuery } from "../../../client/dead-letter-calls.ts";
import type { DeadLetter } from "../../../domain/api/dead-letters.ts";
import { formatWhole } from "../format/number.ts";
import { TableSkeleton } from "../stock/table-skeleton.tsx";
import { Age } from "../ui/age.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { MoreButton } from "../ui/more-button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Failed, StaleNote } from "../ui/query-state.tsx";
import { useDeadLetters } from "./use-dead-letters.ts";

type LettersTableProps = { filter: DeadLetterQuery; onOpen: (deadLetterId: string) => void };

export function LettersTable({ filter, onOpen }: LettersTableProps) {
  const query = useDeadLetters(filter);
  if (query.isPending) return <TableSkeleton label="Loading dead letters" />;
  if (query.data === undefined) {
    return (
      <Failed title="Dead letters can't be shown" error={query.error} onRetry={() => void query.refetch()}>
        They are kept.
      </Failed>
    );
  }
  const { pages } = query.data;
  const letters = pages.flatMap((page) => page.items);
  if (letters.length === 0) {
    return filter.state === "open" && filter.code === undefined ? (
      <Notice icon="check" title="No dead letters">
        Every message was understood, or somebody dealt with it.
      </Notice>
    ) : (
      <Notice icon="search" title="None of these" />
    );
  }
  return (
    <div className="page-scroll">
      <StaleNote error={query.error} />
      <DataTable
        label="Dead letters"
        columns={columnsOf(onOpen)}
        rows={letters}
        keyOf={(letter) => letter.deadLetterId}
      />
      <MoreButton
        shown={letters.length}
        total={pages[0]?.total ?? null}
        isLoading={query.isFetchingNextPage}
        onMore={query.hasNextPage ? () => void query.fetchNextPage() : null}
      />
    </div>
  );
}

export function LetterState({ letter }: { letter: DeadLetter }) {
  switch (letter.state) {
    case "open":
      return letter.lastStep?.action === "replay" ? (
        <Badge tone="bad" icon="warning">
          Refused again
        </Badge>
      ) : (
        <Badge tone="warn" icon="mail">
          Open
        </Badge>
      );
    case "replayed":
      return (
        <Badge tone="good" icon="check">
          Taken in
        </Badge>
      );
    case "discarded":
      return (
        <Badge tone="calm" icon="block">
          Discarded
        </Badge>
      );
    default:
      return letter.state satisfies never;
  }
}

function columnsOf(onOpen: LettersTableProps["onOpen"]): Column<DeadLetter>[] {
  return [
    {
      label: "Message",
      look: "wide",
      cell: (letter) => (
        <>
          <div className="strong">{letter.topic}</div>
          <div className="letter-preview">
            {letter.preview ?? `${formatWhole(letter.sizeBytes)} bytes, no text`}
          </div>
        </>
      ),
    },
    {
      label: "Reason",
      look: "wide",
      cell: (letter) => (
        <>
          <code>{letter.code}</code>
          <div className="muted letter-detail">{letter.detail}</div>
        </>
      ),
    },
    { label: "Came", look: "number", cell: (letter) => `${formatWhole(letter.arrivals)} ×` },
    { label: "Last", cell: (letter) => <Age atMs={Date.parse(letter.receivedAt)} /> },
    { label: "State", cell: (letter) => <LetterState letter={letter} /> },
    {
      label: "Look",
      look: "actions",
      cell: (letter) => (
        <Button
          onClick={() => onOpen(letter.deadLetterId)}
          aria-label={`Look at the message on ${letter.topic}`}
        >
          Look
        </Button>
      ),
    },
  ];
}
