import { Link } from "react-router";
import "./epc-link.css";

/** A tag's identity, and the way to its item's life. */
export function EpcLink({ epc }: { epc: string }) {
  return (
    <Link to={`/items/${epc}`} className="epc">
      {epc}
    </Link>
  );
}
