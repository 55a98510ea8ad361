// The identity guard: what in free words may give somebody away, pointed out where it stands and before sending.

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

// For the check page without signal: what the words of these forms hold.
const cluesOf = (forms) => [
  ...new Set(forms.flatMap((form) => [...form.elements].filter(isFreeWords).flatMap(({ value }) => cluesIn(value)))),
];
