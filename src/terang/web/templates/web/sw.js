"use strict";
// Keeps Terang's static files and pages without people's data for when there is no network, and sends what waits when it returns.
self.TERANG = {{ addresses|safe }};
importScripts({% for address in keepers %}"{{ address|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %});
const KEPT = [{% for address in kept %}"{{ address|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const FRESH = [{% for address in fresh %}"{{ address|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const PAGES = [{% for address in pages %}"{{ address|escapejs }}"{% if not forloop.last %}, {% endif %}{% endfor %}];
const OFFLINE = "{{ offline|escapejs }}";
const CACHE = "terang-{{ version }}";

// "reload": past the browser's own cache, or an old page could come with the new worker and ask for files it does not keep
const fill = (cache) => cache.addAll([...KEPT, ...FRESH, ...PAGES].map((address) => new Request(address, { cache: "reload" })));
self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then(fill).then(() => self.skipWaiting()));
});
self.addEventListener("activate", (event) => {
  event.waitUntil(
    caches.keys()
      .then((names) => Promise.all(names.filter((name) => name.startsWith("terang-") && name !== CACHE).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  );
});

// The server's own page speaks the language chosen last; a line that is down, broken or slow gives the kept one
const PATIENCE = 2000;
async function current(request, address) {
  const found = await kept(address);
  if (!found) return fetch(request);
  const answered = fetch(request).then((response) => (response.ok ? response : found), () => found);
  return Promise.race([answered, new Promise((resolve) => setTimeout(resolve, PATIENCE, found))]);
}
const kept = (address) => caches.match(address, { ignoreSearch: true });
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = new URL(request.url);
  if (address.origin !== location.origin) return;
  if (request.mode === "navigate") {
    const page = PAGES.includes(address.pathname);
    event.respondWith(page ? current(request, address.pathname) : fetch(request).catch(() => kept(OFFLINE)));
  } else if (KEPT.includes(address.pathname)) {
    event.respondWith(kept(address.pathname).then((found) => found || fetch(request)));
  } else if (FRESH.includes(address.pathname)) {
    event.respondWith(fetch(request).catch(() => kept(address.pathname)));
  }
});

// The browser asks again later where this promise fails
self.addEventListener("sync", (event) => {
  if (event.tag !== "terang-outbox") return;
  event.waitUntil(Outbox.send("line").then(({ waiting, blocked }) => (waiting && !blocked ? Promise.reject(new Error("left")) : undefined)));
});
