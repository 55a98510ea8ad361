// Opens the report's form without signal. It keeps the empty form and what it looks like, and nothing about anyone;
// what is typed is kept by the page. It notes when a way in is used. Every other request goes its way untouched.

const SHELL = "/report-shell";
const KEPT = "icv-report-form";
const LONGEST_WAIT_MS = 4000;
const WITHOUT_SIGNAL = /^\/(?:duties\/|visits\/\d+\/report(?:\/.*)?)?$/;
const WAY_IN = /^\/(?:sign-in$|link\/)/;
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

// Reads, or changes, whose the page last said it is: in the page's own store, as a worker's memory is soon lost.
const person = (change) =>
  new Promise((resolve, reject) => {
    const asked = indexedDB.open("icv-report");
    asked.onupgradeneeded = () => asked.transaction.abort(); // made by the page alone
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      const transaction = asked.result.transaction("phone", change ? "readwrite" : "readonly", { durability: "strict" });
      const phone = transaction.objectStore("phone");
      const read = phone.get("person");
      read.onsuccess = () => change && phone.put({ name: "person", ...read.result, ...change(read.result ?? {}) });
      transaction.oncomplete = () => resolve(read.result ?? {});
      transaction.onabort = () => reject(transaction.error);
      asked.result.close();
    };
  });

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const isKnown = () => person().then((seen) => Boolean(seen.person && !seen.wayIn), () => false);

// Somebody looks at a way in ("asked"), or may have come in ("used"). Gives what was noted before. Whoever signs in
// does not wait long for a store that does not answer.
const note = (change) => {
  const before = person(change).then(({ wayIn }) => wayIn ?? "asked");
  return Promise.race([before.catch(() => "used"), pause(LONGEST_WAIT_MS).then(() => "used")]);
};
const noteAsked = () => note(({ wayIn }) => ({ wayIn: wayIn ?? "asked" }));

// From here on the form shows nobody's visits, until a page of the server says whose it is; where nobody came in, as
// without signal, it is as it was.
const comeIn = async (request) => {
  let after = await note(() => ({ wayIn: "used" }));
  try {
    const answer = await fetch(request);
    if (answer.ok || answer.type === "opaqueredirect") after = "used";
    return answer;
  } finally {
    await note(() => ({ wayIn: after }));
  }
};

const page = async (request) => {
  const shell = await caches.match(SHELL);
  if (!shell) return fetch(request);
  // What a form posts is waited for: only its answer says whether it was saved. So is a page while it is not known
  // for whom it is: the form would show what is kept for somebody else.
  const late = new Promise((resolve) => {
    const giveUp = async () => (await isKnown()) && resolve(null);
    if (request.method === "GET") setTimeout(giveUp, LONGEST_WAIT_MS);
  });
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
  const isPage = request.mode === "navigate";
  if (isPage && WITHOUT_SIGNAL.test(pathname)) event.respondWith(page(request));
  else if (isPage && WAY_IN.test(pathname) && request.method === "POST") event.respondWith(comeIn(request));
  else if (isPage && WAY_IN.test(pathname)) event.waitUntil(noteAsked());
  else if (pathname.startsWith("/static/")) {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});
