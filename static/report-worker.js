// Opens the report's form without signal. It keeps the empty form and what it looks like, and nothing about anyone;
// what is typed is kept by the page. Every other request goes its way untouched.

const SHELL = "/report-shell";
const KEPT = "icv-report-form";
const LONGEST_WAIT_MS = 4000;
const WITHOUT_SIGNAL = /^\/(?:duties\/|visits\/\d+\/report(?:\/.*)?)?$/;
const OUT_OF_SERVICE = [502, 503, 504];

// The form anew, once everything it needs is here; a Wi-Fi sign-in page that answers instead is not taken for it.
const keepForm = async () => {
  const answer = await fetch(SHELL, { credentials: "omit", cache: "no-cache", redirect: "error" });
  const text = await answer.clone().text();
  if (!answer.ok || !text.includes('id="icv-shell"')) throw new Error("This is not the form");
  const kept = await caches.open(KEPT);
  const needed = [...text.matchAll(/(?:href|src)="(\/static\/[^"]+)"/g)].map((found) => found[1]);
  for (const address of needed) if (!(await kept.match(address))) await keepFile(kept, address);
  await kept.put(SHELL, answer);
  for (const { url } of await kept.keys()) {
    const { pathname, search } = new URL(url);
    if (pathname !== SHELL && !needed.includes(pathname + search)) await kept.delete(url);
  }
};

const keepFile = async (kept, address) => {
  const answer = await fetch(address, { credentials: "omit" });
  if (!answer.ok || answer.headers.get("Content-Type").startsWith("text/html")) throw new Error("This is not the file");
  await kept.put(address, answer);
};

const page = async (request) => {
  const shell = await caches.match(SHELL);
  if (!shell) return fetch(request);
  // What a form posts is waited for: only its answer says whether it was saved.
  const late = new Promise((resolve) => request.method === "GET" && setTimeout(resolve, LONGEST_WAIT_MS, null));
  const answer = await Promise.race([fetch(request).catch(() => null), late]);
  return answer && !OUT_OF_SERVICE.includes(answer.status) ? answer : shell;
};

addEventListener("install", (event) => event.waitUntil(keepForm().then(() => skipWaiting())));
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", (event) => event.waitUntil(keepForm().catch(() => {})));
addEventListener("fetch", (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === "navigate" && WITHOUT_SIGNAL.test(pathname)) event.respondWith(page(request));
  else if (pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});
