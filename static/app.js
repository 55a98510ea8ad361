// What pages do better with a script. Each page works without; nothing here is needed.
(() => {
  const DOUBLE_PRESS_MS = 2000;
  const lastSent = new WeakMap();

  // A second press within two seconds sends nothing: the first is on its way.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (Date.now() - (lastSent.get(form) ?? -DOUBLE_PRESS_MS) < DOUBLE_PRESS_MS) event.preventDefault();
    else lastSent.set(form, Date.now());
  });

  // The reader's place moves to what went wrong, or to what was done.
  const news = document.querySelector(".govuk-error-summary, .govuk-notification-banner--success");
  if (news) {
    news.tabIndex = -1;
    news.focus({ preventScroll: !news.matches(".govuk-error-summary") });
  }

  // What depends on a choice shows only while it is chosen: radios' own, any control with data-icv-toggle="id",
  // and parts with data-icv-when="name=one,other". What holds an error always shows.
  const sayEach = (selector, say) => document.querySelectorAll(selector).forEach(say);
  const valueOf = (form, name) => form?.elements[name]?.value ?? "";
  const isWrong = (part) => part.querySelector(".govuk-error-message") !== null;
  const showChosen = () => {
    sayEach("[data-aria-controls], [data-icv-toggle]", (control) => {
      const part = document.getElementById(control.dataset.ariaControls ?? control.dataset.icvToggle);
      if (part) part.hidden = !control.checked && !isWrong(part);
    });
    sayEach("form [data-icv-when]", (part) => {
      const [name, values] = part.dataset.icvWhen.split("=");
      part.hidden = !values.split(",").includes(valueOf(part.closest("form"), name)) && !isWrong(part);
    });
  };

  // Whether the parts add up to the whole, said as they are typed.
  const textOf = (id) => document.getElementById(id)?.value.trim() ?? "";
  const number = (id) => Math.max(0, parseInt(textOf(id), 10) || 0);
  const sumOf = (ids) => ids.reduce((total, id) => total + number(id), 0);
  const restOf = (short) => (short > 0 ? `, ${short} missing` : short < 0 ? `, ${-short} too many` : "");
  const saySums = () => {
    sayEach("[data-icv-sum]", (line) => {
      const sum = sumOf(line.dataset.icvSum.split(" "));
      const short = number(line.dataset.icvOf) - sum;
      line.textContent = `${sum} of ${sum + short} accounted for${restOf(short)}`;
      line.classList.toggle("icv-sum--off", short !== 0);
    });
    // A split: where its first box is empty, that is the rest.
    sayEach("[data-icv-split]", (cell) => {
      const ids = cell.dataset.icvSplit.trim().split(" ");
      const short = number(cell.dataset.icvOf) - sumOf(ids);
      const isOff = short < 0 || (short > 0 && textOf(ids[0]) !== "");
      const isEmpty = ids.every((id) => textOf(id) === "");
      cell.parentNode.hidden = isEmpty;
      if (isEmpty) cell.textContent = "";
      else cell.textContent = isOff ? `Of ${number(cell.dataset.icvOf)}${restOf(short)}` : short > 0 ? `${short} in the first column` : "All accounted for";
      cell.classList.toggle("icv-sum--off", isOff);
    });
  };

  // A wait at the door is worked out; only a long one is asked about.
  const DAY = 1440;
  const minutesOf = (id) => {
    const found = /^(\d{1,2})\s*[:.h]?\s*(\d{2})$/.exec(textOf(id));
    return found ? found[1] * 60 + Number(found[2]) : NaN;
  };
  const sayWait = () =>
    sayEach("form [data-icv-wait]", (part) => {
      const form = part.closest("form");
      const waited = (minutesOf("admitted_at-clock") - minutesOf("arrived_at-clock") + DAY) % DAY;
      const isLong = waited > Number(part.dataset.icvWait) && waited < DAY / 2;
      const isRefused = valueOf(form, "outcome") === "no_access";
      const isAsked = !["no_access", "suite_closed"].includes(valueOf(form, "outcome")) && valueOf(form, "mode") === "in_person";
      part.hidden = !(isAsked && (isLong || valueOf(form, "delay") || valueOf(form, "delay_words"))) && !isWrong(part);
      part.querySelector("[data-icv-waited]").textContent = isLong ? `You waited ${waited} minutes.` : "";
      const decided = form.querySelector("[data-icv-decided]");
      decided.hidden = part.hidden && !isRefused && !isWrong(decided);
    });

  // The time now, in London, or the time of another box, at a press.
  const nowParts = () => {
    const asked = { timeZone: "Europe/London", day: "numeric", month: "numeric", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
    const said = Object.fromEntries(new Intl.DateTimeFormat("en-GB", asked).formatToParts().map(({ type, value }) => [type, value]));
    return { day: Number(said.day), month: Number(said.month), year: said.year, clock: `${said.hour}:${said.minute}` };
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-icv-now]");
    if (!button) return;
    const now = nowParts();
    for (const part of ["day", "month", "year", "clock"]) {
      const from = button.dataset.icvAs && document.getElementById(`${button.dataset.icvAs}-${part}`);
      document.getElementById(`${button.dataset.icvNow}-${part}`).value = from ? from.value : now[part];
    }
    document.getElementById(`${button.dataset.icvNow}-clock`).dispatchEvent(new Event("input", { bubbles: true }));
  });

  // Let in and left on the day of the arrival, until another day is asked for.
  const DAY_PARTS = ["day", "month", "year"];
  const sayDays = () =>
    sayEach("form [data-icv-follows]", (days) => {
      const id = days.dataset.icvFollows;
      const another = document.querySelector(`[data-icv-another="${id}"]`);
      const said = DAY_PARTS.map((part) => textOf(`${id}-${part}`)).join(" ").trim();
      const there = DAY_PARTS.map((part) => textOf(`arrived_at-${part}`));
      const follows = ["", there.join(" ").trim(), days.dataset.icvLast].includes(said);
      if (!follows || isWrong(days.closest("fieldset"))) days.dataset.icvOwn = "own";
      if (!days.dataset.icvOwn) DAY_PARTS.forEach((part, at) => (document.getElementById(`${id}-${part}`).value = there[at]));
      days.dataset.icvLast = there.join(" ").trim();
      days.hidden = !days.dataset.icvOwn;
      another.hidden = !days.hidden;
    });
  document.addEventListener("click", (event) => {
    const id = event.target.closest?.("[data-icv-another]")?.dataset.icvAnother;
    if (!id) return;
    document.querySelector(`[data-icv-follows="${id}"]`).dataset.icvOwn = "own";
    sayDays();
    document.getElementById(`${id}-day`).focus();
  });

  const sayAll = () => {
    sayDays();
    showChosen();
    saySums();
    sayWait();
    sayEach("[data-icv-now]", (button) => (button.hidden = false));
  };
  for (const event of ["input", "change"]) document.addEventListener(event, sayAll);
  addEventListener("pageshow", sayAll);
  // Without signal pages are put together here: what they hold is looked at when they come.
  const shell = document.getElementById("icv-shell");
  if (shell) new MutationObserver(sayAll).observe(shell, { childList: true });
  sayAll();

  // What this phone keeps of a report is told on every page, by a script of its own.
  const { icvReport } = document.currentScript.dataset;
  const load = () => document.head.append(Object.assign(document.createElement("script"), { src: icvReport }));
  const tell = (kept) => kept.some(({ name }) => name === "icv-report") && load();
  if (icvReport && !document.querySelector("script[data-icv-form-version]")) {
    Promise.resolve(window.indexedDB?.databases?.() ?? []).then(tell, () => {});
  }
})();
