// What the page says of work that is not sent: one line beside the form, and a notice on every page.

const isShell = document.getElementById("icv-shell") !== null;
const FORM_VERSION = () => Number(document.querySelector("script[data-icv-form-version]").dataset.icvFormVersion);

// Whose page this is: said by the page itself, and for the shell by what was remembered when they signed in.
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

// -- the line beside the form

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

// -- the notice on every page

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

// What was typed and cannot be sent any more, for whoever wants to copy it into words beside the report.
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

// Without a reference nothing is filed: the visit was on record as not made.
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

// The part one is looking at speaks for itself, in the line beside its form.
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

// -- signing out

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
