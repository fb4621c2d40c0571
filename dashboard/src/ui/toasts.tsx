import { useTranslation } from "react-i18next";
import { useSyncExternalStore } from "react";
import { IconButton } from "./button.tsx";
import "./toasts.css";

type Toast = { id: number; tone: "good" | "bad"; title: string; detail: string };

const KEEP_MS = 8000;
const MOST = 4;
let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function set(next: readonly Toast[]): void {
  toasts = next;
  for (const listener of listeners) listener();
}

const dismiss = (id: number): void => set(toasts.filter((toast) => toast.id !== id));

/** Says briefly what became of something the person did. Failures stay until they are closed. */
export function showToast(tone: Toast["tone"], title: string, detail = ""): void {
  lastId += 1;
  const id = lastId;
  set([...toasts, { id, tone, title, detail }].slice(-MOST));
  if (tone === "good") setTimeout(() => dismiss(id), KEEP_MS);
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function Toasts() {
  const { t } = useTranslation();
  const shown = useSyncExternalStore(subscribe, () => toasts);
  return (
    <div className="toasts" role="status" aria-live="polite">
      {shown.map((toast) => (
        <div key={toast.id} className={`toast ${toast.tone}`}>
          <div>
            <div className="toast-title">{toast.title}</div>
            {toast.detail === "" ? null : <p>{toast.detail}</p>}
          </div>
          <IconButton icon="close" label={t("Dismiss")} onClick={() => dismiss(toast.id)} />
        </div>
      ))}
    </div>
  );
}
