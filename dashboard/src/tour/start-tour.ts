import { driver, type DriveStep } from "driver.js";
import "driver.js/dist/driver.css";
import type { TFunction } from "i18next";
import "./tour.css";

const NAV = ".nav-link";
/** The first page may still be loading what is pointed at. */
const WAIT_MS = 3_000;

/** Goes through the first page and the ways to the others; ways that are not shown (on a phone) are left out. */
export function startTour(t: TFunction): void {
  const isShown = ({ element }: DriveStep): boolean =>
    typeof element !== "string" ||
    !element.startsWith(NAV) ||
    (document.querySelector(element)?.getClientRects().length ?? 0) > 0;
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches;
  driver({
    steps: stepsOf(t).filter(isShown),
    animate: !isStill,
    smoothScroll: !isStill,
    allowKeyboardControl: true,
    waitForElement: WAIT_MS,
    skipMissingElement: true,
    showProgress: true,
    progressText: t("{{step}} of {{steps}}", { step: "{{current}}", steps: "{{total}}" }),
    nextBtnText: t("Next"),
    prevBtnText: t("Back"),
    doneBtnText: t("Done"),
    popoverClass: "tour-popover",
    stagePadding: 6,
    stageRadius: 8,
  }).drive();
}

function stepsOf(t: TFunction): DriveStep[] {
  const link = (to: string) => `${NAV}[href="${to}"]`;
  return [
    {
      popover: {
        title: t("What can we promise, where, and how sure are we?"),
        description: t(
          "Onhand keeps one ledger of stock for all stores and channels, from tag reads and sales. Here is where to find what it knows.",
        ),
      },
    },
    {
      element: "[aria-labelledby=home-needs]",
      popover: {
        title: t("What needs you"),
        description: t(
          "The most urgent first, with the money at stake. Each line leads to where it is dealt with.",
        ),
      },
    },
    {
      element: "[aria-labelledby=home-today]",
      popover: {
        title: t("Today so far"),
        description: t(
          "Sales and pickups beside the same weekday a week ago. The (i) of every figure opens its formula, window and SQL.",
        ),
      },
    },
    {
      element: link("/stock"),
      popover: {
        title: t("Live stock"),
        description: t(
          "Every product at every place, moving as tags are read and goods are sold. A row opens why.",
        ),
      },
    },
    {
      element: link("/omnichannel"),
      popover: {
        title: t("Omnichannel"),
        description: t("What customers are worth, whether they come back, and whether promises are kept."),
      },
    },
    {
      element: link("/accuracy"),
      popover: {
        title: t("Accuracy"),
        description: t("The book against what was counted and read: which store's numbers can be trusted."),
      },
    },
    {
      element: link("/tasks"),
      popover: {
        title: t("Operations"),
        description: t("Work of the stores, readers, the pipeline, and what was not understood."),
      },
    },
    {
      element: link("/analyst/sql"),
      popover: {
        title: t("Ask your own questions"),
        description: t("Every report with its SQL, and an editor for your own."),
      },
    },
    {
      element: "[data-tour=palette]",
      popover: {
        title: t("Find anything"),
        description: t("Ctrl K, or ⌘ K: pages, products, stores, orders and tags by their name."),
      },
    },
  ];
}
