// Draws Gradio's page and moves what it brings into place: turns into the conversation, articles into the evidence.

const app = document.createElement("gradio-app");
app.setAttribute("src", location.origin);
app.setAttribute("eager", "true");
app.setAttribute("embed", "false");
app.setAttribute("control_page_title", "false");
document.body.append(app);

const texts = await (await fetch("/page/texts.json")).json();
const wide = matchMedia("(min-width: 60rem)");
const still = matchMedia("(prefers-reduced-motion: reduce)");
const PATIENCE = 20_000; // milliseconds until a question counts as lost
let language = document.documentElement.lang || "en";
let opener = null; // what had the focus before an article was opened
let opening = 0; // counts what was opened and closed

const $ = (selector, within = document) => within.querySelector(selector);
const say = (key, values = {}) =>
  Object.entries(values).reduce((text, [gap, value]) => text.replaceAll(`{${gap}}`, value), texts[key][language]);

function make(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== null) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

function fragment(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup; // made by ui/html/element.py, which escapes every text
  return template.content.firstElementChild;
}

async function send(path, body) {
  const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const reply = await fetch(path, options);
  if (!reply.ok) throw new Error(String(reply.status));
  return reply;
}

// ---- the frame: landmarks, labels, language

function frame() {
  const talk = $("#conversation");
  talk.setAttribute("role", "log");
  talk.setAttribute("aria-live", "polite");
  const evidence = $("#evidence");
  evidence.setAttribute("role", "region");
  evidence.append(hint("evidence_hint"));
  const skip = make("a", say("skip"), { href: "#question", class: "skip", "data-text": "skip" });
  skip.addEventListener("click", (event) => {
    event.preventDefault();
    $("#question textarea").focus();
  });
  document.body.prepend(skip);
  relabel();
}

function relabel() {
  document.documentElement.lang = language;
  for (const each of document.querySelectorAll("#language input")) each.name = "language"; // one group for the keyboard
  $("#conversation").setAttribute("aria-label", say("conversation"));
  $("#evidence").setAttribute("aria-label", say("evidence"));
  $("#language fieldset, #language")?.setAttribute("aria-label", say("interface"));
  const values = (each) => JSON.parse(each.dataset.values || "{}");
  for (const each of document.querySelectorAll("[data-text]")) each.textContent = say(each.dataset.text, values(each));
  for (const each of document.querySelectorAll("[data-name]")) each.ariaLabel = say(each.dataset.name, values(each));
}

// ---- the conversation

function pending(question) {
  if (!question.trim() || $(".turn.pending")) return;
  const turn = make("article", null, { class: "turn pending", "aria-busy": "true" });
  turn.append(make("h2", question.length > 400 ? question.slice(0, 400) + "…" : question, { class: "asked" }));
  turn.append(make("p", say("waiting"), { class: "waiting", "data-text": "waiting" }));
  $("#conversation").append(turn);
  document.body.classList.add("talking");
  show(turn);
  $("#question textarea").readOnly = true; // what is typed now would be lost when the answer comes
  setTimeout(() => {
    if (!turn.isConnected) return;
    $("#question textarea").readOnly = false;
    turn.className = "turn failed";
    $(".waiting", turn).dataset.text = "no_reply";
    relabel();
  }, PATIENCE);
}

function arrived(turn) {
  $(".turn.pending")?.remove();
  document.body.classList.add("talking");
  $("#conversation").append(turn);
  relabel();
  show(turn);
  const first = $(".chip", turn);
  if (first && wide.matches) open(first.dataset, false);
  else if (!first) close(); // the article of another answer proves nothing here
  const box = $("#question textarea");
  box.readOnly = false;
  box.focus({ preventScroll: true });
}

function show(turn) {
  turn.scrollIntoView({ behavior: still.matches ? "auto" : "smooth", block: "start" });
}

function ask(question) {
  const box = $("#question textarea");
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(box, question);
  box.dispatchEvent(new Event("input", { bubbles: true }));
  setTimeout(() => $("#ask").click()); // Gradio takes the text over first
}

function startAnew() {
  $("#conversation").querySelectorAll(".turn").forEach((turn) => turn.remove());
  document.body.classList.remove("talking");
  close();
}

// ---- the evidence

