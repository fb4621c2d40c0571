import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useOutletContext } from "react-router";
import type { ShellContext } from "../app/page-head.tsx";
import { useSession } from "../session/session-context.ts";
import { Button } from "../ui/button.tsx";
import { Icon } from "../ui/icon.tsx";
import "./tour-offer.css";
import { endTour, isTourOver } from "./tour-state.ts";

/** On a demo, until it is answered: what this is, and a tour. */
export function TourOffer() {
  const { t } = useTranslation();
  const { isDemo } = useSession();
  const { startTour } = useOutletContext<ShellContext>();
  const [isOver, setOver] = useState(isTourOver);
  if (!isDemo || isOver) return null;
  const answer = (isWanted: boolean) => {
    endTour();
    setOver(true);
    if (isWanted) startTour();
  };
  return (
    <section className="tour-offer" aria-label={t("Tour")}>
      <Icon name="info" />
      <p>
        <strong>{t("This is a demo.")}</strong>{" "}
        {t("A simulated chain of stores sells, picks and counts while you look; nothing here is real.")}
      </p>
      <Button look="primary" onClick={() => answer(true)}>
        {t("Take the tour")}
      </Button>
      <Button onClick={() => answer(false)}>{t("No, thanks")}</Button>
    </section>
  );
}
