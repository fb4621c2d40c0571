import { useTranslation } from "react-i18next";
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
  const { t } = useTranslation();
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
        title={t("The order of the exchange can't be read")}
        error={placed.error}
        onRetry={() => void placed.refetch()}
      >
        {t("It is order {{orderId}}; what they take is held for them.", { orderId })}
      </Failed>
    );
  }
  const order = after ?? placed.data;
  const fulfilment = order?.fulfilments[0];
  if (order === undefined || fulfilment === undefined) return <p role="status">{t("Reading the order …")}</p>;
  if (fulfilment.status === "collected") {
    return (
      <Part title={t("Exchanged")}>
        <p className="done-line" role="status" data-testid="exchanged">
          <Icon name="check" size={28} />
          <span>{t("They have what they take instead: order {{orderId}}", { orderId })}</span>
        </p>
      </Part>
    );
  }
  return (
    <Part title={t("They take instead")}>
      <p>{t("It is held for them as order {{orderId}}. Hand it over, or it stays held.", { orderId })}</p>
      <CommandNote
        command={handOver}
        why={t("Handing it over is its sale, and the ledger has to know.")}
        unchanged={t("It is still held for them.")}
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
        {t("They have it")}
      </Button>
    </Part>
  );
}
