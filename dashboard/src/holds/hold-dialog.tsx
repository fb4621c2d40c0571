import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Reservation, ReservationLine } from "../../../domain/reservations/reservation.ts";
import { LIVE_STATUSES } from "../../../domain/reservations/reservation.ts";
import type { Location } from "../../../domain/location.ts";
import { formatInstant, formatWhole } from "../format/number.ts";
import type { PlaceNames } from "../item/place-names.ts";
import type { ProductWords } from "../live/product-words.ts";
import { useSession } from "../session/session-context.ts";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Fact, Facts } from "../ui/facts.tsx";
import { SelectField, TextField } from "../ui/field.tsx";
import { LocationLink } from "../ui/location-link.tsx";
import { HoldBadge } from "./hold-badge.tsx";
import { useHoldChange } from "./use-holds.ts";

type HoldDialogProps = {
  hold: Reservation;
  names: PlaceNames;
  words: ProductWords;
  locations: readonly Location[];
  onClose: () => void;
};

/** One reservation with its lines; an administrator may release it, or hold the goods elsewhere. */
export function HoldDialog({ hold, names, words, locations, onClose }: HoldDialogProps) {
  const { t } = useTranslation();
  const { role } = useSession();
  const [reason, setReason] = useState("");
  const [toLocationId, setToLocationId] = useState("");
  const change = useHoldChange(onClose);
  const isLive = LIVE_STATUSES.includes(hold.status);
  const until = hold.expiresAt ?? hold.holdUntil;
  const held = new Set(hold.lines.map((line) => line.locationId));
  return (
    <Dialog
      title={t("Reservation by {{channel}}", { channel: hold.channel })}
      onClose={onClose}
      foot={
        isLive && role === "admin" ? (
          <>
            <SelectField
              label={t("What to do")}
              value={toLocationId}
              choices={[
                { value: "", label: t("Release it") },
                ...locations
                  .filter(({ locationId }) => !held.has(locationId))
                  .map(({ locationId, name }) => ({
                    value: locationId,
                    label: t("Hold at {{place}}", { place: name }),
                  })),
              ]}
              onChange={setToLocationId}
            />
            <TextField
              label={t("Reason")}
              maxLength={500}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
            <Button
              look="primary"
              disabled={change.isPending}
              onClick={() => change.mutate({ hold, reason: reason.trim(), toLocationId })}
            >
              {change.isPending ? t("Saving …") : toLocationId === "" ? t("Release") : t("Hold there")}
            </Button>
          </>
        ) : undefined
      }
    >
      <div className="hold">
        <HoldBadge hold={hold} />
        {hold.isAtRisk ? (
          <p>
            {t(
              "Stock does not cover it any more: a sale, a loss or a count took units that were promised. Hold them elsewhere, or tell the customer.",
            )}
          </p>
        ) : null}
        <Facts>
          <Fact label={t("Id")}>{hold.reservationId}</Fact>
          {hold.orderId === null ? null : <Fact label={t("Order")}>{hold.orderId}</Fact>}
          {hold.customerId === null ? null : <Fact label={t("Customer")}>{hold.customerId}</Fact>}
          <Fact label={t("Granted")}>{formatInstant(Date.parse(hold.createdAt))}</Fact>
          {until === null ? null : <Fact label={t("Until")}>{formatInstant(Date.parse(until))}</Fact>}
          {hold.transferredFrom === null ? null : (
            <Fact label={t("Held before as")}>{hold.transferredFrom}</Fact>
          )}
          {hold.transferredTo === null ? null : <Fact label={t("Held now as")}>{hold.transferredTo}</Fact>}
          {hold.reason === null ? null : <Fact label={t("Reason")}>{hold.reason}</Fact>}
        </Facts>
        <DataTable
          label={t("Lines")}
          columns={columnsOf(names, words, t)}
          rows={hold.lines}
          keyOf={(line) => `${line.gtin} ${line.locationId}`}
        />
        {change.error === null ? null : (
          <p className="form-error" role="alert">
            {change.error.message}
          </p>
        )}
      </div>
    </Dialog>
  );
}

function columnsOf(names: PlaceNames, words: ProductWords, t: TFunction): Column<ReservationLine>[] {
  return [
    {
      label: t("Product"),
      look: "wide",
      cell: (line) => (
        <>
          <div className="strong">
            <Link to={`/products/${line.gtin}`}>{words.get(line.gtin)?.name ?? line.gtin}</Link>
          </div>
          <div className="muted">
            <LocationLink id={line.locationId} name={names.location(line.locationId)} />
          </div>
        </>
      ),
    },
    { label: t("Held"), look: "number", cell: (line) => formatWhole(line.quantity) },
    { label: t("Handed over"), look: "number", cell: (line) => formatWhole(line.fulfilled) },
    { label: t("At risk"), look: "number", cell: (line) => formatWhole(line.atRisk) },
  ];
}
