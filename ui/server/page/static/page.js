// Begins the page, and brings clicks and keys to the parts that know what to do.

import "./preview.js";
import { ADDING, CHANGED } from "./adding.js";
import { askAbout } from "./chosen.js";
import { $, all, fragment, language, speak, typing, wide } from "./common.js";
import { pressed } from "./early.js";
import { close, closeArticle, open, openFrom, openShelf } from "./evidence.js";
import { box, label } from "./form.js";
import { draw, frame } from "./frame.js";
import { isOpen, showKeys, signsWork } from "./keys.js";
import { named, where } from "./memory.js";
import { again, ask, edit, home, lastQuestion, restore, startAnew, visit } from "./talk.js";
import { overTime } from "./timeline.js";
import { use } from "./tools.js";

/** Make the page ready to be used, then have Gradio draw. */
async function begin() {
  frame();
  close();
  restore();
  await welcome();
  await arrive();
  document.body.classList.add("ready");
  if (pressed.ask) ask(box().value);
  if (wide.matches && typing.matches && document.activeElement === document.body && !location.hash) box().focus({ preventScroll: true });
  draw();
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
  fill(".examples", "/page/examples");
  if ($("#first .themes[data-due]")) fill(".themes", "/page/largest");
}

/** Put what is found later, questions to begin with and themes, into its place on the first screen. */
async function fill(place, address) {
  const wanted = language();
  const reply = await fetch(`${address}?language=${wanted}`).catch(() => null);
  if (reply?.ok && wanted === language()) $(`#first ${place}`)?.replaceWith(fragment(await reply.text()));
}

new MutationObserver(label).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["name", "class"] });
begin();

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
  if (button.id === "ask") askWhatIsTyped();
  else if (button.id === "fresh") startAnew();
  else if (button.dataset.ask !== undefined) ask(button.dataset.ask, { verbatim: button.dataset.verbatim !== undefined });
  else if (button.dataset.edit !== undefined) edit(button.dataset.edit);
  else if (button.dataset.keys !== undefined) showKeys();
  else if (button.dataset.print !== undefined) print();
  else if (button.dataset.shelf !== undefined) openShelf();
  else if (button.dataset.again !== undefined) again(button.closest(".turn"));
  else if (button.dataset.about !== undefined) about(button);
  else if (button.classList.contains("close")) closeArticle();
  else if (button.dataset.open !== undefined) openFrom(button);
});

/** Ask what stands in the box, or have it filled if it is empty. */
function askWhatIsTyped() {
  if (!box().value.trim()) box().focus();
  ask(box().value);
}

/** Have the next questions answered from the article that is open, which on a phone covers the box to ask. */
function about(button) {
  const title = $("h3 [lang]", button.closest(".evidence")).textContent;
  if (!wide.matches) closeArticle(box());
  askAbout({ id: button.dataset.about, title });
}

document.addEventListener(
  "keydown",
  (event) => {
    if (isOpen()) return;
    if (event.key === "Escape" && $("#evidence.open")) closeArticle();
    if (sign(event)) {
      event.preventDefault();
      if (event.key === "/") box().focus();
      else showKeys();
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

/** Whether a key is one of the signs that do something where nothing is typed. */
function sign({ key, target, ctrlKey, metaKey, altKey }) {
  const typing = target.matches("textarea, input:not([type=checkbox], [type=radio])");
  return (key === "/" || key === "?") && !typing && !ctrlKey && !metaKey && !altKey && signsWork();
}
