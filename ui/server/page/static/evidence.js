// The evidence: the article that an answer quotes, open at the words.

import { $, all, fragment, hint, language, make, relabel, say, send, wide } from "./common.js";
import { goInto, leave } from "./memory.js";
import { theShelf } from "./shelf.js";

let opener = null; // what had the focus before an article was opened
let opening = 0; // counts what was opened and closed

/** Open the article that a button names, and come back to the button when it is closed. */
export function openFrom(button) {
  if (!button.closest(".evidence")) {
    opener = button;
    goInto(button.dataset);
  }
  return open(button.dataset);
}

/** Close the article by the way it was opened: the address is left, too. The focus goes to where it was, or to another place. */
export function closeArticle(next = opener) {
  opener = next;
  if (!leave()) close(); // else it is closed by the step back
}

export async function open(place, focus = true) {
  const mine = ++opening;
  const article = await fetched(place);
  if (mine !== opening) return; // something else was opened or closed meanwhile
  const panel = $("#evidence");
  const scrolled = place.shown ? panel.scrollTop : null;
  empty(panel);
  if (!article.matches(".evidence")) panel.append(bar());
  panel.append(article);
  if (focus || wide.matches) panel.classList.add("open");
  for (const each of behind()) each.inert = panel.classList.contains("open") && !wide.matches;
  for (const chip of all(".chip")) current(chip, place);
  relabel();
  if (scrolled === null) scrollToQuotation(panel);
  else panel.scrollTop = scrolled;
  if (focus) ($("h3", panel) ?? panel).focus({ preventScroll: true });
}

/** Show of a citation whether its article is the one that is open, at its place. */
function current(chip, place) {
  const same = place && ["open", "start", "end"].every((name) => chip.dataset[name] === String(place[name]));
  if (same) chip.setAttribute("aria-current", "true");
  else chip.removeAttribute("aria-current");
}

export function close() {
  opening++;
  const panel = $("#evidence");
  panel.classList.remove("open");
  for (const each of behind()) each.inert = false;
  empty(panel);
  for (const chip of all(".chip")) current(chip, null);
  panel.append(hint("evidence_hint"), theShelf());
  opener?.focus();
  opener = null;
}

/** Show the shelf where the panel is not beside the talk. */
export function openShelf() {
  close();
  goInto(null);
  const panel = $("#evidence");
  panel.prepend(bar());
  panel.classList.add("open");
  for (const each of behind()) each.inert = !wide.matches;
  $("input", panel).focus();
}

async function fetched(place) {
  const body = { document: place.open, start: Number(place.start), end: Number(place.end), language: language() };
  if (place.sha) body.sha256 = place.sha;
  if (place.words) [body.words_start, body.words_end] = place.words.split(",").map(Number);
  if (place.number) body.number = Number(place.number);
  if (place.passage !== undefined) body.passage = true;
  if (place.shown) [body.first, body.last] = place.shown.split(",").map(Number);
  try {
    return fragment(await (await send("/page/evidence", body)).text());
  } catch {
    return hint("not_opened");
  }
}

function bar() {
  const made = make("div", null, { class: "bar" });
  made.append(make("span", say("evidence"), { "data-text": "evidence" }));
  made.append(make("button", say("close"), { type: "button", class: "close", "data-text": "close" }));
  return made;
}

function scrollToQuotation(panel) {
  const quotation = $("mark", panel);
  panel.scrollTop = 0;
  if (!quotation) return;
  const below = quotation.getBoundingClientRect().top - panel.getBoundingClientRect().top;
  panel.scrollTop += below - panel.clientHeight / 3;
}

function empty(panel) {
  for (const old of all(".evidence, .hint, .bar, .shelf", panel)) old.remove();
}

const behind = () => [$("#head"), $("#talk"), $(".skip")]; // what a phone's open article covers
