// The keys of the page: what each does, told by a list that "?" opens, and a choice to switch off those that are a single sign.

import { $, all, make, relabel } from "./common.js";

const OFF = "keys-off"; // in the tab's own storage
const KEYS = [
  ["/", "key_box"],
  ["↑", "key_last"],
  ["Enter", "key_ask"],
  ["Shift + Enter", "key_line"],
  ["Esc", "key_close"],
  ["?", "key_list"],
];

/** Whether "/" and "?" do something; who speaks to his computer may not want that (WCAG 2.1.4). */
export const signsWork = () => sessionStorage.getItem(OFF) === null;

/** Show the list; Escape or its button closes it. */
export function showKeys() {
  const list = $("#keys") ?? drawn();
  $("input", list).checked = signsWork();
  list.showModal();
}

function drawn() {
  const list = make("dialog", null, { id: "keys", "aria-labelledby": "keys-title" });
  const rows = make("dl", null, {});
  for (const [key, does] of KEYS) {
    const term = make("dt", null, {});
    term.append(make("kbd", key));
    rows.append(term, make("dd", null, { "data-text": does }));
  }
  const choice = make("label", null, {});
  const works = make("input", null, { type: "checkbox" });
  works.addEventListener("change", () => (works.checked ? sessionStorage.removeItem(OFF) : sessionStorage.setItem(OFF, "1")));
  choice.append(works, make("span", null, { "data-text": "key_signs" }));
  const close = make("button", null, { type: "button", class: "tool", "data-text": "close" });
  close.addEventListener("click", () => list.close());
  list.append(make("h2", null, { id: "keys-title", "data-text": "keys" }), rows, choice, close);
  document.body.append(list);
  relabel();
  return list;
}

export const isOpen = () => all("dialog[open]").length > 0;
