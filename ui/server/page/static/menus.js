// Menus: the one in the head of the page, which is about the whole conversation, and how every menu closes.

import { $, all, make, say } from "./common.js";

const SAVED = { html: "as_html", markdown: "as_markdown", json: "as_json" };

/** The menu of the conversation: save it, print it, start a new one. */
export function conversationMenu() {
  const menu = make("details", null, { class: "menu" });
  const summary = make("summary", null, { class: "tool" });
  summary.append(text("conversation"));
  const items = make("div", null, { class: "items" });
  for (const [kind, key] of Object.entries(SAVED)) items.append(button(key, { "data-download": kind }));
  items.append(button("print", { "data-print": "" }), button("fresh", { id: "fresh" }), button("keys", { "data-keys": "" }));
  menu.append(summary, items);
  const told = make("span", null, { class: "told", role: "status" });
  const whole = make("div", null, { id: "whole", class: "tools" });
  whole.append(told, menu);
  return whole;
}

const text = (key) => make("span", say(key), { "data-text": key });

function button(key, attributes) {
  const made = make("button", null, { type: "button", ...attributes });
  made.append(text(key));
  return made;
}

const opened = () => all("details.menu[open]");

document.addEventListener("click", ({ target }) => {
  const within = target.closest("details.menu");
  for (const menu of opened()) if (menu !== within || target.closest(".items button")) menu.open = false;
});
document.addEventListener(
  "keydown",
  (event) => {
    const [menu] = opened();
    if (event.key !== "Escape" || !menu) return;
    event.stopImmediatePropagation(); // an open article stays open
    menu.open = false;
    $("summary", menu).focus();
  },
  true,
);
