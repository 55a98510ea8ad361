// Where a page begins: which page it is decides what is kept, watched and said.

// The person or finding that is being added: the one named in the address, the one begun, or a new one. An address
// that asks for something of its own, such as a finding about an answer, is always a new one.
const newName = async (visit, kind) => {
  const named = location.hash.slice(1);
  if (/^[0-9a-f-]{36}$/.test(named)) return `${kind}-new:${named}`;
  if (location.search) return `${kind}-new:${crypto.randomUUID()}`;
  const own = (await keptParts(PERSON, visit)).filter((part) => part.name.startsWith(`${kind}-new:`));
  // What the server has just refused is corrected under its name: begun anew, the refused one would stay beside it.
  const isRefusal = document.querySelector("main .govuk-error-summary") !== null;
  const refused = own.filter((part) => isRefusal && part.trouble).sort((one, other) => (one.at < other.at ? -1 : 1));
  const begun = refused.at(-1) ?? own.find((part) => !part.isSaved);
  return begun?.name ?? `${kind}-new:${crypto.randomUUID()}`;
};

const partHere = async (visit, rest) => {
  const [name, number] = rest.split("/");
  if (number === "add") return newName(visit, name);
  return number ? `${name}-${number}` : name;
};

// A page of the server's with the form of a part.
const watchHere = async (form, visit, rest) => {
  const name = await partHere(visit, rest);
  await watchPart(form, visit, name, {
    held: { version: Number(form.elements.version.value) },
    goOn: async (saved) => {
      if (!(await saved())) return submitPlainly(form);
      const held = await keptVisit(PERSON, visit);
      return location.assign(pathAfter(visit, name, await wholeReport(PERSON, visit), held?.about));
    },
  });
};

const watchRemoving = (form, visit) => {
  const [, kind, number] = form.action.match(/\/(\w+)\/(\d+)\/remove$/);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = `${kind}-${number}`;
    const version = (await keptVisit(PERSON, visit))?.parts[name]?.version ?? 0;
    await keepPart(PERSON, visit, name, null, { version, isSaved: true });
    await Promise.race([sendAll(PERSON), later(LONGEST_SAVING_MS)]);
    if ((await keptPart(PERSON, visit, name))?.trouble) return submitPlainly(form);
    return location.reload();
  });
};

// The page of the server's with the button that sends: the phone sends what it knows, and keeps it until it is received.
const watchSending = (form, visit) => {
  let isSending = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSending) return;
    isSending = true;
    const held = await keptVisit(PERSON, visit);
    if (!held || (await keptParts(PERSON, visit)).some((part) => part.trouble)) return submitPlainly(form);
    await queueReport(PERSON, visit, form.elements.together?.checked ?? false);
    if ((await sendAll(PERSON)) === "phone") location.assign(`${pathOf(visit)}/waiting`);
    else if ((await keptVisit(PERSON, visit))?.receipt?.noLongerYours) notice.scrollIntoView();
    else if ((await keptVisit(PERSON, visit))?.receipt) location.assign(pathOf(visit));
    else if (await waitingReport(PERSON, visit)) isSending = false;
    else location.reload();
  });
};

// What was begun on this phone and is on no list of the server's.
const sayBegun = async (visit, kind) => {
  const own = (await keptParts(PERSON, visit)).filter((part) => part.name.startsWith(`${kind}-new:`));
  for (const part of own) {
    const away = make("button", { type: "button", class: "govuk-button govuk-button--secondary" }, "Throw it away");
    away.addEventListener("click", () => forgetPart(PERSON, visit, part.name).then(() => location.reload()));
    const where = make("div", { class: "icv-notice" },
      make("p", {}, "Only on this phone: ", linkTo(pathOf(visit, part.name), part.fields.custody_number || `${titleOf(part.name)}, begun at ${clockOf(part.at)}`)), away);
    document.querySelector("main h1").after(where);
  }
};

const startReport = async (visit, rest) => {
  hereVisit = visit;
  const form = document.querySelector("main form[novalidate] input[name=version]")?.form;
  const main = document.querySelector("main");
  for (const one of main.querySelectorAll("form[action$='/remove']")) watchRemoving(one, visit);
  if (rest === "check") main.querySelectorAll(`form[action$="/report/check"]`).forEach((one) => watchSending(one, visit));
  if (form) await watchHere(form, visit, rest);
  if (rest in wordOf) await sayBegun(visit, wordOf[rest]);
};

// After one look at the duty page the whole form works without signal: what is asked of each visit is kept.
const prepare = async () => {
  const seen = [...document.querySelectorAll("[data-icv-visit]")].map((one) => Number(one.dataset.icvVisit));
  const linked = [...document.querySelectorAll("a[href^='/visits/']")].map((one) => Number(one.pathname.match(/^\/visits\/(\d+)\/report/)?.[1]));
  const visits = new Set([...seen, ...linked].filter(Boolean));
  await alone(async () => {
    for (const visit of visits) if (!(await keptVisit(PERSON, visit))?.receipt) await askState(PERSON, visit);
  });
  await dropOld(visits);
};

const dropOld = async (visits) => {
  const unsent = new Set((await unsentOf(PERSON)).own.map((one) => one.visit));
  for (const { visit } of await keptVisits(PERSON)) {
    if (!visits.has(visit) && !unsent.has(visit)) await forgetVisit(PERSON, visit);
  }
};

const startWorker = async () => {
  if (!("serviceWorker" in navigator)) return;
  const { active } = await navigator.serviceWorker.register("/report-worker.js", { scope: "/" });
  active?.postMessage("look for a newer form");
};

const isAble = async () => {
  try {
    await openStore();
    return isSecureContext && crypto.subtle !== undefined;
  } catch {
    return false;
  }
};

// Whoever has pressed a link or a button already is on the way to a newer page.
let isLeaving = false;
document.addEventListener("submit", () => (isLeaving = true));
document.addEventListener("click", ({ target }) => (isLeaving ||= Boolean(target.closest?.("a[href]"))));

const start = async () => {
  // Before anything is waited for: whoever signs out at once is asked too.
  for (const form of document.querySelectorAll(".icv-header__account")) {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      signOut(form);
    });
  }
  const found = location.pathname.match(/^\/visits\/(\d+)\/report\/?(.*)$/);
  if (!(await isAble())) {
    if (found && document.querySelector("main form")) sayLine(NOT_KEPT);
    return;
  }
  if (isShell) PERSON = await personSeen();
  // A page with a way in may still be starting when the way is used: it no longer knows who is signed in.
  else if (PERSON && !/^\/(sign-in$|link\/)/.test(location.pathname)) await rememberPerson(PERSON);
  if (isShell) await startShell();
  else if (PERSON && found) await startReport(Number(found[1]), found[2]);
  await sayUnsent();
  if (!PERSON) return;
  if (!isShell && (found || location.pathname === "/duties/")) await startWorker().catch(() => {});
  await sendAll(PERSON, found ? Number(found[1]) : null);
  if (!isShell && location.pathname === "/duties/") await prepare().catch(() => {});
  // What one was writing has been received: the receipt is the page to be on.
  if (!isShell && arrived.has(hereVisit)) location.replace(pathOf(hereVisit));
  // The server put this page together before it had what it has now.
  else if (!isShell && updated.has(hereVisit) && !line && !isLeaving) location.reload();
};

addEventListener("online", () => PERSON && sendAll(PERSON));
document.addEventListener("visibilitychange", () => {
  if (PERSON && document.visibilityState === "visible") sendAll(PERSON);
});
addEventListener("pageshow", (event) => event.persisted && sayUnsent());
start();
