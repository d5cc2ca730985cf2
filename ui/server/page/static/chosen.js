// The filters that are set, each as a button above the question that takes it away again.

import { $, all, make, relabel, say, type } from "./common.js";
import { box, lookOnlyIn, onlyArticle } from "./form.js";

const LONGEST = 60; // characters of a title
const DATES = { after: "chosen_after", before: "chosen_before" };

/** Every filter that is set: what it says, as a text of the page with its gaps or as a name, and how to take it away. */
function chosen() {
  const fields = Object.entries(DATES).map(([id, key]) => [key, $(`#${id} textarea`)]);
  const dates = fields.filter(([, field]) => field?.value.trim());
  const article = onlyArticle();
  return [
    ...(article ? [{ name: shortened(article.title), drop: () => askAbout(null) }] : []),
    ...dates.map(([key, field]) => ({ key, values: { date: field.value.trim() }, drop: () => type(field, "") })),
    ...all("#spoken input:checked").map((input) => ({ key: `in_${input.name}`, drop: () => input.click() })),
    ...all("#sources input:checked").map((input) => ({ name: input.name, drop: () => input.click() })),
  ];
}

/** Look only in an article, in all for null. */
export function askAbout(article) {
  lookOnlyIn(article);
  showChosen();
  box().focus();
}

const shortened = (title) => (title.length > LONGEST ? `${title.slice(0, LONGEST)}…` : title);

export function dropAll() {
  for (const { drop } of chosen()) drop();
}

function chip({ key, name, values = {}, drop }) {
  const said = key ? { "data-text": key, "data-values": JSON.stringify(values) } : {};
  const told = name ?? say(key, values);
  const button = make("button", null, { type: "button", class: "chosen" });
  button.append(make("span", told, said), make("span", " ×", { "aria-hidden": "true" }));
  button.dataset.name = "drop_filter";
  button.dataset.values = JSON.stringify({ filter: told });
  button.addEventListener("click", drop);
  return button;
}

export function showChosen() {
  const set = chosen();
  const line = $("#chosen") ?? make("p", null, { id: "chosen" });
  line.replaceChildren(...set.map(chip));
  if (set.length > 1) {
    const all = make("button", say("drop_filters"), { type: "button", class: "tool", "data-text": "drop_filters" });
    all.addEventListener("click", dropAll);
    line.append(all);
  }
  line.hidden = !set.length;
  $("#form").prepend(line);
  relabel();
}

for (const event of ["input", "change"]) {
  document.addEventListener(event, ({ target }) => target.closest("#filters") && queueMicrotask(showChosen));
}
