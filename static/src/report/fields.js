// Between a form on the page and the fields that are kept and sent: each name with its text, or a list of them.

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

// What has been typed or chosen since the server made the page: on a slow line that begins before any script runs.
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

// JSON in the one way that both sides agree on, so that both come to the same digest.
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

// What kind of form a part is, and in which order the sections come; only those this visit needs.
const kindOf = (name) => name.replace(/-(new:.*|\d+)$/, "");
const wordOf = { contacts: "contact", findings: "finding", records: "record" };
const listOf = { contact: "contacts", finding: "findings", record: "records" };
