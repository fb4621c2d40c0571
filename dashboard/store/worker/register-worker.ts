const listeners = new Set<() => void>();
let waiting: ServiceWorker | null = null;

/**
 * Registers the service worker, which lets the page open while the network is away. Not in development, and not where the page came
 * by plain http from another machine: browsers allow none there.
 */
export function registerWorker(): void {
  if (!import.meta.env.PROD || !("serviceWorker" in navigator)) return;
  const container = navigator.serviceWorker;
  // The first worker takes the page that registered it; only another one after it means another build.
  let hadWorker = container.controller !== null;
  container.addEventListener("controllerchange", () => {
    if (hadWorker) location.reload();
    hadWorker = true;
  });
  void container
    .register("/store/service-worker.js", { scope: "/store/", updateViaCache: "none" })
    .then((registration) => {
      const note = (worker: ServiceWorker | null) => {
        if (worker === null) return;
        const check = () => {
          if (worker.state !== "installed" || container.controller === null) return;
          waiting = worker;
          for (const listener of listeners) listener();
        };
        worker.addEventListener("statechange", check);
        check();
      };
      note(registration.waiting);
      registration.addEventListener("updatefound", () => note(registration.installing));
      document.addEventListener("visibilitychange", () => {
        if (!document.hidden) void registration.update().catch(() => undefined);
      });
    })
    .catch(() => undefined);
}

/** For `useSyncExternalStore`: whether a newer page lies ready. */
export const newerPage = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  isReady: () => waiting !== null,
  /** Goes over to it; what waits in the outbox stays. */
  take: () => waiting?.postMessage("take over"),
};
