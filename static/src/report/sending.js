// Speaking to the server. Whether there is signal is learnt by asking, and only from an answer that is ours:
// the browser's own idea is often wrong, and a Wi-Fi sign-in page answers anything with a page.

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

// What the server says of the visit, kept for when there is no signal. Null where it is not this person's.
const askState = async (person, visit) => {
  const { status, said } = await ask(`/visits/${visit}/report/state`);
  if (status === 404 && said.person === person) {
    await visitClosed(person, visit, "This visit is not yours any more: ask the coordinator.");
    return null;
  }
  if (status !== 200 || !said.person || !said.token) throw new NoAnswer();
  if (said.person !== person) throw new OtherPerson();
  // A phone that is full cannot keep it, and sends what it has all the same.
  await keepVisit(person, said).catch(() => {});
  return said;
};

// Whether the server answers at all, be it that the sign-in has ended.
const hasSignal = (visit) =>
  ask(`/visits/${visit}/report/state`).then(({ status }) => status < 500, (error) => !(error instanceof NoAnswer));

// Visits of which a part, or the whole report, has been received since this page was opened.
const updated = new Set();
const arrived = new Set();

// Whether some have to go once more, over what had arrived of them unheard.
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
    // Of a visit that is somebody else's by now there is no page with the receipt: this one says it.
    if (!said.no_longer_yours) arrived.add(visit);
  } else if (status === 422 && said.faults) await reportRefused(report, said.faults);
  else if (status === 409 && said.closed_because) await reportRefused(report, [{ sentence: said.closed_because }]);
  else throw new NoAnswer();
};

// A person or finding that is still being typed is the phone's alone until it is saved or the report is sent.
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

// One tab of all sends; what another tab is sending is waited for.
const alone = (act) => (navigator.locks ? navigator.locks.request("icv-report-sending", act) : act());

let nextTry = 0;

// Sends what can be sent now; asks about `only` even where nothing waits. Says how it went: "sent", "phone" (no signal), "signed out" or "other person".
// Tries again by itself, later each time; whatever else asks begins anew, for a line that has just come back often
// fails the first that is asked of it.
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

// All that is known of the report: what the server holds, and over it what is typed here.
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

// Which version of each part this person had before them: so a partner's later one is not overwritten unseen.
const versionsSeen = ({ held, typed }) => {
  const versions = {};
  for (const [name, { version }] of Object.entries(held?.parts ?? {})) versions[name] = version;
  for (const { name, version } of typed) versions[name] = version;
  return versions;
};

// Puts the report in the queue, once: a second press finds the first. What was taken out is said to be so: of what
// a report does not mention, the server takes what is saved.
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
