// A card with the quoted sentence and its source, beside the citation that the pointer, the focus or a finger rests on.

import { $, make } from "./common.js";

const HELD = 500; // milliseconds after which a finger rests

const card = make("div", null, { class: "preview", role: "tooltip", id: "preview", hidden: "" });

let shownFor = null; // the citation that the card belongs to
let held = 0;

function show(chip) {
  hide();
  const source = $(`.sources > li:nth-child(${chip.dataset.number})`, chip.closest(".turn"));
  card.replaceChildren(make("q", chip.dataset.quote), $(".link", source).textContent, $(".about", source).cloneNode(true));
  card.firstChild.lang = $(".link", source).lang;
  shownFor = chip;
  $("#conversation").append(card); // in its landmark
  chip.setAttribute("aria-describedby", card.id);
  card.hidden = false;
  place();
}

function place() {
  const { left, bottom, top } = shownFor.getBoundingClientRect();
  const below = bottom + card.offsetHeight < innerHeight;
  card.style.left = `${Math.max(8, Math.min(left, innerWidth - card.offsetWidth - 8))}px`;
  card.style.top = `${below ? bottom : Math.max(0, top - card.offsetHeight)}px`;
}

function hide() {
  clearTimeout(held);
  shownFor?.removeAttribute("aria-describedby");
  shownFor = null;
  card.hidden = true;
}

const chipOf = (event) => event.target.closest?.("#talk .chip");

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch" || card.contains(event.target)) return;
  const chip = chipOf(event);
  if (chip && chip !== shownFor) show(chip);
  else if (!chip && shownFor && shownFor !== document.activeElement) hide();
});
document.addEventListener("focusin", (event) => {
  const chip = chipOf(event);
  if (chip && chip === shownFor) return; // the finger that rests on it gives it the focus, too
  if (chip?.matches(":focus-visible") && event.relatedTarget) show(chip); // not when an article or the window gives the focus back
  else hide();
});
document.addEventListener("pointerdown", (event) => {
  const chip = chipOf(event);
  if (!chip) hide();
  else if (event.pointerType === "touch") held = setTimeout(() => show(chip), HELD);
});
document.addEventListener("pointerup", () => clearTimeout(held));
document.addEventListener("contextmenu", (event) => chipOf(event) && event.preventDefault()); // which a resting finger asks for
document.addEventListener(
  "scroll",
  () => (shownFor && shownFor === document.activeElement ? place() : hide()), // focus itself may scroll
  { capture: true, passive: true },
);
document.addEventListener(
  "keydown",
  (event) => {
    if (event.key !== "Escape" || card.hidden) return;
    event.stopImmediatePropagation(); // the article stays open
    hide();
  },
  true,
);
document.addEventListener(
  "click",
  (event) => {
    const rested = !card.hidden && event.pointerType === "touch" && chipOf(event) === shownFor;
    if (rested) event.stopPropagation(); // the finger asked for the card, not for the article
    else hide();
  },
  true,
);
