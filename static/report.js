"use strict"; (() => {

const DATABASE = "icv-report";
let opened = null;

const openStore = () =>
  (opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore("parts", { keyPath: ["person", "visit", "name"] });
      asked.result.createObjectStore("visits", { keyPath: ["person", "visit"] });
      asked.result.createObjectStore("reports", { keyPath: ["person", "visit"] });
      asked.result.createObjectStore("phone", { keyPath: "name" });
    };
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      asked.result.onversionchange = () => {
        asked.result.close();
        opened = null;
      };
      resolve(asked.result);
    };
  }));

const answer = (asked) =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });

const inStore = async (mode, act) => {
  const store = await openStore();
  const names = ["parts", "visits", "reports", "phone"];
  const transaction = store.transaction(names, mode, { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = transaction.onerror = () => reject(transaction.error);
  });
  done.catch(() => {});
  const result = await act(...names.map((name) => transaction.objectStore(name)));
  await done;
  return result;
};

const personSeen = async () => {
  const seen = await inStore("readonly", (parts, visits, reports, phone) => answer(phone.get("person")));
  return seen?.wayIn === "used" ? null : seen?.person ?? null;
};
const rememberPerson = (person) =>
  inStore("readwrite", async (parts, visits, reports, phone) => {
    const seen = await answer(phone.get("person"));
    if (!seen || seen.person !== person || seen.wayIn) phone.put({ name: "person", person });
  });

const ofVisit = (person, visit) => IDBKeyRange.bound([person, visit], [person, visit, []]);
const ofPerson = (person) => IDBKeyRange.bound([person], [person, []]);

const ownVersion = async (visits, key, name, version) => {
  const part = (await answer(visits.get(key)))?.parts[name];
  return part?.since?.includes(version) ? part.version : version;
};

const keepPart = (person, visit, name, fields, { version, isSaved, trouble = null }) =>
  inStore("readwrite", async (parts, visits, reports) => {
    const before = await answer(parts.get([person, visit, name]));
    const base = await ownVersion(visits, [person, visit], name, version);
    const part = { person, visit, name, fields, version: base, isSaved, trouble };
    part.edit = (before?.edit ?? 0) + 1;
    part.sent = before?.sent ?? [];
    part.at = new Date().toISOString();
    part.formVersion = before?.formVersion ?? FORM_VERSION();
    parts.put(part);
    reports.delete([person, visit]);
    return part;
  });

const keptPart = (person, visit, name) => inStore("readonly", (parts) => answer(parts.get([person, visit, name])));
const keptParts = (person, visit) => inStore("readonly", (parts) => answer(parts.getAll(ofVisit(person, visit))));
const keptVisit = (person, visit) => inStore("readonly", (parts, visits) => answer(visits.get([person, visit])));
const keptReport = (person, visit) =>
  inStore("readonly", async (parts, visits) => {
    const asked = [visits.get([person, visit]), parts.getAll(ofVisit(person, visit))];
    const [held, typed] = await Promise.all(asked.map(answer));
    return { held, typed };
  });
const keptVisits = (person) => inStore("readonly", (parts, visits) => answer(visits.getAll(ofPerson(person))));
const waitingReport = (person, visit) =>
  inStore("readonly", (parts, visits, reports) => answer(reports.get([person, visit])));

const forgetPart = (person, visit, name) => inStore("readwrite", (parts) => answer(parts.delete([person, visit, name])));

const keepVisit = (person, said) =>
  inStore("readwrite", async (parts, visits) => {
    const before = await answer(visits.get([person, said.visit.id]));
    const held = Object.entries(said.parts).map(([name, { version, fields }]) => {
      const { since, ...known } = before?.parts[name] ?? {};
      return [name, { version, fields, ...(known.version === version && { since }) }];
    });
    visits.put({
      person,
      visit: said.visit.id,
      about: said.visit,
      formVersion: said.form_version,
      isOpen: said.is_open,
      closedBecause: said.closed_because,
      receipt: said.receipt ?? before?.receipt ?? null,
      parts: Object.fromEntries(held),
      faults: before?.faults ?? [],
      at: new Date().toISOString(),
    });
  });

const partArrived = (sent, { name, version }) =>
  inStore("readwrite", async (parts, visits) => {
    const { person, visit, fields } = sent;
    const held = await answer(visits.get([person, visit]));
    if (held) {
      const { since = [], ...known } = held.parts[name] ?? {};
      const ours = known.version === sent.version ? since : [];
      if (fields) held.parts[name] = { version, fields, since: [...ours, sent.version] };
      else delete held.parts[name];
      visits.put(held);
    }
    const now = await answer(parts.get([person, visit, sent.name]));
    if (!now) return;
    if (name !== sent.name || now.edit === sent.edit) parts.delete([person, visit, sent.name]);
    if (now.edit !== sent.edit) parts.put({ ...now, name, version, sent: [] });
  });

const partsLeave = (leaving) =>
  inStore("readwrite", async (parts) => {
    for (const { person, visit, name, fields } of leaving) {
      const now = await answer(parts.get([person, visit, name]));
      if (now) parts.put({ ...now, sent: [...(now.sent ?? []), fields] });
    }
  });

const partRefused = async (sent, trouble) => {
  const { clash } = trouble;
  const before = (await keptPart(sent.person, sent.visit, sent.name))?.sent ?? [];
  if (clash?.fields && before.some((fields) => isSame(fields, clash.fields))) {
    await partArrived({ ...sent, fields: clash.fields, edit: 0 }, { name: clash.name, version: clash.version });
    return true;
  }
  await inStore("readwrite", async (parts) => {
    const now = await answer(parts.get([sent.person, sent.visit, sent.name]));
    if (now?.edit === sent.edit) parts.put({ ...now, trouble });
  });
  return false;
};

const keepReport = (report) =>
  inStore("readwrite", async (parts, visits, reports) => {
    const before = await answer(reports.get([report.person, report.visit]));
    if (before) return before;
    reports.put(report);
    return report;
  });

const HAS_BEEN_SENT = "The report has been sent and cannot be changed.";

