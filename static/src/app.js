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

  // What depends on a choice shows only while it is chosen: radios' own, and any control with data-icv-toggle="id".
  const dependent = (control) => document.getElementById(control.dataset.ariaControls ?? control.dataset.icvToggle);
  const showChosen = () => {
    for (const control of document.querySelectorAll("[data-aria-controls], [data-icv-toggle]")) {
      dependent(control).hidden = !control.checked;
    }
  };
  document.addEventListener("change", showChosen);
  addEventListener("pageshow", showChosen);

  // Whether the parts add up to the whole, said as they are typed.
  const number = (id) => Math.max(0, parseInt(document.getElementById(id).value, 10) || 0);
  const sayWhetherItAddsUp = (line) => {
    const { icvSum, icvOf } = line.dataset;
    const sum = icvSum.split(" ").reduce((total, id) => total + number(id), 0);
    const short = number(icvOf) - sum;
    const rest = short > 0 ? `, ${short} missing` : short < 0 ? `, ${-short} too many` : "";
    line.textContent = `${sum} of ${sum + short} accounted for${rest}`;
    line.classList.toggle("icv-sum--off", short !== 0);
  };
  const addUp = () => document.querySelectorAll("[data-icv-sum]").forEach(sayWhetherItAddsUp);
  document.addEventListener("input", addUp);

  // A page shows what depends on its answers at once; so does one that is put up from what this phone keeps.
  const dress = () => [showChosen(), addUp()];
  document.addEventListener("icv-shown", dress);
  dress();

  // What this phone keeps of a report is told on every page, by a script of its own.
  const { icvReport } = document.currentScript.dataset;
  const isThere = document.querySelector("script[data-icv-form-version]");
  try {
    if (!isThere && (localStorage.getItem("icv-unsent") || localStorage.getItem("icv-person"))) {
      document.head.append(Object.assign(document.createElement("script"), { src: icvReport }));
    }
  } catch {
    // Storage is refused: nothing is kept.
  }
})();
