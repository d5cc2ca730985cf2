// What this tab remembers, and nothing else does: its conversation, and where in it the person is.
// The conversation is in the tab's own storage, which is gone with the tab. Every question and every open article has an
// address; Back and Forward go from one to the other.

const CONVERSATION = "conversation";
const MOST = 60; // turns; older ones are forgotten

/** The turns of this tab: of each the question, its markup, and what the next question may lean on. */
export function remembered() {
  return JSON.parse(sessionStorage.getItem(CONVERSATION) ?? "[]");
}

export function remember(turn) {
  let turns = [...remembered(), turn].slice(-MOST);
  while (turns.length && !stored(turns)) turns = turns.slice(1); // the storage is full
}

export const forget = () => sessionStorage.removeItem(CONVERSATION);

function stored(turns) {
  try {
    sessionStorage.setItem(CONVERSATION, JSON.stringify(turns));
    return true;
  } catch {
    return false;
  }
}

// ---- addresses

/** The question and the place that an address names, each null if it names none. */
export function named() {
  const { doc, at } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)));
  const [, start, end] = /^(\d+)-(\d+)$/.exec(at ?? "") ?? [];
  const place = doc && end ? { open: doc, start, end } : null;
  return { question: new URLSearchParams(location.search).get("q"), place };
}

let here; // the question where the person is; null on the first screen
export const where = () => here;

/** Go to a question, or to the first screen for null; to the one where the address is, this is no step. */
export function goTo(question) {
  here = question;
  document.title = question ? `${question.slice(0, 80)} · Kenes` : "Kenes";
  if (question !== named().question) history.pushState({}, "", question ? `/?q=${encodeURIComponent(question)}` : "/");
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