const reportArrived = (report, said) =>
  inStore("readwrite", async (parts, visits, reports) => {
    const { person, visit } = report;
    const held = await answer(visits.get([person, visit]));
    const receipt = { reference: said.reference, received_at: said.received_at, keptApart: said.kept_apart, noLongerYours: said.no_longer_yours };
    const after = { parts: {}, faults: [], isOpen: false, closedBecause: HAS_BEEN_SENT, receipt, isNews: true };
    visits.put({ ...held, person, visit, ...after });
    const sent = JSON.parse(report.body).parts;
    for (const part of await answer(parts.getAll(ofVisit(person, visit)))) {
      if (isSame(part.fields, sent[part.name])) parts.delete([person, visit, part.name]);
    }
    const waiting = await answer(reports.get([person, visit]));
    if (waiting?.submission === report.submission) reports.delete([person, visit]);
  });

const reportRefused = (report, faults) =>
  inStore("readwrite", async (parts, visits, reports) => {
    const { person, visit, digest } = report;
    const held = await answer(visits.get([person, visit]));
    visits.put({ ...held, person, visit, parts: held?.parts ?? {}, faults });
    const waiting = await answer(reports.get([person, visit]));
    if (waiting?.digest === digest) reports.delete([person, visit]);
  });

const visitClosed = (person, visit, closedBecause) =>
  inStore("readwrite", async (parts, visits) => {
    const held = await answer(visits.get([person, visit]));
    visits.put({ parts: {}, faults: [], ...held, person, visit, isOpen: false, isGone: true, closedBecause });
  });

const forgetVisit = (person, visit) =>
  inStore("readwrite", async (parts, visits, reports) => {
    parts.delete(ofVisit(person, visit));
    visits.delete([person, visit]);
    reports.delete([person, visit]);
  });

const unsentOf = (person) =>
  inStore("readonly", async (parts, visits, reports) => {
    const [typed, waiting] = [await answer(parts.getAll()), await answer(reports.getAll())];
    const own = new Map();
    for (const one of [...typed, ...waiting]) {
      if (one.person !== person) continue;
      if (!own.has(one.visit)) own.set(one.visit, { visit: one.visit, parts: [], report: null });
      if (one.submission) own.get(one.visit).report = one;
      else own.get(one.visit).parts.push(one);
    }
    for (const one of own.values()) one.held = await answer(visits.get([person, one.visit]));
    const others = [...typed, ...waiting].some((one) => one.person !== person);
    return { own: [...own.values()], others };
  });

const NEVER_KEPT = ["csrf_token", "version"];

const fieldsOf = (form) => {
  const fields = {};
  for (const [name, value] of new FormData(form)) {
    if (NEVER_KEPT.includes(name) || typeof value !== "string") continue;
    const text = value.toWellFormed ? value.toWellFormed() : value;
    fields[name] = name in fields ? [fields[name], text].flat() : text;
  }
  return fields;
};

const fillForm = (form, fields) => {
  for (const control of form.elements) {
    const { name, type } = control;
    if (!name || NEVER_KEPT.includes(name) || ["submit", "button", "fieldset"].includes(type)) continue;
    const values = [fields[name] ?? []].flat();
    if (type === "radio" || type === "checkbox") control.checked = values.includes(control.value);
    else control.value = values[0] ?? "";
  }
  form.dispatchEvent(new Event("input", { bubbles: true }));
  form.dispatchEvent(new Event("change", { bubbles: true }));
};

const isAsRendered = (control) => {
  if (control.type === "radio" || control.type === "checkbox") return control.checked === control.defaultChecked;
  if (control.type !== "select-one") return control.value === control.defaultValue;
  const options = [...control.options];
  return control.selectedIndex === Math.max(0, options.findLastIndex((option) => option.defaultSelected));
};
const typedSinceRendered = (form) => {
  const changed = [...form.elements].filter((one) => /^(INPUT|TEXTAREA|SELECT)$/.test(one.tagName) && !isAsRendered(one));
  return new Set(changed.map(({ name }) => name).filter((name) => name && !NEVER_KEPT.includes(name)));
};

