// The form without signal: the shell reads the address, and shows that page from what is kept on this phone.

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

// Stays in the shell while there is no signal: another page comes at once, and from this phone. Of nobody it has none.
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

// Once the server has said that the report can be written it can: the phone's own clock may be days behind.
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

// Times are mostly of today: the day is filled in, the time is not.
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

// With signal the next page is the server's, which has to know of this part before; without, nothing is waited for.
const onwardFrom = (held, name) => async (saved) => {
  const isWithSignal = phase === "sent";
  const saving = saved();
  if (isWithSignal) await saving;
  await go(pathAfter(held.visit, name, await wholeReport(PERSON, held.visit), held.about));
};

const partIn = (kept, name) => kept.typed.find((part) => part.name === name) ?? null;

// What is kept is read before the form is shown: read after, it would go over what is typed meanwhile.
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

// The answers as they stand in the part's own form: each question with the words chosen or typed.
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
  // Whoever types already is not taken out of it.
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
  // Received while one looks on: the page says so.
  document.addEventListener("icv-phase", async () => {
    const held = hereVisit && PERSON && (await keptVisit(PERSON, hereVisit));
    if (held?.receipt && !shell.querySelector("form")) showReceived(held);
    else if (isShowingWaiting && !(await waitingReport(PERSON, hereVisit))) await route();
  });
  return route();
};
