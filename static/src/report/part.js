// A part's form: every change is kept within a blink, goes to the server after a pause, and comes back after a kill.

const KEEP_AFTER_MS = 150;
const SEND_AFTER_MS = 2000;
const LONGEST_SAVING_MS = 4000;

const later = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const submitPlainly = (form) => HTMLFormElement.prototype.submit.call(form);

// What was typed before this script ran. A page that one came back to, or loaded again, is filled in by the browser
// with what stood there before: that may be sent already, or older than what is kept here.
const typedEarly = (form, part) => {
  const way = performance.getEntriesByType("navigation")[0]?.type;
  if (way === "back_forward" || (way === "reload" && part?.fields)) return new Set();
  return typedSinceRendered(form);
};

// `held` is what the server has of the part; `goOn` leads on when it is saved, with or without signal. Who has read
// already what this phone keeps of it gives it as `part`: then nothing can be typed before it is in the form.
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

  // Over what this phone kept before go the fields that were typed while the page was loading.
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
