// The store page's service worker. It keeps the page itself, so that it opens while the network is away, and nothing else: answers
// of the server never go through it, since an old answer that looks new is worse than none.
//
// SHELL and VERSION are filled in when the page is built: its files, and a hash of them. Another build is another worker, which
// waits until the page says that it may take over, so that one page never runs on the files of two builds.
const VERSION = "%VERSION%";
const SHELL = ["%SHELL%"];
const PAGE = "/store/";
const PREFIX = "onhand-store-";
const CACHE = PREFIX + VERSION;

self.addEventListener("install", (event) => {
  // Asked for past the browser's own cache: the page without a hash in its name must be that of this build.
  const fresh = SHELL.map((path) => new Request(path, { cache: "reload" }));
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(fresh)));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names
            .filter((name) => name.startsWith(PREFIX) && name !== CACHE)
            .map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  );
});

self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate" && url.pathname.startsWith(PAGE)) {
    event.respondWith(kept(PAGE, request));
  } else if (SHELL.includes(url.pathname)) {
    event.respondWith(kept(url.pathname, request));
  }
});

async function kept(path, request) {
  const cache = await caches.open(CACHE);
  return (await cache.match(path)) ?? fetch(request);
}