const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  const members = Object.keys(value).sort().map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`);
  return `{${members.join(",")}}`;
};

const isSame = (one, other) => canonical(one ?? {}) === canonical(other ?? {});

const digestOf = async (parts) => {
  const bytes = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(canonical(parts)));
  return [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
};

const kindOf = (name) => name.replace(/-(new:.*|\d+)$/, "");
const wordOf = { contacts: "contact", findings: "finding", records: "record" };
const listOf = { contact: "contacts", finding: "findings", record: "records" };

const OF_STRANDS = {
  record_review: ["day", "records", "findings", "remarks"],
  dog_welfare: ["day", "dogs", "findings", "remarks"],
};
const ORDER = ["arrival", "terrorism", "counts", "contacts", "suite", "findings", "remarks", "trainee"];
const AT_THE_DOOR = ["arrival", "findings", "remarks"];

const sectionsNeeded = ({ outcome, mode, kind, isEmpty, isAccompanied }) => {
  if (kind in OF_STRANDS) return OF_STRANDS[kind];
  if (outcome === "suite_closed") return ["arrival"];
  if (outcome && outcome !== "completed") return AT_THE_DOOR;
  const isLeftOut = {
    terrorism: kind !== "terrorism",
    contacts: isEmpty,
    suite: mode === "telephone" || mode === "video",
    trainee: !isAccompanied,
  };
  return ORDER.filter((name) => !isLeftOut[name]);
};

const sectionsOffered = ({ outcome, mode }) => {
  if (outcome === "suite_closed") return ["findings", "remarks"];
  if (outcome !== "abandoned") return [];
  return mode === "telephone" || mode === "video" ? ["counts", "contacts"] : ["counts", "contacts", "suite"];
};

const situationOf = (parts, about) => ({
  outcome: parts.arrival?.outcome ?? "",
  mode: parts.arrival?.mode ?? "in_person",
  kind: about?.kind ?? "custody",
  isEmpty: parts.counts?.in_custody?.trim() === "0",
  isAccompanied: "trainee" in parts || Boolean(about?.is_accompanied),
});

const pathAfter = (visit, name, parts, about) => {
  const list = listOf[kindOf(name)];
  if (list) return pathOf(visit, list);
  const sections = sectionsNeeded(situationOf(parts, about));
  return pathOf(visit, sections[sections.indexOf(name) + 1] ?? "");
};

const isBegun = (section, parts) => {
  const has = (word) => Object.keys(parts).some((name) => name.startsWith(`${word}-`));
  const isNobody = parts.counts && !Number(parts.counts.accepted);
  if (section === "contacts") return has("contact") || Boolean(parts.contacts?.why_fewer || isNobody);
  if (section === "records") return has("record") || "records" in parts;
  if (section === "findings") return has("finding") || Boolean(parts.findings?.nothing_to_raise);
  return section in parts;
};

const isShell = document.getElementById("icv-shell") !== null;
const FORM_VERSION = () => Number(document.querySelector("script[data-icv-form-version]").dataset.icvFormVersion);

let PERSON = document.documentElement.dataset.icvPerson ?? null;

const make = (tag, attributes = {}, ...children) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};
const linkTo = (href, text) => make("a", { href, class: "govuk-link" }, text);

const LONDON = { timeZone: "Europe/London" };
const clockOf = (iso) =>
  new Date(iso).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", ...LONDON });
const weekOf = ({ week_starts_on, week_ends_on }) => {
  const [first, last] = [new Date(week_starts_on), new Date(week_ends_on)];
  return new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
    .formatRange(first, last);
};
const visitOf = (held) => (held?.about ? `${held.about.suite}, ${weekOf(held.about)}` : "a visit");
const pathOf = (visit, name = "") => {
  if (!name) return `/visits/${visit}/report`;
  const [kind, number] = [kindOf(name), name.split("-")[1]];
  if (name.includes("-new:")) return `/visits/${visit}/report/${kind}/add#${name.split(":")[1]}`;
  return `/visits/${visit}/report/${kind}${number ? `/${number}` : ""}`;
};
const TITLES = {
  day: "The day",
  records: "Records you read",
  record: "A record",
  dogs: "The dogs",
  terrorism: "Terrorism detention",
  arrival: "Arrival and entry",
  counts: "Counts",
  contacts: "People you met",
  contact: "A person you met",
  suite: "The suite",
  findings: "Findings",
  finding: "A finding",
  remarks: "Remarks",
  trainee: "The visitor on probation",
};
const titleOf = (name) => TITLES[kindOf(name)] ?? name;


let line = null;
const sayLine = (...words) => {
  if (!line) {
    line = make("p", { class: "icv-kept", role: "status" });
    document.querySelector("main h1")?.after(line);
  }
  line.replaceChildren(...words);
};
const NOT_KEPT =
  "This phone does not let the page keep anything: what you type is kept only when you save it, with signal.";
const NOT_KEPT_NOR_SENT =
  "Not saved: this phone keeps nothing, and there is no signal. Leave this page open, and save it when there is signal.";


let phase = "phone";
let notice = null;
const news = new Map();
const channel = "BroadcastChannel" in window ? new BroadcastChannel("icv-report") : null;

const sayPhase = async (now) => {
  phase = now;
  await sayUnsent();
  channel?.postMessage("changed");
  document.dispatchEvent(new CustomEvent("icv-phase"));
  return now;
};
if (channel) channel.onmessage = () => sayUnsent();

const signInLink = () => linkTo(`/sign-in?next=${encodeURIComponent(location.pathname)}`, "Sign in");

const wayOn = {
  sending: () => ["Sending…"],
  "signed out": () => ["Your sign-in has ended. ", signInLink(), " as the same person and it is sent."],
  "other person": () => ["Somebody else is signed in: it is sent when you sign in again."],
};
const waits = (otherwise) => wayOn[phase]?.() ?? [otherwise];

const sayPart = (visit, part) => {
  const link = linkTo(pathOf(visit, part.name), titleOf(part.name));
  if (part.trouble?.clash) {
    link.hash = "compare";
    return make("li", {}, link, ": your partner saved this too. Open it to compare the two.");
  }
  if (part.trouble?.faults) return make("li", {}, link, `: not saved. ${part.trouble.faults[0]?.sentence ?? ""}`);
  if (!isToSend(part)) return make("li", {}, link, ": begun, and not saved yet.");
  return make("li", {}, link, `: typed at ${clockOf(part.at)}.`);
};

const sayWords = (parts) => {
  const words = parts.flatMap(({ fields }) => Object.values(fields ?? {}).flat()).filter((text) => text.trim().includes(" "));
  return words.length ? [make("details", {}, make("summary", {}, "What you wrote"), ...words.map((text) => make("p", {}, text)))] : [];
};

const removing = (visit) => {
  const button = make("button", { type: "button", class: "govuk-button govuk-button--secondary" }, "Remove it from this phone");
  button.addEventListener("click", () => forgetVisit(PERSON, visit).then(sayUnsent));
  return button;
};

const sayVisit = (one) => {
  const { visit, parts, report, held } = one;
  const said = make("div", {});
  if (report && held?.isGone) {
    said.append(make("p", {}, make("b", {}, `The report of ${visitOf(held)} is on this phone and cannot be sent. `), held.closedBecause));
    said.append(...sayWords(parts), removing(visit));
    return said;
  }
  if (report) {
    said.append(make("p", {}, make("b", {}, `The report of ${visitOf(held)} is on this phone. `),
      ...waits("It is sent when there is signal: leave this page open, or come back later.")));
    return said;
  }
  said.append(make("p", {}, make("b", {}, `On this phone, not sent yet: ${visitOf(held)}. `),
    ...(held?.isOpen === false ? [`${held.closedBecause} It is not part of the report.`] : waits("It is sent when there is signal."))));
  said.append(make("ul", { class: "govuk-list govuk-list--bullet" }, ...parts.map((part) => sayPart(visit, part))));
  if (held?.isOpen === false) said.append(...sayWords(parts), removing(visit));
  return said;
};

