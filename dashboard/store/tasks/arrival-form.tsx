import { useTranslation } from "react-i18next";
import { useState } from "react";
import { useNavigate } from "react-router";
import { Button } from "../../src/ui/button.tsx";
import { TextField } from "../../src/ui/field.tsx";
import { useStore, useWork } from "../app/store-context.tsx";
import { CommandNote } from "../form/command-note.tsx";
import type { BoardTask } from "../work/project-tasks.ts";
import { useCommand } from "../work/use-command.ts";
import { selfOf } from "../work/work-board.ts";

type Arrival = { orderId: string; fulfilmentId: string; bay: string; vehicle: string };

/** May somebody say that the customer of this task is here? Of goods that are collected, once. */
export function canArrive({ task, isForeseen }: BoardTask): boolean {
  const isCollected = task.method === "pickup" || task.method === "curbside";
  return isCollected && !isForeseen && task.arrival === null && task.fulfilmentId !== null;
}

/** The customer walked up or called, and did not say on their own screen that they are here: all of the store sees it then. */
export function ArrivalForm({ board }: { board: BoardTask }) {
  const { t } = useTranslation();
  const { client, board: work } = useStore();
  const { facts, connection } = useWork();
  const navigate = useNavigate();
  const [bay, setBay] = useState("");
  const [vehicle, setVehicle] = useState("");
  const { orderId, fulfilmentId } = board.task;
  const arrive = useCommand((wish: Arrival, options) => {
    const named = {
      ...(wish.bay === "" ? {} : { bay: wish.bay }),
      ...(wish.vehicle === "" ? {} : { vehicle: wish.vehicle }),
    };
    return client.orders.arrive(wish, { actor: selfOf(facts), ...named }, options);
  });
  if (orderId === null || fulfilmentId === null) return null;
  return (
    <details className="card">
      <summary>{t("The customer is here …")}</summary>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const wish = { orderId, fulfilmentId, bay: bay.trim(), vehicle: vehicle.trim() };
          void arrive.send(wish).then((order) => {
            if (order === null) return;
            work.refreshSoon();
            // It is on top there, for everybody.
            void navigate("/");
          });
        }}
      >
        <TextField
          label={t("Where do they wait? (optional)")}
          placeholder={t("Bay 2, counter")}
          autoComplete="off"
          maxLength={40}
          value={bay}
          onChange={(event) => setBay(event.target.value)}
        />
        <TextField
          label={t("Plate or vehicle (optional, kept nowhere)")}
          placeholder={t("B-OH 42, blue van")}
          autoComplete="off"
          maxLength={60}
          value={vehicle}
          onChange={(event) => setVehicle(event.target.value)}
        />
        <CommandNote
          command={arrive}
          why={t("Colleagues see it when the server knows: tell them, or hand over yourself.")}
          unchanged={t("Nobody was told.")}
        />
        <Button type="submit" className="big" disabled={arrive.isSending || connection === "offline"}>
          {arrive.isSending ? t("Telling …") : t("Tell the store")}
        </Button>
      </form>
    </details>
  );
}
