// Which sections a report needs, in their order: as icv/rules/report/wanted.py has it, for when nobody can be asked.

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

// What may be answered besides, by those who got so far.
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

// Where Save leads: from a person to the people, from a section to the next, from the last to the task list.
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