const keptApartWords = ({ reference, noLongerYours }) => {
  if (noLongerYours) return "You had no place on this visit any more when it came in. What you sent is kept: the coordinator reads it and decides.";
  return reference
    ? "Another report of this visit had come first. Yours is kept too: the coordinator reads both."
    : "The coordinator had recorded that there was no visit. What you sent is kept: they read it and decide.";
};
const sayReceipt = ({ visit, receipt, ...held }) =>
  make("p", {}, make("b", {}, `Received at ${clockOf(receipt.received_at)}`),
    ...(receipt.reference ? [", reference ", linkTo(pathOf(visit), receipt.reference)] : []), `: the report of ${visitOf(held)}.`,
    ...(receipt.keptApart ? [` ${keptApartWords(receipt)}`] : []));

const sayLacking = (held) =>
  make("p", {}, make("b", {}, `Not sent: the report of ${visitOf(held)}. `), `${held.faults[0].sentence}. `,
    linkTo(`${pathOf(held.visit)}/check`, held.faults.length > 1 ? `See all ${held.faults.length} that are missing` : "Open it"));

const saySomebodyElses = () =>
  PERSON
    ? "This phone also holds a report of somebody else. Sign in as them to send it."
    : "A report is kept on this phone and has not been received. Sign in as whoever wrote it to send it.";

const isHere = ({ visit, report, parts, held }) =>
  visit === hereVisit && !report && held?.isOpen !== false && parts.every(isHerePart);
const isHerePart = (part) => !part.trouble && (isShell || (line && part.name === hereName));
let hereVisit = null;
let hereName = null;

const sayUnsent = async () => {
  let unsent;
  const lacking = [];
  try {
    unsent = await unsentOf(PERSON);
    for (const held of PERSON ? await keptVisits(PERSON) : []) {
      if (held.faults?.length) lacking.push(held);
      if (held.isNews || (held.receipt && held.visit === hereVisit)) news.set(held.visit, held);
      if (held.isNews) await seenNews(PERSON, held.visit);
    }
  } catch {
    return;
  }
  const said = [...news.values()].map(sayReceipt);
  said.push(...unsent.own.filter((one) => !isHere(one)).map(sayVisit));
  said.push(...lacking.map(sayLacking));
  if (unsent.others) said.push(make("p", {}, saySomebodyElses()));
  if (!notice) {
    notice = make("div", { class: "icv-unsent", role: "status" });
    document.querySelector("main")?.prepend(notice);
  }
  notice.hidden = said.length === 0;
  notice.replaceChildren(...said);
};

const seenNews = (person, visit) =>
  inStore("readwrite", async (parts, visits) => {
    const held = await answer(visits.get([person, visit]));
    if (held) visits.put({ ...held, isNews: false });
  });


const STAYS = "A report is still on this phone and has not been received.";

const askBeforeSignOut = (form) => {
  const stay = make("button", { type: "button", class: "govuk-button" }, "Stay signed in");
  const out = make("button", { type: "button", class: "govuk-button govuk-button--secondary" }, "Sign out anyway");
  const asked = make("dialog", { class: "icv-dialog", "aria-labelledby": "icv-stays" },
    make("h2", { id: "icv-stays" }, STAYS),
    make("p", {}, "If you sign out, it stays on this phone until you sign in here again. Nobody else can see or send it."),
    make("div", { class: "govuk-button-group" }, stay, out));
  stay.addEventListener("click", () => asked.close());
  out.addEventListener("click", async () => {
    await rememberPerson(null);
    submitPlainly(form);
  });
  asked.addEventListener("close", () => asked.remove());
  document.body.append(asked);
  asked.showModal();
};

const signOut = async (form) => {
  const unsent = await unsentOf(PERSON).catch(() => ({ own: [] }));
  if (unsent.own.length) return askBeforeSignOut(form);
  for (const { visit } of await keptVisits(PERSON).catch(() => [])) await forgetVisit(PERSON, visit).catch(() => {});
  await rememberPerson(null).catch(() => {});
  submitPlainly(form);
};

const LONGEST_ANSWER_MS = 20000;
const WAITS_MS = [5000, 15000, 60000, 300000];

class NoAnswer extends Error {}
class SignedOut extends Error {}
class OtherPerson extends Error {}

const ask = async (path, token, body) => {
  let response;
  let said;
  try {
    response = await fetch(path, {
      method: body ? "POST" : "GET",
      headers: { Accept: "application/json", ...(body && { "Content-Type": "application/json", "X-CSRFToken": token }) },
      body,
      cache: "no-store",
      redirect: "error",
      signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
    });
    if (!response.headers.get("Content-Type")?.startsWith("application/json")) throw new NoAnswer();
    said = await response.json();
  } catch {
    throw new NoAnswer();
  }
  if (response.status === 401 && said.signed_out) throw new SignedOut();
  if (response.status === 409 && said.other_person) throw new OtherPerson();
  return { status: response.status, said };
};

const askState = async (person, visit) => {
  const { status, said } = await ask(`/visits/${visit}/report/state`);
  if (status === 404 && said.person === person) {
    await visitClosed(person, visit, "This visit is not yours any more: ask the coordinator.");
    return null;
  }
  if (status !== 200 || !said.person || !said.token) throw new NoAnswer();
  if (said.person !== person) throw new OtherPerson();
  await keepVisit(person, said).catch(() => {});
  return said;
};

const hasSignal = (visit) =>
  ask(`/visits/${visit}/report/state`).then(({ status }) => status < 500, (error) => !(error instanceof NoAnswer));

const updated = new Set();
const arrived = new Set();

const sendParts = async (person, visit, token, typed) => {
  let isAgain = false;
  for (const formVersion of new Set(typed.map((part) => part.formVersion))) {
    const sent = typed.filter((part) => part.formVersion === formVersion);
    const parts = sent.map(({ name, version, fields }) => ({ name, version, fields }));
    const body = JSON.stringify({ person, form_version: formVersion, parts });
    await partsLeave(sent).catch(() => {});
    const { status, said } = await ask(`/visits/${visit}/report/parts`, token, body);
    if (status !== 200 || !said.parts) throw new NoAnswer();
    for (const part of sent) {
      const told = said.parts[part.name];
      if (told?.saved) {
        await partArrived(part, { name: told.name ?? part.name, version: told.version });
        updated.add(visit);
      }
      if (told && !told.saved && (await partRefused(part, told))) isAgain = true;
    }
  }
  return isAgain;
};