async function open(place, focus = true) {
  const body = { document: place.open, start: Number(place.start), end: Number(place.end), language };
  if (place.sha) body.sha256 = place.sha;
  if (place.passage !== undefined) body.passage = true;
  if (place.shown) [body.first, body.last] = place.shown.split(",").map(Number);
  const panel = $("#evidence");
  const mine = ++opening;
  let article;
  try {
    article = fragment(await (await send("/page/evidence", body)).text());
  } catch {
    article = hint("no_reply");
  }
  if (mine !== opening) return; // something else was opened or closed meanwhile
  const scrolled = place.shown ? panel.scrollTop : null;
  empty(panel);
  const bar = make("div", null, { class: "bar" });
  bar.append(make("span", say("evidence"), { "data-text": "evidence" }));
  bar.append(make("button", say("close"), { type: "button", class: "close", "data-text": "close" }));
  panel.append(bar, article);
  if (focus || wide.matches) panel.classList.add("open");
  for (const each of behind()) each.inert = panel.classList.contains("open") && !wide.matches;
  relabel();
  const quotation = $("mark", panel);
  if (scrolled !== null) panel.scrollTop = scrolled;
  else if (quotation) panel.scrollTop += quotation.getBoundingClientRect().top - panel.getBoundingClientRect().top - panel.clientHeight / 3;
  if (focus) ($("h2", panel) ?? panel).focus({ preventScroll: true });
}

function empty(panel) {
  panel.querySelectorAll(".evidence, .hint, .bar").forEach((old) => old.remove());
}

const behind = () => [$("#head"), $("#talk"), $(".skip")]; // what a phone's open article covers

const hint = (key) => make("p", say(key), { class: "hint", "data-text": key });

function close() {
  opening++;
  const panel = $("#evidence");
  panel.classList.remove("open");
  for (const each of behind()) each.inert = false;
  empty(panel);
  panel.append(hint("evidence_hint"));
  opener?.focus();
  opener = null;
}

// ---- tools of an answer

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    const box = make("textarea", button.dataset.copy); // where the clipboard is closed to a page without https
    document.body.append(box);
    box.select();
    document.execCommand("copy");
    box.remove();
  }
  tell(button, "copied");
}

async function download(button) {
  const request = JSON.parse(button.closest(".tools").dataset.request);
  const reply = await send(`/page/download/${button.dataset.download}`, { request, language });
  const name = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition"))[1];
  const address = URL.createObjectURL(await reply.blob());
  make("a", null, { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

async function vote(button) {
  const { request, document, start, end } = button.closest(".tools").dataset;
  const { question } = JSON.parse(request);
  await send("/page/vote", { question, vote: button.dataset.vote, document, start: Number(start), end: Number(end) });
  for (const each of button.closest(".tools").querySelectorAll("[data-vote]")) each.disabled = true;
  tell(button, "voted");
}

function tell(button, key) {
  const told = $(".told", button.closest(".tools"));
  told.dataset.text = key;
  told.textContent = say(key);
}

// ---- events

document.addEventListener("click", (event) => {
  const button = event.target.closest("button");
  if (!button) return;
  const failed = () => button.closest(".tools") && tell(button, "no_reply");
  if (button.id === "ask") pending($("#question textarea").value);
  else if (button.id === "fresh") startAnew();
  else if (button.dataset.ask !== undefined) ask(button.dataset.ask);
  else if (button.dataset.copy !== undefined) copy(button);
  else if (button.dataset.download !== undefined) download(button).catch(failed);
  else if (button.dataset.vote !== undefined) vote(button).catch(failed);
  else if (button.classList.contains("close")) close();
  else if (button.dataset.open !== undefined) {
    if (!button.closest("#evidence")) opener = button;
    open(button.dataset);
  }
});

document.addEventListener(
  "keydown",
  (event) => {
    if (event.key === "Escape" && $("#evidence.open")) close();
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.closest?.("#question"))
      pending(event.target.value);
  },
  true,
);

// Gradio draws elements when it likes: the welcome tells the language, #turn holds the newest turn.
let framed = false;
new MutationObserver(() => {
  const welcome = $("#first .welcome");
  if (!welcome || !$("#conversation") || !$("#evidence")) return;
  if (!framed) {
    framed = true;
    language = welcome.dataset.language;
    $("#loading")?.remove();
    frame();
    document.body.classList.add("ready");
    const chosen = sessionStorage.getItem("language"); // kept when the page is loaded anew
    if (chosen && chosen !== language) $(`#language input[value="${CSS.escape(chosen)}"]`)?.click();
  } else if (language !== welcome.dataset.language) {
    language = welcome.dataset.language;
    sessionStorage.setItem("language", language);
    relabel();
  }
  const fresh = $("#turn .turn");
  if (fresh) arrived(fresh.cloneNode(true)), fresh.remove();
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ["data-language"] });
