// What this tab remembers, and nothing else does: its conversation, and where in it the person is.
// The conversation is in the tab's own storage, which is gone with the tab. Every question and every open article has an
// address; Back and Forward go from one to the other.

const CONVERSATION = "conversation";
const MOST = 60; // turns; older ones are forgotten

/** The turns of this tab: of each the question with its filters, its markup, when it was asked, and what the next may lean on. */
export function remembered() {
  return JSON.parse(sessionStorage.getItem(CONVERSATION) ?? "[]");
}

export function remember(turn) {
  let turns = [...remembered(), turn].slice(-MOST);
  while (turns.length && !stored(turns)) turns = turns.slice(1); // the storage is full
}

export const forget = () => sessionStorage.removeItem(CONVERSATION);

let ended = false; // the session, by the person's own hand

/** Forget for good: what is still on its way is not kept for whoever comes next. */
export function end() {
  ended = true;
  forget();
}

function stored(turns) {
  if (ended) return true;
  try {
    sessionStorage.setItem(CONVERSATION, JSON.stringify(turns));
    return true;
  } catch {
    return false;
  }
}

/** Keep something more of a turn of this tab: what was voted on it, or what can be asked next. */
export function note(ballot, more) {
  stored(remembered().map((turn) => (turn.ballot === ballot ? { ...turn, ...more } : turn)));
}

// ---- addresses

const HOME = "/";
const DATES = ["after", "before"];
const LISTS = ["languages", "sources", "documents"];

/** The address that asks a question with filters. */
export function addressOf(question, filters = {}) {
  const parts = new URLSearchParams({ q: question });
  for (const name of [...DATES, ...LISTS]) for (const value of [filters[name] ?? []].flat()) parts.append(name, value);
  return `${HOME}?${parts}`;
}

/** The question with its filters, and the place that an address names; question and place are null if it names none. */
export function named() {
  const { doc, at } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const [, start, end] = /^(\d+)-(\d+)$/.exec(at ?? "") ?? [];
  const place = doc && end ? { open: doc, start, end } : null;
  const parts = new URLSearchParams(location.search);
  const filters = Object.fromEntries([
    ...DATES.filter((name) => parts.get(name)).map((name) => [name, parts.get(name)]),
    ...LISTS.filter((name) => parts.has(name)).map((name) => [name, parts.getAll(name)]),
  ]);
  const question = parts.get("q");
  return { question, filters, address: question === null ? HOME : addressOf(question, filters), place };
}

let here; // the address where the person is
export const where = () => here;

/** Go to a question and its filters, or to the first screen for null; to where the address is, this is no step. */
export function goTo(question, filters) {
  here = question === null ? HOME : addressOf(question, filters);
  document.title = question ? `${question.slice(0, 80)} · Kenes` : "Kenes";
  if (here !== named().address) history.pushState({}, "", here);
}

/** Go to an open article, or for null to the shelf, from which Back leads to where the first one was opened. */
export function goInto(place) {
  const address = place ? `#doc=${encodeURIComponent(place.open)}&at=${place.start}-${place.end}` : "#articles";
  history[history.state?.inside ? "replaceState" : "pushState"]({ inside: true }, "", address);
}

/** Leave an open article by the way it was opened; false if there is no step back to make. */
export function leave() {
  const inside = Boolean(history.state?.inside);
  if (inside) history.back();
  else if (location.hash) history.replaceState({}, "", location.pathname + location.search);
  return inside;
}