const sendReport = async (person, visit, token, report) => {
  const { status, said } = await ask(`/visits/${visit}/report/submission`, token, report.body);
  const isOwn = said.submission === report.submission && said.digest === report.digest;
  if (status === 200 && isOwn && said.received_at) {
    await reportArrived(report, said);
    if (!said.no_longer_yours) arrived.add(visit);
  } else if (status === 422 && said.faults) await reportRefused(report, said.faults);
  else if (status === 409 && said.closed_because) await reportRefused(report, [{ sentence: said.closed_because }]);
  else throw new NoAnswer();
};

const isToSend = (part) => !part.trouble && (part.isSaved || !part.name.includes("-new:"));

const sendVisit = async (person, visit) => {
  const said = await askState(person, visit);
  if (!said) return;
  const report = await waitingReport(person, visit);
  const typed = async () => (await keptParts(person, visit)).filter(isToSend);
  if (said.is_open && !report && (await sendParts(person, visit, said.token, await typed()))) {
    await sendParts(person, visit, said.token, await typed());
  }
  if (report) await sendReport(person, visit, said.token, report);
};

const alone = (act) => (navigator.locks ? navigator.locks.request("icv-report-sending", act) : act());

let nextTry = 0;

const sendAll = (person, only = null, tries = 0) =>
  alone(async () => {
    clearTimeout(nextTry);
    const { own } = await unsentOf(person);
    const unsent = own.filter((one) => one.report || one.parts.some(isToSend)).map((one) => one.visit);
    const visits = new Set([...(only ? [only] : []), ...unsent]);
    if (!visits.size) return await sayPhase(phase);
    try {
      if (unsent.length) await sayPhase("sending");
      for (const visit of visits) await sendVisit(person, visit);
      return await sayPhase("sent");
    } catch (error) {
      if (error instanceof SignedOut) return await sayPhase("signed out");
      if (error instanceof OtherPerson) return await sayPhase("other person");
      if (!(error instanceof NoAnswer || error instanceof DOMException)) throw error;
      nextTry = setTimeout(() => sendAll(person, null, tries + 1), WAITS_MS[Math.min(tries, WAITS_MS.length - 1)]);
      return await sayPhase("phone");
    }
  });

const wholeOf = ({ held, typed }) => {
  const parts = {};
  for (const [name, { fields }] of Object.entries(held?.parts ?? {})) parts[name] = fields;
  for (const part of typed) {
    if (part.fields) parts[part.name] = part.fields;
    else delete parts[part.name];
  }
  return parts;
};
const wholeReport = async (person, visit) => wholeOf(await keptReport(person, visit));

const versionsSeen = ({ held, typed }) => {
  const versions = {};
  for (const [name, { version }] of Object.entries(held?.parts ?? {})) versions[name] = version;
  for (const { name, version } of typed) versions[name] = version;
  return versions;
};

const queueReport = async (person, visit, together) => {
  const kept = await keptReport(person, visit);
  const [parts, versions] = [wholeOf(kept), versionsSeen(kept)];
  for (const { name, fields } of kept.typed) parts[name] = fields;
  const [submission, digest] = [crypto.randomUUID(), await digestOf(parts)];
  const formVersion = isShell ? FORM_VERSION() : kept.held.formVersion;
  const body = JSON.stringify({ submission, digest, person, form_version: formVersion, parts, versions, together });
  const at = new Date().toISOString();
  return keepReport({ person, visit, submission, digest, body, at });
};

const guard = JSON.parse(document.querySelector("script[data-icv-guard]")?.dataset.icvGuard ?? "[]").map(
  ([words, source, flags]) => [words, new RegExp(source, `${flags}g`)],
);

const cluesIn = (text) => [
  ...new Set(guard.flatMap(([words, looks]) => [...text.matchAll(looks)].map((found) => `“${found[0].trim()}” ${words}`))),
];

const isFreeWords = ({ name, type, inputMode }) =>
  type === "textarea" || (type === "text" && inputMode !== "numeric" && name !== "custody_number");

