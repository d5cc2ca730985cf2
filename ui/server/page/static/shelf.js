// The shelf: while nothing is cited, the articles stand here, to be found by title or source and read without asking.

import { CHANGED, theAdding } from "./adding.js";
import { $, fragment, language, make, relabel } from "./common.js";

const PAUSE = 150; // milliseconds after a letter in which another may come

const list = make("div", null, { class: "list" });
const box = make("input", null, { type: "search", "data-name": "find_articles", "data-placeholder": "find_articles" });
const shelf = make("section", null, { class: "shelf" });
shelf.append(box, list);

let wanted = 0; // counts what was asked for

/** The shelf, which is filled when it is first shown. */
export function theShelf() {
  if (!list.hasChildNodes()) fill();
  const adding = theAdding();
  if (adding) shelf.prepend(adding);
  return shelf;
}

async function fill(first = 0) {
  const mine = ++wanted;
  const query = new URLSearchParams({ language: language(), search: box.value, first });
  const reply = await fetch(`/page/articles?${query}`).catch(() => null);
  if (!reply?.ok || mine !== wanted) return;
  const found = fragment(await reply.text());
  if (first) prepend(list.firstElementChild, found);
  list.replaceChildren(found);
  relabel();
}

/** Put what was shown before in front of what follows it. */
function prepend(before, found) {
  const rows = $("ol", found);
  rows.prepend(...$("ol", before).children);
  rows.removeAttribute("start");
}

let pause = 0;
box.addEventListener("input", () => {
  clearTimeout(pause);
  pause = setTimeout(() => fill(), PAUSE);
});
list.addEventListener("click", (event) => {
  const more = event.target.closest(".more");
  if (more) fill(Number(more.dataset.first));
});
document.addEventListener(CHANGED, () => fill());
