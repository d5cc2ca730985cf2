// What articles said over time, below an answer.

import { $, fragment, hint, language, send } from "./common.js";

/** Show it, or take it away again; false if the button is for something else. */
export function overTime(button) {
  if (button.dataset.timeline === undefined) return false;
  const tools = button.closest(".tools");
  const old = $(".timeline", tools.parentElement);
  button.setAttribute("aria-expanded", String(!old));
  if (old) old.remove();
  else show(tools);
  return true;
}

async function show(tools) {
  const waiting = hint("waiting");
  waiting.classList.add("timeline");
  tools.after(waiting);
  const request = JSON.parse(tools.dataset.request);
  try {
    const reply = await send("/page/timeline", { request, language: language() });
    const shown = fragment(await reply.text());
    waiting.replaceWith(shown);
    shown.scrollIntoView({ block: "nearest" });
  } catch {
    waiting.textContent = hint("not_done").textContent;
    waiting.dataset.text = "not_done";
  }
}