const pointOut = (control) => {
  const clues = cluesIn(control.value);
  const id = `${control.id}-clues`;
  let told = document.getElementById(id);
  if (!told && !clues.length) return;
  if (!told) {
    told = make("p", { id, class: "icv-waiting", role: "status" });
    control.after(told);
    control.setAttribute("aria-describedby", `${control.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  }
  told.textContent = clues.length ? `${clues.join("; ")}. Say “the detainee” or “my partner” instead; if it names nobody, leave it.` : "";
};

document.addEventListener("change", ({ target }) => isFreeWords(target) && pointOut(target));

const cluesOf = (forms) => [
  ...new Set(forms.flatMap((form) => [...form.elements].filter(isFreeWords).flatMap(({ value }) => cluesIn(value)))),
];

const KEEP_AFTER_MS = 150;
const SEND_AFTER_MS = 2000;
const LONGEST_SAVING_MS = 4000;

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const submitPlainly = (form) => HTMLFormElement.prototype.submit.call(form);

const typedEarly = (form, part) => {
  const way = performance.getEntriesByType("navigation")[0]?.type;
  if (way === "back_forward" || (way === "reload" && part?.fields)) return new Set();
  return typedSinceRendered(form);
};

const watchPart = async (form, visit, name, { held, goOn, part }) => {
  const isRefusal = document.querySelector("main .govuk-error-summary") !== null;
  let version = held?.version ?? 0;
  hereName = name;
  const isRead = part !== undefined;
  let timers = { keep: 0, send: 0 };
  let savedAt = null;

  const say = () => {
    if (!form.isConnected) return null;
    if (!part) return savedAt && sayLine(`Received at ${clockOf(savedAt)}.`);
    const kept = `Kept on this phone at ${clockOf(part.at)}`;
    if (part.trouble?.clash) return sayLine(`${kept}. Your partner saved this part too: save to compare the two.`);
    if (phase === "sending") return sayLine(`${kept}. Sending…`);
    if (phase === "signed out") return sayLine(`${kept}. Your sign-in has ended: `, signInLink(), " to send it.");
    return sayLine(`${kept}, not sent yet.`);
  };
  const setVersion = (now) => {
    version = now;
    if (form.elements.version) form.elements.version.value = now;
  };
  const keep = async (isSaved = false) => {
    clearTimeout(timers.keep);
    timers.keep = 0;
    try {
      const trouble = isRefusal && !isSaved ? { waits: true } : null;
      part = await keepPart(PERSON, visit, name, fieldsOf(form), { version, isSaved, trouble });
    } catch {
      part = null;
      sayLine(NOT_KEPT);
      return null;
    }
    setVersion(part.version);
    say();
    return part;
  };
  const refresh = async () => {
    if (!form.isConnected) return;
    const was = part;
    part = (await keptPart(PERSON, visit, name)) ?? null;
    if (was && !part) {
      savedAt = new Date().toISOString();
      setVersion((await keptVisit(PERSON, visit))?.parts[name]?.version ?? version);
    } else if (part) setVersion(part.version);
    say();
  };

  form.addEventListener("input", () => {
    timers.keep ||= setTimeout(keep, KEEP_AFTER_MS);
    clearTimeout(timers.send);
    timers.send = setTimeout(() => sendAll(PERSON), SEND_AFTER_MS);
  });
  const leave = () => {
    if (timers.keep) keep();
  };
  addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") leave();
  });
  document.addEventListener("icv-phase", refresh);

  let isSaving = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isSaving) return;
    isSaving = true;
    clearTimeout(timers.send);
    if (!(await keep(true))) {
      if (await hasSignal(visit)) return submitPlainly(form);
      isSaving = false;
      return sayLine(NOT_KEPT_NOR_SENT);
    }
    await goOn(async () => {
      await Promise.race([sendAll(PERSON), later(LONGEST_SAVING_MS)]);
      part = (await keptPart(PERSON, visit, name)) ?? null;
      return !part?.trouble;
    });
    isSaving = false;
  });

  const keepEarly = async (early) => {
    if (part?.fields) {
      const [now, fields] = [fieldsOf(form), { ...part.fields }];
      for (const one of early) {
        if (one in now) fields[one] = now[one];
        else delete fields[one];
      }
      fillForm(form, fields);
      setVersion(part.version);
    }
    clearTimeout(timers.send);
    timers.send = setTimeout(() => sendAll(PERSON), SEND_AFTER_MS);
    return keep();
  };

  if (!isRead) part = (await keptPart(PERSON, visit, name)) ?? null;
  if (isRefusal) return keep();
  const early = isShell ? new Set() : typedEarly(form, part);
  if (early.size) return keepEarly(early);
  if (!part?.fields) return null;
  if (isSame(part.fields, fieldsOf(form))) {
    if (held?.version > part.version) await forgetPart(PERSON, visit, name);
    else setVersion(part.version);
  } else {
    fillForm(form, part.fields);
    clearTimeout(timers.keep);
    clearTimeout(timers.send);
    timers = { keep: 0, send: 0 };
    setVersion(part.version);
  }
  await refresh();
  if (location.hash === "#compare" && !isShell) submitPlainly(form);
  return part;
};

const shell = document.getElementById("icv-shell");
const scheme = document.title.split(" - ").at(-1);
const todayIso = () => new Intl.DateTimeFormat("sv-SE", LONDON).format(new Date());

let isShowingWaiting = false;
const show = (title, caption, back, ...content) => {
  line = null;
  isShowingWaiting = false;
  document.title = `${title} - ${scheme}`;
  const heading = make("h1", { class: "govuk-heading-l", tabindex: "-1" }, title);
  const above = caption ? [make("span", { class: "govuk-caption-l" }, caption)] : [];
  const ways = back
    ? [make("nav", { "aria-label": "Back" }, make("a", { class: "govuk-back-link", href: back[0] }, back[1]))]
    : [];
  shell.replaceChildren(...ways, ...above, heading, ...content.filter(Boolean));
  scrollTo(0, 0);
  return heading;
};

const go = (path) => {
  if (phase === "sent" || !PERSON) return location.assign(path);
  history.pushState(null, "", path);
  return route();
};

const captionOf = visitOf;
const button = (text, act, isSecondary = false) => {
  const made = make("button", { type: "button", class: `govuk-button${isSecondary ? " govuk-button--secondary" : ""}` }, text);
  made.addEventListener("click", act);
  return made;
};
const goLink = (path, text, isSecondary = false) =>
  make("a", { href: path, class: `govuk-button${isSecondary ? " govuk-button--secondary" : ""}`, role: "button" }, text);

const showNothing = () =>
  show("No signal", "", null,
    make("p", {}, "This page needs signal. Nothing you typed is lost: it is on this phone."),
    make("p", {}, linkTo("/duties/", "Reports on this phone")));

const showDuties = async () => {
  const visits = (PERSON ? await keptVisits(PERSON) : []).filter((one) => one.isOpen !== false || one.receipt);
  const rows = visits.map((one) =>
    make("li", {}, linkTo(pathOf(one.visit), captionOf(one)),
      one.receipt ? `: received at ${clockOf(one.receipt.received_at)}${one.receipt.reference ? `, reference ${one.receipt.reference}` : ""}` : ""));
  show("No signal: reports on this phone", "", null,
    rows.length
      ? make("ul", { class: "govuk-list govuk-list--bullet" }, ...rows)
      : make("p", {}, "No report can be written here without signal. Open My duties once while there is signal: from then on the form works without."));
};

const startsLater = (held) => !held.isOpen && held.about.week_starts_on > todayIso();

const showTasks = async (held) => {
  const parts = await wholeReport(PERSON, held.visit);
  const situation = situationOf(parts, held.about);
  const row = (name, word) =>
    make("li", { class: "govuk-task-list__item govuk-task-list__item--with-link" },
      make("div", { class: "govuk-task-list__name-and-hint" },
        make("a", { class: "govuk-link govuk-task-list__link", href: pathOf(held.visit, name), "aria-describedby": `icv-task-${name}` }, titleOf(name))),
      make("div", { class: "govuk-task-list__status", id: `icv-task-${name}` }, word));
  const needed = sectionsNeeded(situation);
  const typed = (await keptParts(PERSON, held.visit)).map(({ name }) => kindOf(name));
  const state = (name) => (typed.includes(name) || typed.includes(wordOf[name]) ? "On this phone" : "Begun");
  const rows = needed.map((name) => row(name, isBegun(name, parts) ? state(name) : "Not started"));
  rows.push(...sectionsOffered(situation).map((name) => row(name, isBegun(name, parts) ? state(name) : "If you wish")));
  const begun = needed.filter((name) => isBegun(name, parts)).length;
  show("Visit report", captionOf(held), ["/duties/", "My duties"],
    make("p", {}, `${begun} of ${needed.length} begun. There is no signal: everything you enter is kept on this phone, and sent when there is.`),
    make("ul", { class: "govuk-task-list" }, ...rows),
    make("p", {}, goLink(`${pathOf(held.visit)}/check`, "Check and send", begun < needed.length)));
};

const templateOf = (name) => document.querySelector(`template[data-icv-part="${kindOf(name)}"]`);

const formOf = (name, fields) => {
  const form = make("form", { action: location.pathname, method: "post", novalidate: "" });
  form.append(templateOf(name).content.cloneNode(true));
  if (fields) fillForm(form, fields);
  return form;
};

const supposeToday = (form, { week_starts_on, week_ends_on }) => {
  const today = todayIso();
  if (today < week_starts_on || today > week_ends_on) return;
  const [year, month, day] = today.split("-").map(Number);
  for (const box of form.querySelectorAll("input[name$='_at-day']")) {
    const name = box.name.slice(0, -"-day".length);
    if (form.elements[`${name}-year`].value) continue;
    for (const [part, number] of Object.entries({ day, month, year })) form.elements[`${name}-${part}`].value = number;
  }
};

const onwardFrom = (held, name) => async (saved) => {
  const isWithSignal = phase === "sent";
  const saving = saved();
  if (isWithSignal) await saving;
  await go(pathAfter(held.visit, name, await wholeReport(PERSON, held.visit), held.about));
};

const partIn = (kept, name) => kept.typed.find((part) => part.name === name) ?? null;

const showPart = async (held, name, isNew) => {
  const read = await keptReport(PERSON, held.visit);
  const kept = (read.held ?? held).parts[name];
  const form = formOf(name, kept?.fields);
  const list = listOf[kindOf(name)];
  const title = isNew || !list ? templateOf(name).dataset.title : templateOf(name).dataset.title.replace("Add", "Change");
  if (kindOf(name) === "arrival") supposeToday(form, held.about);
  show(title, captionOf(held), [pathOf(held.visit, list), list ? titleOf(list) : "The report"], form);
  await watchPart(form, held.visit, name, {
    held: kept,
    part: partIn(read, name),
    goOn: onwardFrom(held, name),
  });
};

const nameOfOne = (name, fields) => fields.custody_number || fields.detail?.slice(0, 60) || titleOf(name);

const showList = async (held, name) => {
  const read = await keptReport(PERSON, held.visit);
  const parts = wholeOf(read);
  const word = wordOf[name];
  const ones = Object.entries(parts).filter(([one]) => kindOf(one) === word);
  const remove = (one) => async () => {
    if (one.includes("-new:")) await forgetPart(PERSON, held.visit, one);
    else await keepPart(PERSON, held.visit, one, null, { version: held.parts[one]?.version ?? 0, isSaved: true });
    await route();
  };
  const rows = ones.map(([one, fields]) => {
    const taken = button("Remove", remove(one), true);
    taken.append(make("span", { class: "govuk-visually-hidden" }, ` ${nameOfOne(one, fields)}`));
    return make("li", {}, linkTo(pathOf(held.visit, one), nameOfOne(one, fields)), " ", taken);
  });
  const form = formOf(name, parts[name]);
  show(templateOf(name).dataset.title, captionOf(held), [pathOf(held.visit), "The report"],
    make("p", {}, ones.length ? `${ones.length} so far.` : "None entered yet."),
    rows.length ? make("ul", { class: "govuk-list" }, ...rows) : null,
    make("p", {}, goLink(`${pathOf(held.visit)}/${word}/add`, `Add a ${word === "contact" ? "person" : word}`, rows.length > 0)),
    form);
  await watchPart(form, held.visit, name, {
    held: (read.held ?? held).parts[name],
    part: partIn(read, name),
    goOn: onwardFrom(held, name),
  });
};

const answersIn = (form) => {
  const answers = new Map();
  for (const control of form.elements) {
    const { type, value } = control;
    if (!control.name || !value || value === "not_asked" || ((type === "radio" || type === "checkbox") && !control.checked)) continue;
    const own = (control.closest("label") ?? form.querySelector(`label[for="${control.id}"]`))?.textContent.trim();
    const group = control.closest("fieldset")?.querySelector("legend")?.textContent.trim();
    const three = control.closest(".icv-three")?.querySelector("span")?.textContent.trim();
    const question = three ?? group ?? own ?? control.name;
    const words = type === "radio" || type === "checkbox" ? own : type === "select-one" ? control.selectedOptions[0].text : value;
    answers.set(question, [...(answers.get(question) ?? []), words]);
  }
  return answers;
};

const summaryOf = (name, fields) => {
  const rows = [...answersIn(formOf(name, fields))].map(([question, words]) =>
    make("div", { class: "govuk-summary-list__row" },
      make("dt", { class: "govuk-summary-list__key" }, question),
      make("dd", { class: "govuk-summary-list__value" }, words.join(" "))));
  return make("dl", { class: "govuk-summary-list" }, ...rows);
};

const showCheck = async (held) => {
  const { visit } = held;
  const kept = await keptReport(PERSON, visit);
  const parts = wholeOf(kept);
  if (await waitingReport(PERSON, visit)) return showWaiting(held);
  const situation = situationOf(parts, held.about);
  const needed = sectionsNeeded(situation);
  const sections = [...needed, ...sectionsOffered(situation).filter((name) => isBegun(name, parts))];
  const content = sections.flatMap((section) => {
    const ones = Object.keys(parts).filter((name) => kindOf(name) === (wordOf[section] ?? section) || name === section);
    return [
      make("h2", {}, titleOf(section), " ", make("small", {}, linkTo(pathOf(visit, section), "Change"))),
      ...ones.map((name) => summaryOf(name, parts[name])),
      ...(ones.length ? [] : [make("p", {}, "Nothing yet.")]),
    ];
  });
  const lacking = needed.filter((name) => !isBegun(name, parts)).map(titleOf);
  const half = kept.typed.find((part) => !part.isSaved && part.name.includes("-new:"));
  if (half) lacking.push(`${titleOf(half.name)} you began to enter: save or remove it`);
  const clues = cluesOf(Object.entries(parts).map(([name, fields]) => formOf(name, fields)));
  const again = clues.length
    ? [make("h2", {}, "Look at this again"), make("ul", {}, ...clues.map((clue) => make("li", {}, clue))), make("p", {}, "Never write who somebody is. If one of these names nobody, leave it.")]
    : [];
  const together = make("form", {}, document.getElementById("icv-together").content.cloneNode(true));
  const send = button("Send the report", async () => {
    send.disabled = true;
    await queueReport(PERSON, visit, together.querySelector("[name=together]").checked);
    sendAll(PERSON);
    await showWaiting(held);
  });
  const last = lacking.length
    ? [make("p", { class: "icv-waiting" }, `Not begun yet: ${lacking.join("; ")}.`)]
    : [make("p", {}, "Send it once, for both of you. It waits on this phone and goes when there is signal. Once it has been received nobody can change it."), together, send];
  show("Check your answers", captionOf(held), [pathOf(visit), "The report"], ...content, ...again, make("h2", {}, "Send the report"), ...last);
};

const showWaiting = async (held) => {
  const report = await waitingReport(PERSON, held.visit);
  if (!report) {
    const now = await keptVisit(PERSON, held.visit);
    return now.receipt ? showReceived(now) : showTasks(now);
  }
  const text = held.isGone ? held.closedBecause : `Waiting to be sent since ${clockOf(report.at)}. It goes by itself when there is signal and this page, or any other page of the service, is open.`;
  show("The report is on this phone", captionOf(held), ["/duties/", "My duties"],
    make("p", {}, text),
    make("p", {}, "You can still change it: it is then no longer waiting, and you send it again."),
    make("p", {}, goLink(pathOf(held.visit), "Change the report", true)));
  isShowingWaiting = true;
  return sayUnsent();
};

const showReceived = (held) =>
  show("Report received", captionOf(held), ["/duties/", "My duties"],
    held.receipt.reference ? make("p", {}, "Reference ", make("b", {}, held.receipt.reference)) : null,
    make("p", {}, `Received at ${clockOf(held.receipt.received_at)}.`),
    held.receipt.keptApart ? make("p", {}, keptApartWords(held.receipt)) : null);

const showVisit = async (held, rest) => {
  if (held.receipt) return showReceived(held);
  if (startsLater(held)) {
    return show("The report cannot be written yet", captionOf(held), ["/duties/", "My duties"],
      make("p", {}, "The week of this visit has not begun. From its first day on you can write the report here."));
  }
  const [name, number] = rest.split("/");
  if (!name) return showTasks(held);
  if (name === "check") return showCheck(held);
  if (name === "waiting") return showWaiting(held);
  if (name in wordOf) return showList(held, name);
  if (!templateOf(name)) return showNothing();
  if (!number) return showPart(held, name, true);
  if (number === "add") return showPart(held, await newName(held.visit, name), true);
  if (!(`${name}-${number}` in held.parts)) return showList(held, `${name}s`);
  return showPart(held, `${name}-${number}`, false);
};

const route = async () => {
  const found = location.pathname.match(/^\/visits\/(\d+)\/report\/?(.*)$/);
  if (!found) await (location.pathname.startsWith("/report-shell") ? showNothing() : showDuties());
  else {
    hereVisit = Number(found[1]);
    const held = PERSON && (await keptVisit(PERSON, hereVisit));
    await (held ? showVisit(held, found[2]) : showNothing());
  }
  await sayUnsent();
  if (!shell.contains(document.activeElement)) shell.querySelector("h1")?.focus({ preventScroll: true });
};

const startShell = () => {
  addEventListener("popstate", route);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href]");
    if (!link || event.ctrlKey || event.metaKey || !/^\/(duties\/|visits\/\d+\/report.*)$/.test(link.pathname)) return;
    event.preventDefault();
    go(link.pathname + link.hash);
  });
  document.addEventListener("icv-phase", async () => {
    const held = hereVisit && PERSON && (await keptVisit(PERSON, hereVisit));
    if (held?.receipt && !shell.querySelector("form")) showReceived(held);
    else if (isShowingWaiting && !(await waitingReport(PERSON, hereVisit))) await route();
  });
  return route();
};

const newName = async (visit, kind) => {
  const named = location.hash.slice(1);
  if (/^[0-9a-f-]{36}$/.test(named)) return `${kind}-new:${named}`;
  if (location.search) return `${kind}-new:${crypto.randomUUID()}`;
  const own = (await keptParts(PERSON, visit)).filter((part) => part.name.startsWith(`${kind}-new:`));
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

let isLeaving = false;
document.addEventListener("submit", () => (isLeaving = true));
document.addEventListener("click", ({ target }) => (isLeaving ||= Boolean(target.closest?.("a[href]"))));

const start = async () => {
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
  else if (PERSON && !/^\/(sign-in$|link\/)/.test(location.pathname)) await rememberPerson(PERSON);
  if (isShell) await startShell();
  else if (PERSON && found) await startReport(Number(found[1]), found[2]);
  await sayUnsent();
  if (!PERSON) return;
  if (!isShell && (found || location.pathname === "/duties/")) await startWorker().catch(() => {});
  await sendAll(PERSON, found ? Number(found[1]) : null);
  if (!isShell && location.pathname === "/duties/") await prepare().catch(() => {});
  if (!isShell && arrived.has(hereVisit)) location.replace(pathOf(hereVisit));
  else if (!isShell && updated.has(hereVisit) && !line && !isLeaving) location.reload();
};

addEventListener("online", () => PERSON && sendAll(PERSON));
document.addEventListener("visibilitychange", () => {
  if (PERSON && document.visibilityState === "visible") sendAll(PERSON);
});
addEventListener("pageshow", (event) => event.persisted && sayUnsent());
start();
})();
