import type { Page } from "playwright-core";

/** A table, or what reads like one, under its name: the columns' names, and the cells of each line. */
export type LiveList = { label: string; heads: string[]; lines: string[][] };

/**
 * What stands on a live page: tables, sums, the stock table's rows on the screen, and other lists. Tables of reports are not among
 * them: they have sources of their own. `nowMs`: by the page's clock.
 */
export async function readLive(page: Page): Promise<{ nowMs: number; lists: LiveList[] }> {
  return page.evaluate(() => {
    const all = (within: ParentNode, selector: string) => [...within.querySelectorAll<HTMLElement>(selector)];
    /** Without what is for the eye alone, such as the change beside a live number. */
    const textOf = (element: Element | null) => {
      if (element === null) return "";
      const copy = element.cloneNode(true) as Element;
      for (const hidden of all(copy, "[aria-hidden], .visually-hidden")) hidden.remove();
      return (copy.textContent ?? "").trim();
    };
    const parts = (line: Element, selectors: string[]) =>
      selectors.map((selector) => textOf(line.querySelector(selector)));
    const lists: LiveListHere[] = [];
    type LiveListHere = { label: string; heads: string[]; lines: string[][] };
    const add = (label: string, heads: string[], lines: string[][]) => {
      if (lines.length > 0) lists.push({ label, heads, lines });
    };

    for (const panel of all(document, "main .data-panel")) {
      if (panel.closest("[data-report]") !== null) continue;
      const lines = all(panel, "tbody tr").map((line) => all(line, "td").map(textOf));
      add(
        panel.getAttribute("aria-label") ?? "",
        all(panel, "thead th").map((head) => head.textContent ?? ""),
        lines,
      );
    }
    for (const frame of all(document, "main .figures-frame")) {
      add(
        frame.getAttribute("aria-label") ?? "",
        ["Figure", "Value"],
        all(frame, ".figure").map((figure) => parts(figure, ["dt", "dd"])),
      );
    }
    const STOCK = ["onHand", "sellable", "reserved", "available", "confidence", "state", "seen"];
    add(
      "Stock rows",
      ["Product", "Location", ...STOCK],
      all(document, "main .stock-row").map((row) =>
        parts(row, [".stock-name", ".stock-place", ...STOCK.map((column) => `.col-${column}`)]),
      ),
    );
    const places = all(document, "main .heat-head .heat-place").map(textOf);
    add(
      "Heat map",
      ["Line", "Place", "Value", "Words"],
      all(document, "main .heat-row").flatMap((row) =>
        all(row, ".heat-slot").map((cell, index) => [
          textOf(row.querySelector(".heat-name")),
          places[index] ?? "",
          textOf(cell),
          cell.title,
        ]),
      ),
    );
    add(
      "Map",
      ["Place"],
      all(document, "main .map-list li > button").map((place) => [textOf(place)]),
    );
    const NEED = [
      ".attention-count",
      ".attention-title",
      ".attention-where",
      ".attention-money",
      ".attention-since",
    ];
    add(
      "What needs you",
      ["Count", "What", "Where", "Money", "Since"],
      all(document, "main .attention-line").map((line) => parts(line, NEED)),
    );
    add(
      "Promise",
      ["Step"],
      all(document, "main .promise-steps li").map((step) => parts(step, ["b"])),
    );
    add(
      "Pipeline",
      ["Metric", "Now"],
      all(document, "main .pipeline-figure").map((tile) => [
        tile.title,
        textOf(tile.querySelector("strong")),
      ]),
    );
    add(
      "Letters alike",
      ["Letters", "Code"],
      all(document, "main .group").map((group) => parts(group, ["strong", "code"])),
    );
    add(
      "Product",
      ["Facts"],
      all(document, '[data-testid="product"] .product-head p').map((head) => [textOf(head)]),
    );
    add(
      "Facts",
      ["Fact", "Value"],
      all(document, "main :is(.customer-values, .order-summary, .item-now) .facts > div").map((fact) =>
        parts(fact, ["dt", "dd"]),
      ),
    );
    return { nowMs: Date.now(), lists };
  });
}
