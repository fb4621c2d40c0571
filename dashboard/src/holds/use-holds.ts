import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import type { Reservation } from "../../../domain/reservations/reservation.ts";
import type { ReservationQuery } from "../../../client/reservation-calls.ts";
import { useLive } from "../live/live-context.tsx";
import { usePages } from "../live/use-pages.ts";
import { showToast } from "../ui/toasts.tsx";

const REFRESH_MS = 2_000;
const PAGE_ROWS = 50;

/** Reservations, the newest grant first; without a status those that hold stock now. */
export function useHolds(filter: ReservationQuery) {
  const { client } = useLive();
  return usePages(
    ["reservations", filter],
    (page) => client.reservations.list({ ...page, ...filter, limit: PAGE_ROWS }),
    { refetchInterval: REFRESH_MS },
  );
}

/** Gives the goods back, or holds them at another location. */
export function useHoldChange(onDone: () => void) {
  const { t } = useTranslation();
  const { client } = useLive();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({
      hold,
      reason,
      toLocationId,
    }: {
      hold: Reservation;
      reason: string;
      toLocationId: string;
    }) => {
      const why = reason === "" ? {} : { reason };
      return toLocationId === ""
        ? client.reservations.release(hold.reservationId, why)
        : client.reservations.transfer(hold.reservationId, { toLocationId, ...why });
    },
    onSuccess: (_, { toLocationId }) => {
      if (toLocationId === "")
        showToast("good", t("The hold is released"), t("Its units are available to all again."));
      else showToast("good", t("It is held elsewhere now"), t("The old hold has ended."));
      onDone();
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ["reservations"] }),
  });
}
