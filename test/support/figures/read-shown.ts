import type { Page } from "playwright-core";

/** What marks a source: see `sourceMark` of the dashboard. */
export type Source = { report: string; parameters: string; compare: string };

/** A list of things on the page, under its name: a table's lines, a funnel's steps, the cells of a map. */
export type ShownList = { label: string; lines: string[][] };

/** What stands on the page below one mark of a source. */
export type Shown = {
  title: string;
  sources: Source[];
  /** Which cells a card shows, and what stands there. */
  card: { cells: string; value: string; change: string; interval: string; n: string } | null;
  /** A chart as a table. */
  names: string[];
  lines: string[][];
  /** What else is in the chart. */
  lists: ShownList[];
  /** Titles, notes and sentences with a digit in them. */
  texts: string[];
};

/** Charts are shown as tables while they are read, and as charts again after it. `loose`: texts with figures below no mark. */
export async function readShown(page: Page): Promise<{ shown: Shown[]; loose: string[] }> {
  return page.evaluate(async () => {
    const drawn = () => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
    const textOf = (element: Element | null) => (element?.textContent ?? "").trim();
    const all = (within: Element, selector: string) => [...within.querySelectorAll<HTMLElement>(selector)];
    const press = (charts: Element[]) => {
      for (const chart of charts) chart.querySelector<HTMLElement>("button[aria-pressed]")?.click();
    };
    const linesOf: Record<string, (list: Element) => string[][]> = {
      ".data-panel": (list) => all(list, "tbody tr").map((line) => all(line, "td").map(textOf)),
      ".funnel": (list) =>
        all(list, "li").map((step) =>
          [".funnel-name", "strong", ".muted"].map((part) => textOf(step.querySelector(part))),
        ),
      ".cause-bars": (list) =>
        all(list, "li").map((line) =>
          [".cause-word", "strong", "small"].map((part) => textOf(line.querySelector(part))),
        ),
      ".funnel-ends": (list) => all(list, "li").map((end) => [textOf(end)]),
      ".interval-plot": (list) =>
        all(list, "dl > div").map((line) =>
          ["dt", "strong", "dd > .muted"].map((part) => textOf(line.querySelector(part))),
        ),
      ".heat-map": (list) => {
        const heads = all(list, "thead th").map(textOf);
        return all(list, "tbody tr").flatMap((line) =>
          all(line, "td").flatMap((cell, index) =>
            textOf(cell) === ""
              ? []
              : [[textOf(line.querySelector("th")), heads[index + 1] ?? "", textOf(cell), cell.title]],
          ),
        );
      },
    };
    const listsOf = (within: Element) =>
      Object.entries(linesOf).flatMap(([selector, read]) =>
        all(within, selector)
          .filter((list) => list.closest(".chart-table") === null)
          .map((list) => ({ label: list.getAttribute("aria-label") ?? "", lines: read(list) })),
      );
    const WORDS = "h2, h3, p";
    const textsOf = (within: Element) =>
      [...(within.matches(WORDS) ? [within] : []), ...all(within, WORDS)]
        .map(textOf)
        .filter((text) => /\d/.test(text));
    const sourceOf = (mark: Record<string, string | undefined>) => ({
      report: mark["data-report"] ?? "",
      parameters: mark["data-parameters"] ?? "{}",
      compare: mark["data-compare"] ?? "",
    });
    const attributesOf = (element: Element) =>
      Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value]));

    const MARKS = "main [data-report], main [data-sources]";
    const marked = [...document.querySelectorAll<HTMLElement>(MARKS)];
    const read = marked.map((element) => {
      const { sources, cells } = element.dataset;
      const part = (selector: string) => textOf(element.querySelector(selector));
      return {
        title: element.getAttribute("aria-label") ?? textOf(element),
        sources:
          sources === undefined
            ? [sourceOf(attributesOf(element))]
            : (JSON.parse(sources) as Record<string, string>[]).map(sourceOf),
        card:
          cells === undefined
            ? null
            : {
                cells,
                value: part(".kpi-value"),
                change: part(".kpi-change"),
                interval: part(".kpi-interval"),
                n: part(".kpi-n"),
              },
        lists: listsOf(element),
        texts: textsOf(element),
      };
    });

    // Pages of reports have no figure but those of reports.
    const places = [...document.querySelectorAll("main .report-page")];
    const HANDLED = `${MARKS}, .filter-bar, .report-filters, .chart-notes, select, script, style`;
    const loose = places.flatMap((place) => {
      const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const parent = node.parentElement;
        if (/\d/.test(node.textContent ?? "") && parent?.closest(HANDLED) === null)
          found.push(textOf(parent.closest("h2, h3, p") ?? parent));
      }
      return found;
    });

    const charts = marked.filter((element) => element.matches(".chart-panel"));
    press(charts);
    await drawn();
    await drawn();
    const tables = marked.map((element) => ({
      names: all(element, ".chart-table thead th").map(textOf),
      lines: all(element, ".chart-table tbody tr").map((line) => all(line, "td").map(textOf)),
    }));
    press(charts);
    await drawn();
    await drawn();
    const shown = read.map((each, index) => Object.assign(each, tables[index] ?? { names: [], lines: [] }));
    return { shown, loose };
  });
}
