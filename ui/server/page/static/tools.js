// The tools of an answer: copy it, save it, judge it, and think again.

import { $, all, language, make, relabel, say, send } from "./common.js";
import { addressOf, note } from "./memory.js";

const LARGEST = 60_000; // bytes that the server takes at once

/** Do what a button of an answer is for; false if it is none. */
export function use(button) {
  const failed = () => tell(button, "not_done");
  if (button.dataset.copy !== undefined) copy(button).catch(failed);
  else if (button.dataset.download !== undefined) save(button).catch(failed);
  else if (button.dataset.vote !== undefined) vote(button).catch(failed);
  else if (button.dataset.why !== undefined) explain(button).catch(failed);
  else return false;
  return true;
}

// ---- copy

const COPIED = {
  sentence: (tools) => tools.dataset.sentence,
  citations: (tools) => tools.dataset.citations,
  question: (tools) => [asked(tools), askedOn(tools), "", tools.dataset.citations, "", link(tools)].join("\n"),
  link,
};

const asked = (tools) => $(".asked", tools.closest(".turn")).textContent;

/** The day on which a question was asked, in words. */
function askedOn(tools) {
  const time = new Date(Number(tools.closest(".turn").dataset.time));
  const day = `day_${String(time.getMonth() + 1).padStart(2, "0")}`;
  return say("asked_on", { date: say(day, { day: time.getDate(), year: time.getFullYear() }) });
}

/** An address that asks the same, with the same filters, in the language of the page. */
function link(tools) {
  const { after, before, sources, languages, documents } = JSON.parse(tools.dataset.request);
  return `${location.origin}${addressOf(asked(tools), { after, before, sources, languages, documents })}&lang=${language()}`;
}

async function copy(button) {
  const text = COPIED[button.dataset.copy](button.closest(".tools"));
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const field = make("textarea", text); // where the clipboard is closed to a page without https
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  tell(button, "copied");
}

// ---- save

/** Save an answer as a file, or, from the head of the page, every answer of the conversation. */
async function save(button) {
  const tools = button.closest(".turn .tools");
  const every = (tools ? [tools] : all("#conversation .tools")).map((each) => JSON.parse(each.dataset.request));
  const requests = fitting(every);
  if (!requests.length) return;
  const reply = await send(`/page/download/${button.dataset.download}`, { requests, language: language() });
  const name = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition"))[1];
  const address = URL.createObjectURL(await reply.blob());
  make("a", null, { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
  if (requests.length < every.length) tell(button, "saved_part", { count: requests.length });
}

/** The last requests that the server takes at once. */
function fitting(requests) {
  let kept = requests.slice(-60);
  while (new Blob([JSON.stringify(kept)]).size > LARGEST) kept = kept.slice(1);
  return kept;
}

// ---- judge

/** Press a thumb, or, if it is pressed, take the vote back. */
async function vote(button) {
  const taken = button.ariaPressed === "true";
  const given = taken ? "none" : button.dataset.vote;
  await judge(button, { vote: given, why: null });
  tell(button, taken ? "unvoted" : "voted");
}

/** Say what is wrong with an answer, or take that back. */
async function explain(button) {
  const why = button.ariaPressed === "true" ? null : button.dataset.why;
  await judge(button, { vote: "down", why });
  tell(button, "voted");
}

async function judge(button, judged) {
  const tools = button.closest(".tools");
  const { request, document, start, end } = tools.dataset;
  const { question } = JSON.parse(request);
  const { ballot } = tools.closest(".turn").dataset;
  await send("/page/vote", { question, document, start: Number(start), end: Number(end), ballot, ...judged });
  showVote(tools, judged);
  note(ballot, { vote: judged });
}

/** Show what was voted: which thumb is pressed, and after a thumb down what may be wrong. */
export function showVote(tools, { vote, why }) {
  for (const each of all("[data-vote]", tools)) each.ariaPressed = String(each.dataset.vote === vote);
  for (const each of all("[data-why]", tools)) each.ariaPressed = String(each.dataset.why === why);
  const reasons = $(".reasons", tools);
  reasons.hidden = vote !== "down";
  if (!reasons.hidden && tools.isConnected) reasons.scrollIntoView({ block: "nearest" });
}

function tell(button, key, values = {}) {
  const told = $(".told", button.closest(".tools"));
  told.dataset.text = key;
  told.dataset.values = JSON.stringify(values);
  relabel();
}
