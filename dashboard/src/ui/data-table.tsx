import type { ReactNode } from "react";
import "./data-table.css";

export type Column<Row> = {
  label: string;
  /**
   * Numbers stand right-aligned; wide cells take the whole width on narrow screens. Actions are controls that say what they
   * do: the column's name is for assistive technology only.
   */
  look?: "number" | "wide" | "actions";
  cell: (row: Row) => ReactNode;
};

type DataTableProps<Row> = {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
};

/** A table of some hundred rows. On narrow screens each row becomes a card, with the columns' names beside its values. */
export function DataTable<Row>({ label, columns, rows, keyOf }: DataTableProps<Row>) {
  return (
    <section className="data-panel" aria-label={label}>
      <table className="data-table">
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.label} scope="col" className={column.look}>
                {column.look === "actions" ? (
                  <span className="visually-hidden">{column.label}</span>
                ) : (
                  column.label
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} data-testid="line">
              {columns.map((column, index) => (
                <td
                  key={column.label}
                  className={column.look === "number" ? "number numeric" : column.look}
                  data-label={index === 0 || !isNamed(column.look) ? undefined : column.label}
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** True where a cell needs its column's name beside it when the row is a card. */
function isNamed(look: Column<never>["look"]): boolean {
  return look !== "wide" && look !== "actions";
}
