// A long list of names to choose from gets a box to find them in.

import { all, make, relabel } from "./common.js";

const MANY = 12;

/** Put a box above the choices of an element, if they are many and have none yet. */
export function findable(element) {
  const choices = all("label:has(input)", element ?? document.createElement("p"));
  if (choices.length <= MANY || element.querySelector(".find")) return;
  const box = make("input", null, { type: "search", class: "find", "data-name": "find_source", "data-placeholder": "find_source" });
  box.addEventListener("input", () => {
    const wanted = box.value.trim().toLowerCase();
    for (const choice of choices) choice.hidden = !choice.textContent.toLowerCase().includes(wanted);
  });
  choices[0].parentElement.before(box);
  relabel();
}
