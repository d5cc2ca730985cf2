// What all parts of the page share: finding and making elements, the texts in their languages, requests.

export const texts = await (await fetch("/page/texts.json")).json();
export const wide = matchMedia("(min-width: 60rem)");
export const typing = matchMedia("(hover: hover)"); // who has a pointer that hovers has a keyboard, too
export const still = matchMedia("(prefers-reduced-motion: reduce)");

let spoken = sessionStorage.getItem("language") || document.documentElement.lang || "en";

export const language = () => spoken;

export const $ = (selector, within = document) => within.querySelector(selector);
export const all = (selector, within = document) => [...within.querySelectorAll(selector)];

/** Whether people can do something on this page that not every server lets them do. */
export const can = (what) => document.documentElement.dataset.can.split(" ").includes(what);

export function say(key, values = {}) {
  let text = texts[key][spoken];
  for (const [gap, value] of Object.entries(values)) text = text.replaceAll(`{${gap}}`, value);
  return text;
}

export function make(name, text, attributes = {}) {
  const made = document.createElement(name);
  if (text !== null) made.textContent = text;
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/** Put a text into one of Gradio's fields, so that Gradio knows it, too. */
export function type(field, text) {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export const hint = (key) => make("p", say(key), { class: "hint", "data-text": key });

export function fragment(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup; // made by ui/html/element.py, which escapes every text
  return template.content.firstElementChild;
}

export async function send(path, body, signal) {
  const options = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body), signal };
  const reply = await fetch(path, options);
  if (reply.status === 401) logIn();
  if (!reply.ok) throw new Refused(reply.status);
  return reply;
}

/** The session is over: log in, and come back to where the person is; the conversation stays in the tab. */
export function logIn() {
  location.assign(`/login?next=${encodeURIComponent(location.pathname + location.search)}`);
}

/** The server answered, but not with what was asked for. */
export class Refused extends Error {
  constructor(status) {
    super(String(status));
    this.status = status;
  }
}

// ---- the language of the page

export function speak(chosen) {
  spoken = chosen;
  sessionStorage.setItem("language", chosen); // kept when the page is reloaded
  relabel();
}

/** Put every text that knows its key into the language of the page. */
export function relabel() {
  document.documentElement.lang = spoken;
  const values = (each) => JSON.parse(each.dataset.values || "{}");
  for (const each of all("[data-text]")) {
    const text = say(each.dataset.text, values(each));
    if (each.textContent !== text) each.textContent = text;
  }
  for (const each of all("[data-title]")) each.title = say(each.dataset.title, values(each));
  for (const each of all("[data-placeholder]")) each.placeholder = say(each.dataset.placeholder);
  for (const each of all("[data-name]")) each.ariaLabel = say(each.dataset.name, values(each));
}
