// The frame of the page: our own at first, so that people can ask and read at once; then the one that Gradio has drawn.

import { $, all, can, language, make, relabel } from "./common.js";
import { pressed } from "./early.js";
import { box, write } from "./form.js";
import { end } from "./memory.js";
import { conversationMenu } from "./menus.js";

const FILLED = ["first", "conversation", "evidence"]; // what we put into is in these
const DRAWN = ["#head", "#language input", "#talk", ...FILLED.map((id) => `#${id}`), "#question textarea", "#ask", "#filters > button"];

/** Make our own frame whole. */
export function frame() {
  $("#talk").append(make("p", "", { class: "aloud", role: "status" }));
  for (const key of ["conversation", "evidence"])
    $(`#${key}`).append(make("h2", "", { class: "unseen", "data-text": key }));
  $("#head").insertBefore(conversationMenu(), $("#language"));
  if (can("log-out")) $("#head").append(logOut());
  document.body.prepend(make("a", "", { href: "#question", class: "skip", "data-text": "skip" }));
  mark();
}

/** Name the parts of the frame for those who do not see it. */
function mark() {
  for (const key of ["conversation", "evidence"]) {
    $(`#${key}`).setAttribute("role", "region");
    $(`#${key}`).dataset.name = key;
  }
  $("#language").dataset.name = "interface";
  $(`#language input[value="${language()}"]`)?.click();
  new ResizeObserver(keepAbove).observe($("#form"));
  relabel();
}

/** Tell the style sheet how much of the screen the form covers, which grows with its filters. */
function keepAbove() {
  document.documentElement.style.setProperty("--form", `${$("#form").offsetHeight + 24}px`);
}

/** A button that ends the session; what the tab remembers is of another person then, and goes first. */
function logOut() {
  const form = make("form", null, { method: "post", action: "/logout", id: "logout" });
  form.append(make("button", "", { "data-text": "log_out" }));
  form.addEventListener("submit", () => end());
  return form;
}

/** Have Gradio draw its frame, out of sight, and move into it as soon as all of it is there. */
export function draw() {
  const app = make("gradio-app", null, { eager: "true", embed: "false", control_page_title: "false" });
  const watch = new MutationObserver(() => {
    if (!DRAWN.every((selector) => $(selector, app))) return;
    watch.disconnect();
    move($("#early"), app);
  });
  watch.observe(app, { childList: true, subtree: true });
  document.head.append($("#gradio").content);
  document.body.append(app);
}

/** Move everything from our frame into Gradio's: what is typed, read, focused or on its way stays as it is. */
function move(early, app) {
  const focused = document.activeElement;
  const [typed, reading, far] = [box(), $("#evidence"), scrollY];
  const { value, selectionStart, selectionEnd, readOnly } = typed;
  const depth = reading.scrollTop;
  for (const id of FILLED) $(`#${id}`, app).append(...$(`#${id}`, early).childNodes);
  $("#evidence", app).classList.toggle("open", reading.classList.contains("open"));
  for (const id of ["head", "talk"]) $(`#${id}`, app).inert = $(`#${id}`, early).inert;
  $("#head", app).append($("#whole"), $("#language", app), ...all("#logout"));
  $("#talk", app).append($(".aloud"));
  $("#ask", app).disabled = $("#ask", early).disabled;
  early.remove();
  document.body.classList.add("drawn");
  mark();
  write(value);
  box().readOnly = readOnly;
  $("#evidence").scrollTop = depth;
  scrollTo({ top: far, behavior: "instant" });
  (focused === typed ? box() : focused).focus({ preventScroll: true });
  box().setSelectionRange(selectionStart, selectionEnd);
  if (pressed.filters) $("#filters > button").click();
}
