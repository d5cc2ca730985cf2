// Articles of one's own: files and addresses are sent one after the other, and each says how far it is and what became of it.

import { $, can, fragment, language, make, relabel, say, send } from "./common.js";

export const CHANGED = "articles-changed"; // an event of the document: articles came or went
export const ADDING = "articles-adding"; // an event of the document: somebody brings some

const LOOK = 400; // milliseconds between two looks at what became of a file
const adds = can("add");

const jobs = make("ul", null, { class: "jobs" });
const kept = make("div", null, {});
let sending = Promise.resolve(); // one after the other

/** The part of the shelf by which articles are added; null where nobody may. */
export function theAdding() {
  if (!adds) return null;
  if (!kept.hasChildNodes()) list();
  return section;
}

// ---- what is seen

const text = (name, key, attributes = {}) => make(name, say(key), { "data-text": key, ...attributes });

function drawn() {
  const made = make("details", null, { class: "adding" });
  const choose = make("label", null, { class: "choose tool" });
  const files = make("input", null, { type: "file", multiple: "" });
  choose.append(text("span", "add_files"), files);
  files.addEventListener("change", () => {
    bring([...files.files].map(fileJob));
    files.value = "";
  });
  const form = make("form", null, {});
  const address = make("input", null, { type: "url", id: "address", "data-placeholder": "add_link", required: "", "data-name": "add_link" });
  form.noValidate = true; // the server says what is wrong, in the language of the page
  form.append(address, text("button", "add_fetch", { class: "tool" }));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (address.value.trim()) bring([addressJob(address.value.trim())]);
    address.value = "";
  });
  made.append(text("summary", "add_title"), choose, text("p", "add_drop", { class: "hint-small" }), form, jobs, kept);
  return made;
}
const section = drawn();

async function list() {
  const reply = await fetch(`/page/added?language=${language()}`).catch(() => null);
  if (!reply?.ok) return;
  const found = fragment(await reply.text());
  kept.replaceChildren(...(found.children.length ? [text("p", "added", { class: "hint-small" }), found] : [found]));
  relabel();
}

// ---- sending

/** A line that says what becomes of something, and how to send it. */
function job(name, post) {
  const line = make("li", null, {});
  const told = make("span", null, { class: "told" });
  line.append(make("span", name, { class: "name" }), told);
  return { name, line, told, post };
}

const fileJob = (file) => job(file.name, (tell) => upload(file, tell));
const addressJob = (address) => job(address, () => post("/page/addaddress", JSON.stringify({ address }), "application/json"));

function bring(brought) {
  document.dispatchEvent(new Event(ADDING));
  section.open = true;
  for (const each of brought) {
    jobs.append(each.line);
    tell(each, "add_sending", { percent: 0 });
    sending = sending.then(() => add(each));
  }
}

async function add(each) {
  try {
    const reply = await each.post((percent) => tell(each, "add_sending", { percent }));
    if (reply.job) await follow(each, reply.job);
    else refuse(each, reply.refused ?? { key: "add_no_reply", values: {} });
  } catch {
    refuse(each, { key: "add_no_reply", values: {} });
  }
}

const upload = (file, tell) => post(`/page/addfile?name=${encodeURIComponent(file.name)}`, file, "application/octet-stream", tell);

/** Post with a look at how much is sent, which `fetch` does not give. */
function post(path, body, type, tell) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("POST", path);
    request.setRequestHeader("content-type", type);
    request.upload.onprogress = ({ loaded, total }) => tell?.(Math.floor((100 * loaded) / (total || 1)));
    request.onload = () => done(JSON.parse(request.responseText || "{}"));
    request.onerror = failed;
    request.send(body);
  });
}

/** Tell how far the server is until it is done. */
async function follow(each, id) {
  for (;;) {
    const reply = await fetch(`/page/adding?job=${encodeURIComponent(id)}`).catch(() => null);
    if (reply?.status === 404) break; // the server was started anew; the list says what it has
    const { share, articles, left_out: bad, refused } = reply?.ok ? await reply.json() : { share: 0 };
    if (refused) return refuse(each, refused);
    if (articles) {
      tell(each, bad ? "add_partly" : "add_done", bad ? { count: articles, bad } : { count: articles });
      end(each, "done");
      break;
    }
    tell(each, "add_reading", { percent: Math.floor(100 * share) });
    await new Promise((wake) => setTimeout(wake, LOOK));
  }
  changed();
}

function refuse(each, { key, values }) {
  tell(each, key, values);
  end(each, "refused");
}

function end(each, state) {
  each.line.classList.add(state);
  const away = make("button", "×", { type: "button", "data-name": "add_dismiss", "data-values": JSON.stringify({ name: each.name }) });
  away.addEventListener("click", () => each.line.remove());
  each.line.append(away);
  $(".aloud").textContent = `${each.name}: ${each.told.textContent}`;
  relabel();
}

function tell(each, key, values) {
  each.told.replaceChildren(make("span", say(key, values), { "data-text": key, "data-values": JSON.stringify(values) }));
}

function changed() {
  list();
  document.dispatchEvent(new Event(CHANGED));
}

// ---- taking away

kept.addEventListener("click", async ({ target }) => {
  const button = target.closest("[data-remove]");
  if (!button) return;
  const label = $("[data-text]", button);
  if (label.dataset.text === "take_away") {
    label.dataset.text = "take_away_sure"; // a second click does it
    relabel();
    return;
  }
  button.disabled = true;
  await send("/page/takeaway", { name: button.dataset.remove }).catch(() => null);
  changed();
});

// ---- dropping

const brings = (event) => adds && [...event.dataTransfer.types].some((type) => type === "Files" || type === "text/uri-list");

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    if (!brings(event)) return;
    event.preventDefault();
    document.body.classList.add("dropping");
  });
}
document.addEventListener("dragleave", (event) => event.relatedTarget || document.body.classList.remove("dropping"));
document.addEventListener("drop", (event) => {
  document.body.classList.remove("dropping");
  if (!brings(event)) return;
  event.preventDefault();
  const files = [...event.dataTransfer.files].map(fileJob);
  const addresses = event.dataTransfer.getData("text/uri-list").split(/\r?\n/).filter((line) => line && !line.startsWith("#"));
  bring(files.length ? files : addresses.map(addressJob));
});
