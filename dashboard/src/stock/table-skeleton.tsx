import "./table-skeleton.css";

const WIDTHS = [30, 24, 36, 28, 33, 22, 31, 27];

/** Holds the table's place while its rows are on their way; `label` says how far they are. */
export function TableSkeleton({ label }: { label: string }) {
  return (
    <div className="skeleton">
      <p className="muted" role="status">
        {label} …
      </p>
      {WIDTHS.map((width) => (
        <div key={width} className="skeleton-row" aria-hidden="true">
          <span className="skeleton-bar" style={{ width: `${width}%` }} />
          <span className="skeleton-bar" style={{ width: "12%" }} />
          <span className="skeleton-bar" style={{ width: "8%" }} />
        </div>
      ))}
    </div>
  );
}
