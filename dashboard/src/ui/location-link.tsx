import { Link } from "react-router";

/** A location's name, which leads to its page. */
export function LocationLink({ id, name }: { id: string; name: string }) {
  return (
    <Link to={`/locations/${id}`} className="quiet-link">
      {name}
    </Link>
  );
}
