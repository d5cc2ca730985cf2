// Gradio's form: its labels, which we write, and its values, which we read.

import { $, all, say, type } from "./common.js";
import { showCalendars } from "./dates.js";
import { showSources } from "./sources.js";

// Where Gradio shows a label, and the text that belongs there.
const LABELS = {
  "#question [data-testid=block-info]": "question",
  "#ask": "ask",
  "#filters > button > span:first-child": "filters",
  "#follow .label-text": "follow",
  "#after [data-testid=block-info]": "after",
  "#before [data-testid=block-info]": "before",
  "#spoken [data-testid=block-info]": "languages",
  "#sources [data-testid=block-info]": "sources",
  "#caution [data-testid=block-info]": "caution",
  "#language [data-testid=block-info]": "interface",
};
const PLACEHOLDERS = { "#after textarea": "2026-01", "#before textarea": "2026-01-31" };

export const box = () => $("#question textarea");

/** Give what Gradio has drawn by now its texts; the filters are drawn when they are first opened. */
export function label() {
  if (!document.body.classList.contains("drawn")) return;
  for (const [selector, key] of Object.entries(LABELS)) mark($(selector), key);
  for (const input of all("#spoken input")) mark(input.nextElementSibling, `in_${input.name}`);
  for (const input of all("#caution input")) mark(input.nextElementSibling, `caution_${input.value}`);
  for (const [selector, example] of Object.entries(PLACEHOLDERS)) $(selector)?.setAttribute("placeholder", example);
  for (const group of ["language", "caution"])
    for (const input of all(`#${group} input`)) if (input.name !== group) input.name = group; // one tab stop for the keyboard
  showSources();
  showCalendars();
  box()?.setAttribute("placeholder", say("placeholder"));
  const opener = $("#filters > button");
  opener?.setAttribute("aria-expanded", String(opener.classList.contains("open")));
}

function mark(element, key) {
  if (!element || element.dataset.text === key) return;
  element.dataset.text = key;
  element.textContent = say(key);
}

/** Put a question into the box. */
export const write = (question) => type(box(), question);

let article = null; // the only one to look in: its id and its title

export const onlyArticle = () => article;

export function lookOnlyIn(chosen) {
  article = chosen;
}

export const follows = () => $("#follow input")?.checked ?? true;
export const caution = () => $("#caution input:checked")?.value ?? "normal";

/** What the filters ask for, as /api/ask takes it. */
export function filters() {
  const chosen = {};
  const after = $("#after textarea")?.value.trim();
  const before = $("#before textarea")?.value.trim();
  const languages = all("#spoken input:checked").map((input) => input.name);
  const sources = all("#sources input:checked").map((input) => input.name);
  if (after) chosen.after = after;
  if (before) chosen.before = before;
  if (languages.length) chosen.languages = languages;
  if (sources.length) chosen.sources = sources;
  if (article) chosen.documents = [article.id];
  return chosen;
}
