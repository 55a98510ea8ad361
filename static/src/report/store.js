// What this phone keeps, in IndexedDB, by person, visit and part. Nothing here speaks to the server.
// parts: what is typed and not known to have arrived. visits: what the server last said of a visit.
// reports: what waits to be sent as a whole, byte for byte as it will go. phone: who signed in here last, and whether
// somebody may have signed in since, which the worker writes down.

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

// Does something in one transaction; done when it is on the disk. `act` is given the stores.
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

// Nobody, from a way in that was used until a page of the server says whose it is.
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

// The version that this phone has made of the one a page began with, while nobody else saved in between: a page
// need not have heard yet that what was typed a moment ago has arrived.
const ownVersion = async (visits, key, name, version) => {
  const part = (await answer(visits.get(key)))?.parts[name];
  return part?.since?.includes(version) ? part.version : version;
};

// Keeps a part as it is typed now; `fields` null takes it out of the report. A report that waited to be
// sent is taken back: it no longer says what is typed.
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
// What the server holds and what is typed here, of one moment: read apart, a part that arrives in between is in neither.
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

// What the server says of the visit. Names of people are left out: a phone is easily lost.
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

// The server has the part, under the name it gave: forgotten here unless more was typed meanwhile.
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

// Remembers what goes on its way: where a page is left or a line lost before the answer, the server may have it.
const partsLeave = (leaving) =>
  inStore("readwrite", async (parts) => {
    for (const { person, visit, name, fields } of leaving) {
      const now = await answer(parts.get([person, visit, name]));
      if (now) parts.put({ ...now, sent: [...(now.sent ?? []), fields] });
    }
  });

// Why the server did not take a part: `faults` it found, or `clash`, a newer version of somebody else's. Whether it
// is only what this phone had sent itself and never heard of: then what was typed since goes over it.
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

// Only the first of two presses, or of four tabs, makes the report that is sent.
const keepReport = (report) =>
  inStore("readwrite", async (parts, visits, reports) => {
    const before = await answer(reports.get([report.person, report.visit]));
    if (before) return before;
    reports.put(report);
    return report;
  });

const HAS_BEEN_SENT = "The report has been sent and cannot be changed.";

// The receipt is its own: nothing of the report stays on the phone but the receipt. What was typed while the answer
// was on its way is not in the report: it stays, and so does a report that was made of it.
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

// The report lacks something: it is a draft again, and says what it lacks.
const reportRefused = (report, faults) =>
  inStore("readwrite", async (parts, visits, reports) => {
    const { person, visit, digest } = report;
    const held = await answer(visits.get([person, visit]));
    visits.put({ ...held, person, visit, parts: held?.parts ?? {}, faults });
    const waiting = await answer(reports.get([person, visit]));
    if (waiting?.digest === digest) reports.delete([person, visit]);
  });

// The visit was never this person's, says the server: what is typed stays here, and cannot be sent.
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

// Everything that has not arrived: of the person, by visit; and whether there is any of somebody else.
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
