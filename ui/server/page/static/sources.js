// The sources and languages to choose from among the filters: those that articles have, anew when articles come or go.
// Sources are drawn as Gradio draws the languages.

import { $, all, make } from "./common.js";
import { CHANGED } from "./adding.js";
import { findable } from "./many.js";

let names = []; // of the sources, those with most articles first

const group = make("fieldset", null, { id: "sources", hidden: "" });
group.addEventListener("change", ({ target }) => target.closest("label")?.classList.toggle("selected", target.checked));

async function load() {
  const reply = await fetch("/page/choices").catch(() => null);
  if (reply?.ok) {
    const { sources, languages } = await reply.json();
    names = sources;
    offerLanguages(languages);
  }
  draw();
}

/** Hide languages that no article has; one that is chosen all the same can still be taken away. */
function offerLanguages(codes) {
  for (const input of all("#spoken input"))
    input.closest("label").hidden = !codes.includes(input.name) && !input.checked;
}

/** Draw the sources, once Gradio has drawn the languages; by their classes Gradio's styles find what is drawn. */
export function showSources() {
  if (group.isConnected || !$("#spoken label")) return;
  const title = $("#spoken [data-testid=block-info]").cloneNode(true);
  delete title.dataset.text;
  group.className = $("#spoken").className;
  group.append(title, $("#spoken label").parentElement.cloneNode());
  $("#spoken").after(group);
  load();
}

function draw() {
  const chosen = new Set(all("input:checked", group).map((input) => input.name));
  const choices = names.map((name) => choice(name, chosen.has(name)));
  $(".find", group)?.remove();
  group.lastElementChild.replaceChildren(...choices);
  group.hidden = !choices.length;
  findable(group);
}

function choice(name, checked) {
  const made = $("#spoken label").cloneNode(true);
  const told = $("input", made).nextElementSibling;
  Object.assign($("input", made), { name, title: name, checked });
  made.classList.toggle("selected", checked);
  delete told.dataset.text;
  told.textContent = name;
  return made;
}

document.addEventListener(CHANGED, () => group.isConnected && load());
