import { Command } from "cmdk";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { shownGroups } from "../app/page-list.ts";
import { nextTheme } from "../app/theme.ts";
import { LANGUAGES } from "../i18n/languages.ts";
import { pickLanguage } from "../i18n/start-languages.ts";
import { useLocations } from "../live/use-master-data.ts";
import { useSession } from "../session/session-context.ts";
import { Icon, type IconName } from "../ui/icon.tsx";
import "./command-palette.css";
import { keepRecent, readRecent, type RecentPlace } from "./recent-places.ts";
import { useFound } from "./use-found.ts";

type CommandPaletteProps = { onClose: () => void; onHelp: () => void; onTour: () => void };

/** Everything by its name: pages, products, locations, orders, items, reports, and what can be done. */
export function CommandPalette({ onClose, onHelp, onTour }: CommandPaletteProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const { role } = useSession();
  const [text, setText] = useState("");
  const [recent] = useState(readRecent);
  const locations = useLocations();
  const found = useFound(text);
  const go = (place: RecentPlace) => {
    keepRecent(place);
    onClose();
    void navigate(place.to);
  };
  const act = (run: () => void) => {
    onClose();
    run();
  };
  return (
    <PaletteDialog label={t("Find anything")} onClose={onClose}>
      <Command label={t("Find anything")} loop filter={rank}>
        <div className="palette-head">
          <Icon name="search" />
          <Command.Input
            value={text}
            onValueChange={setText}
            placeholder={t("A page, product, store, order number, EPC …")}
          />
          <kbd>Esc</kbd>
        </div>
        <Command.List label={t("What was found")}>
          <Command.Empty>{t("Nothing by that name.")}</Command.Empty>
          {found.orderId === null && found.epc === null ? null : (
            <Command.Group heading={t("By its number")} forceMount>
              {found.orderId === null ? null : (
                <Line
                  icon="cart"
                  value={`order ${found.orderId}`}
                  isAlways
                  onSelect={() =>
                    go({ to: `/orders/${encodeURIComponent(text.trim())}`, label: text.trim() })
                  }
                >
                  {t("Order {{orderId}}", { orderId: found.orderId })}
                </Line>
              )}
              {found.epc === null ? null : (
                <Line
                  icon="tag"
                  value={`item ${found.epc}`}
                  isAlways
                  onSelect={() => go({ to: `/items/${encodeURIComponent(text.trim())}`, label: text.trim() })}
                >
                  {t("Item {{epc}}", { epc: found.epc })}
                </Line>
              )}
            </Command.Group>
          )}
          {text !== "" || recent.length === 0 ? null : (
            <Command.Group heading={t("Opened last")}>
              {recent.map((place) => (
                <Line key={place.to} icon="back" value={`recent ${place.to}`} onSelect={() => go(place)}>
                  {place.label}
                </Line>
              ))}
            </Command.Group>
          )}
          {found.products.length === 0 ? null : (
            <Command.Group heading={t("Products")}>
              {found.products.map(({ gtin, name, sku, category }) => (
                <Line
                  key={gtin}
                  icon="stock"
                  value={`product ${gtin}`}
                  isAlways
                  onSelect={() => go({ to: `/products/${gtin}`, label: name })}
                >
                  {name}
                  <span className="muted numeric">
                    {[sku, category].filter((each) => each !== "").join(" · ")}
                  </span>
                </Line>
              ))}
            </Command.Group>
          )}
          {shownGroups(role).map((group) => (
            <Command.Group key={group.id} heading={group.label(t)}>
              {group.pages.map((page) => (
                <Line
                  key={page.to}
                  icon={page.icon}
                  value={`${group.label(t)} ${page.label(t)} ${page.to}`}
                  onSelect={() => go({ to: page.to, label: page.label(t) })}
                  keys={page.keys}
                >
                  {page.label(t)}
                </Line>
              ))}
            </Command.Group>
          ))}
          {text === "" ? null : (
            <>
              <Command.Group heading={t("Locations")}>
                {locations.map(({ locationId, name }) => (
                  <Line
                    key={locationId}
                    icon="home"
                    value={`${name} ${locationId}`}
                    onSelect={() => go({ to: `/locations/${encodeURIComponent(locationId)}`, label: name })}
                  >
                    {name}
                    <span className="muted">{locationId}</span>
                  </Line>
                ))}
              </Command.Group>
              <Command.Group heading={t("Reports")}>
                {found.reports.map(({ name, question, kpis }) => (
                  <Line
                    key={name}
                    icon="chart"
                    value={`${name} ${kpis.join(" ")} ${question}`}
                    onSelect={() => go({ to: `/analyst/reports/${name}`, label: name })}
                  >
                    {question}
                    <span className="muted">{name}</span>
                  </Line>
                ))}
              </Command.Group>
            </>
          )}
          <Command.Group heading={t("Do")}>
            <Line icon="moon" value={t("Next theme")} onSelect={() => act(nextTheme)} keys="t">
              {t("Next theme")}
            </Line>
            <Line icon="help" value={t("Keyboard and words")} onSelect={() => act(onHelp)} keys="?">
              {t("Keyboard and words")}
            </Line>
            <Line icon="target" value={t("Take the tour")} onSelect={() => act(onTour)}>
              {t("Take the tour")}
            </Line>
            {LANGUAGES.map(({ id, name }) => (
              <Line
                key={id}
                icon="rule"
                value={`${t("Language")} ${name}`}
                onSelect={() => act(() => pickLanguage(id))}
              >
                {t("Language")}: {name}
              </Line>
            ))}
          </Command.Group>
        </Command.List>
      </Command>
    </PaletteDialog>
  );
}

/** What has every typed word, those first whose name begins with the first: letters strewn over a sentence are no match. */
function rank(value: string, search: string): number {
  const name = value.toLowerCase();
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((each) => each !== "");
  if (!words.every((word) => name.includes(word))) return 0;
  return name.split(/[\s/]+/).some((each) => each.startsWith(words[0] ?? "")) ? 1 : 0.5;
}

type LineProps = {
  icon: IconName;
  value: string;
  keys?: string;
  /** Found by the server: it stays, whatever the palette's own filter says of it. */
  isAlways?: boolean;
  onSelect: () => void;
  children: ReactNode;
};

function Line({ icon, value, keys, isAlways = false, onSelect, children }: LineProps) {
  return (
    <Command.Item value={value} onSelect={onSelect} {...(isAlways ? { forceMount: true } : {})}>
      <Icon name={icon} size={16} />
      <span className="palette-words">{children}</span>
      {keys === undefined ? null : <kbd>{keys}</kbd>}
    </Command.Item>
  );
}

/** The browser's own modal dialog: focus stays inside, Escape closes it, and focus returns where it was. */
function PaletteDialog(props: { label: string; onClose: () => void; children: ReactNode }) {
  const { label, onClose, children } = props;
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    const opener = document.activeElement;
    dialog?.showModal();
    dialog?.querySelector("input")?.focus();
    return () => {
      dialog?.close();
      if (opener instanceof HTMLElement) opener.focus();
    };
  }, []);
  return (
    <dialog
      ref={ref}
      className="palette"
      aria-label={label}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onMouseDown={(event) => {
        if (event.target === ref.current) onClose();
      }}
    >
      {children}
    </dialog>
  );
}
