import { useEffect, useRef } from "react";
import { useLocation, useNavigate } from "react-router";
import { readSqlLink, type SqlLink, writeSqlLink } from "./sql-link.ts";

/**
 * The address and the page: what an address brings is told by `onLink`, once; what the page writes into it is not told back. It
 * stands behind the `#` and takes the place of what was there, so that the way back leads out of the page.
 */
export function useSqlAddress(onLink: (link: SqlLink) => void): { write: (link: SqlLink) => void } {
  const { hash } = useLocation();
  const navigate = useNavigate();
  const own = useRef<string>(null);
  const told = useRef(onLink);
  useEffect(() => {
    told.current = onLink;
  });
  useEffect(() => {
    if (hash === own.current || hash === "") return undefined;
    let isCurrent = true;
    void readSqlLink(hash).then((link) => {
      if (!isCurrent || link === null) return;
      own.current = hash;
      told.current(link);
    });
    return () => {
      isCurrent = false;
    };
  }, [hash]);
  return {
    write(link) {
      void writeSqlLink(link).then((next) => {
        own.current = next;
        void navigate({ hash: next }, { replace: true });
      });
    },
  };
}
