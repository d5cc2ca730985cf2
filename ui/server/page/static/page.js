// Draws Gradio's page, frames it, and brings clicks and keys to the parts that know what to do.

import "./preview.js";
import { ADDING, CHANGED } from "./adding.js";
import { $, all, can, fragment, language, make, relabel, say, speak, wide } from "./common.js";
import { early } from "./early.js";
import { close, closeArticle, open, openFrom, openShelf } from "./evidence.js";
import { box, label } from "./form.js";
import { forget, named, where } from "./memory.js";
import { conversationMenu } from "./menus.js";
import { again, ask, edit, home, lastQuestion, restore, startAnew, visit } from "./talk.js";
import { overTime } from "./timeline.js";
import { use } from "./tools.js";

const app = document.createElement("gradio-app");
app.setAttribute("src", location.origin);
app.setAttribute("eager", "true");
app.setAttribute("embed", "false");
app.setAttribute("control_page_title", "false");
document.body.append(app);

// ---- the frame: landmarks, labels, the first screen

async function frame() {
  const talk = $("#conversation");
  talk.setAttribute("role", "region");
  talk.dataset.name = "conversation";
  $("#talk").append(make("p", "", { class: "aloud", role: "status" }));
  const evidence = $("#evidence");
  evidence.setAttribute("role", "region");
  evidence.dataset.name = "evidence";
  for (const [region, key] of [[talk, "conversation"], [evidence, "evidence"]])
    region.prepend(make("h2", say(key), { class: "unseen", "data-text": key }));
  $("#head").insertBefore(conversationMenu(), $("#language"));
  $("#language").dataset.name = "interface";
  if (can("log-out")) $("#head").append(logOut());
  new ResizeObserver(keepAbove).observe($("#form"));
  document.body.prepend(make("a", say("skip"), { href: "#question", class: "skip", "data-text": "skip" }));
  $(`#language input[value="${language()}"]`)?.click();
  relabel();
  close();
  restore();
  await welcome();
  const { question, sent } = early();
  $("#loading")?.remove();
  document.body.classList.add("ready");
  if (!question) return arrive();
  await arrive();
  edit(question);
  if (sent) ask(question);
}

/** Tell the style sheet how much of the screen the form covers, which grows with its filters. */
function keepAbove() {
  document.documentElement.style.setProperty("--form", `${$("#form").offsetHeight + 24}px`);
}

/** A button that ends the session; what the tab remembers is of another person then, and goes first. */
function logOut() {
  const form = make("form", null, { method: "post", action: "/logout", id: "logout" });
  form.append(make("button", say("log_out"), { "data-text": "log_out" }));
  form.addEventListener("submit", () => forget());
  return form;
}

/** Go where the address leads: to a question, and to a place in an article. */
async function arrive() {
  const to = named();
  const { place } = to;
  const moved = to.address !== where();
  if (to.question === null) home();
  else if (moved) await visit(to);
  if (place) open(place);
  else if (!moved) close();
}

/** Show the first screen in the language of the page; a server that is away leaves the one there is. */
async function welcome() {
  const wanted = language();
  const reply = await fetch(`/page/first?language=${wanted}`).catch(() => null);
  if (!reply?.ok || wanted !== language()) return;
  const fresh = fragment(await reply.text());
  for (const old of all("#first .welcome")) old.remove();
  $("#first").append(fresh);
  exemplify(wanted);
}

/** Show questions to begin with as soon as they are found. */
async function exemplify(wanted) {
  const reply = await fetch(`/page/examples?language=${wanted}`).catch(() => null);
  if (reply?.ok && wanted === language()) $("#first .examples").replaceWith(fragment(await reply.text()));
}

let framed = false;
new MutationObserver(() => {
  label();
  if (framed || !$("#conversation") || !$("#evidence") || !$("#language input") || !box()) return;
  framed = true;
  frame();
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["name", "class"] });

// ---- events

window.addEventListener("popstate", arrive);
document.addEventListener(ADDING, () => $("#evidence .shelf") && (wide.matches || $("#evidence.open")) || openShelf());
document.addEventListener(CHANGED, welcome);

document.addEventListener("change", (event) => {
  const chosen = event.target.closest("#language input");
  if (!chosen || chosen.value === language()) return;
  speak(chosen.value);
  label();
  welcome();
});

document.addEventListener("click", (event) => {
  const skip = event.target.closest(".skip");
  if (skip) {
    event.preventDefault();
    box().focus();
  }
  if (event.target.closest("#kenes a")) {
    event.preventDefault();
    home();
  }
  if (event.target.closest("a[data-open]")) event.preventDefault(); // a point of a chart
  const button = event.target.closest("button, a[data-open]");
  if (!button || use(button) || overTime(button)) return;
  if (button.id === "ask") ask(box().value);
  else if (button.id === "fresh") startAnew();
  else if (button.dataset.ask !== undefined) ask(button.dataset.ask, { verbatim: button.dataset.verbatim !== undefined });
  else if (button.dataset.edit !== undefined) edit(button.dataset.edit);
  else if (button.dataset.print !== undefined) print();
  else if (button.dataset.shelf !== undefined) openShelf();
  else if (button.dataset.again !== undefined) again(button.closest(".turn"));
  else if (button.classList.contains("close")) closeArticle();
  else if (button.dataset.open !== undefined) openFrom(button);
});

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape" && $("#evidence.open")) closeArticle();
    if (event.key === "/" && !event.target.matches("input, textarea")) {
      event.preventDefault();
      box().focus();
    }
    if (event.key === "ArrowUp" && event.target === box() && !box().value) {
      event.preventDefault();
      edit(lastQuestion());
    }
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.closest?.("#question")) return;
    event.preventDefault();
    ask(event.target.value);
  },
  true,
);
