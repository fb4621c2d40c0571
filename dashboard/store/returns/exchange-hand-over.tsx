import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { Order } from "../../../domain/orders/order.ts";
import { Button } from "../../src/ui/button.tsx";
import { Icon } from "../../src/ui/icon.tsx";
import { Failed } from "../../src/ui/query-state.tsx";
import { useStore, useWork } from "../app/store-context.tsx";
import { CommandNote } from "../form/command-note.tsx";
import { Part } from "../form/part.tsx";
import { useCommand } from "../work/use-command.ts";
import { selfOf } from "../work/work-board.ts";

/** What the customer takes instead is held for them; handing it over is its sale. `epcs`: the very items, as scanned. */
export function ExchangeHandOver({ orderId, epcs }: { orderId: string; epcs: readonly string[] }) {
  const { client } = useStore();
  const { facts, connection } = useWork();
  const [after, setAfter] = useState<Order | null>(null);
  const placed = useQuery({
    queryKey: ["order", orderId],
    queryFn: ({ signal }) => client.orders.get(orderId, signal),
  });
  const handOver = useCommand((fulfilmentId: string, options) =>
    client.orders.collect(
      { orderId, fulfilmentId },
      { actor: selfOf(facts), ...(epcs.length === 0 ? {} : { epcs: [...epcs] }) },
      options,
    ),
  );
  if (placed.error !== null) {
    return (
      <Failed
        title="The order of the exchange can't be read"
        error={placed.error}
        onRetry={() => void placed.refetch()}
      >
        {`It is order ${orderId}; what they take is held for them.`}
      </Failed>
    );
  }
  const order = after ?? placed.data;
  const fulfilment = order?.fulfilments[0];
  if (order === undefined || fulfilment === undefined) return <p role="status">Reading the order …</p>;
  if (fulfilment.status === "collected") {
    return (
      <Part title="Exchanged">
        <p className="done-line" role="status" data-testid="exchanged">
          <Icon name="check" size={28} />
          <span>{`They have what they take instead: order ${orderId}`}</span>
        </p>
      </Part>
    );
  }
  return (
    <Part title="They take instead">
      <p>{`It is held for them as order ${orderId}. Hand it over, or it stays held.`}</p>
      <CommandNote
        command={handOver}
        why="Handing it over is its sale, and the ledger has to know."
        unchanged="It is still held for them."
      />
      <Button
        look="primary"
        className="huge"
        disabled={handOver.isSending || connection === "offline"}
        onClick={() =>
          void handOver.send(fulfilment.fulfilmentId).then((collected) => {
            if (collected !== null) setAfter(collected);
          })
        }
      >
        They have it
      </Button>
    </Part>
  );
}
