// The conversation: a question is sent, waits, is answered, or is asked again when the server is back.

import { dropAll } from "./chosen.js";
import { $, all, fragment, language, make, Refused, relabel, say, send, still, typing, wide } from "./common.js";
import { close, open } from "./evidence.js";
import { box, caution, filters, follows, onlyArticle, write } from "./form.js";
import { addressOf, forget, goTo, remember, remembered } from "./memory.js";
import { offer, restart, showOffers } from "./offers.js";
import { showVote } from "./tools.js";

const NOTICED = 700; // milliseconds of waiting after which the server is asked whether it is there
const ALIVE = 1_000; // milliseconds in which it says so
const PATIENCE = 20_000; // milliseconds until a question counts as lost
const AGAIN = 1_500; // milliseconds between two looks for a server that is away

const questions = new WeakMap(); // of each turn: the question with its filters
let earlier = null; // the question before, as it was understood, and its answer
let watching = false;

/** Ask a question, in a new turn or in the place of one that failed, with the filters of the form or with others. */
export async function ask(question, { failed = null, verbatim = false, chosen = filters() } = {}) {
  if (!question.trim() || $(".turn.pending")) return;
  const asked = { question, filters: chosen };
  const turn = pending(asked);
  if (failed) failed.replaceWith(turn);
  else $("#conversation").append(turn);
  goTo(question, chosen);
  restart();
  show(turn);
  const slow = setTimeout(() => doubt(turn), NOTICED);
  try {
    const reply = await send("/page/ask", request(asked, verbatim), AbortSignal.timeout(PATIENCE));
    const answer = await reply.json();
    if (turn.isConnected) arrived(turn, asked, answer); // else a new conversation was started meanwhile
  } catch (error) {
    if (turn.isConnected) lost(turn, error);
  } finally {
    clearTimeout(slow);
    lock(false);
  }
}

/** Ask the question of a failed turn again. */
export function again(turn) {
  const { question, filters: chosen } = questions.get(turn);
  return ask(question, { failed: turn, chosen });
}

export const lastQuestion = () => questions.get(all("#conversation .turn").at(-1))?.question ?? "";

/** Put a question into the box, to be changed. */
export function edit(question) {
  write(question);
  box().focus();
  box().setSelectionRange(question.length, question.length);
}

export function startAnew() {
  for (const turn of all("#conversation .turn")) turn.remove();
  earlier = null;
  forget();
  dropAll();
  close();
  home();
}

/** Show the first screen; the conversation stays below it. */
export function home() {
  goTo(null);
  document.body.classList.remove("talking");
  scrollTo({ top: 0 });
}

/** Put the conversation of this tab back, as after a reload. */
export function restore() {
  for (const { question, filters: chosen, markup, said, ballot, time, vote, offers } of remembered()) {
    const turn = fragment(markup);
    questions.set(turn, { question, filters: chosen });
    Object.assign(turn.dataset, { ballot, time });
    if (vote) showVote(turn, vote);
    if (offers) showOffers(turn, offers);
    $("#conversation").append(turn);
    earlier = said;
  }
  relabel();
}

/** Go to a question of the address: to its last turn, or to one in which it is asked. */
export function visit({ question, filters: chosen, address }) {
  const same = (asked) => addressOf(asked.question, asked.filters) === address;
  const turn = all("#conversation .turn").findLast((each) => same(questions.get(each)));
  if (!turn) return ask(question, { chosen });
  document.body.classList.add("talking");
  goTo(question, chosen);
  show(turn);
  return showArticle(turn);
}

function request(asked, verbatim) {
  const before = follows() && !verbatim ? earlier : null;
  return { ...asked, verbatim, earlier: before, caution: caution(), language: language() };
}

function pending(asked) {
  const { question } = asked;
  const turn = make("article", null, { class: "turn pending", "aria-busy": "true" });
  turn.append(make("h3", question.length > 400 ? question.slice(0, 400) + "…" : question, { class: "asked" }));
  turn.append(make("p", say("waiting"), { class: "waiting", "data-text": "waiting" }));
  questions.set(turn, asked);
  document.body.classList.add("talking");
  lock(true);
  return turn;
}

/** While a question is on its way the box is closed: what is typed now would be lost when the answer comes. */
function lock(closed) {
  box().readOnly = closed;
  $("#ask").disabled = closed;
}

function arrived(waiting, asked, { turn: markup, said, asked: done }) {
  const turn = fragment(markup);
  const mine = { ballot: drawn(), time: Date.now() };
  questions.set(turn, asked);
  Object.assign(turn.dataset, mine);
  waiting.replaceWith(turn);
  relabel();
  readOut(turn);
  show(turn);
  if (done) {
    earlier = said;
    remember({ ...asked, markup, said, ...mine });
    if (box().value === asked.question) write("");
  }
  showArticle(turn);
  if (typing.matches) box().focus({ preventScroll: true });
  else box().blur(); // a keyboard on the screen would cover the answer
  offer(turn, asked.filters);
}

/** A name for what is voted on an answer, which tells nothing of who votes: 128 bits by lot. */
function drawn() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Where there is room, open the article of an answer; that of another one proves nothing here, unless it is the one asked about. */
function showArticle(turn) {
  const chip = $(".chip", turn);
  if (!chip) return onlyArticle() ? null : close();
  if (wide.matches) return open(chip.dataset, false);
}

/** Say to those who listen what was found: verdict, sentences and where the first one stands, and no button. */
function readOut(turn) {
  const parts = all("[data-aloud]", turn).map((each) => each.textContent);
  const source = $(".sources .link", turn)?.textContent;
  $(".aloud").textContent = [...parts, source].filter(Boolean).join(" ");
}

function show(turn) {
  turn.scrollIntoView({ behavior: still.matches ? "auto" : "smooth", block: "start" });
}

// ---- a server that is away

async function doubt(turn) {
  if ((await alive()) || !turn.classList.contains("pending") || !turn.isConnected) return;
  told(turn, "no_reply");
}

function lost(turn, error) {
  turn.className = "turn failed";
  turn.removeAttribute("aria-busy");
  const refused = error instanceof Refused && error.status < 500;
  told(turn, refused ? "refused" : "no_reply");
  const button = make("button", null, { type: "button", class: "tool", "data-again": "" });
  button.append(make("span", say("again"), { "data-text": "again" }));
  turn.append(button);
  button.scrollIntoView({ block: "nearest" }); // above the box
  if (refused) return;
  turn.classList.add("lost");
  watch();
}

function told(turn, key) {
  const line = $(".waiting, .why", turn);
  line.className = "why";
  line.dataset.text = key;
  line.textContent = say(key);
  $(".aloud").textContent = say(key);
}

/** Wait until the server is back, then ask what it has not answered. */
async function watch() {
  if (watching) return;
  watching = true;
  while (!(await alive())) await new Promise((wake) => setTimeout(wake, AGAIN));
  watching = false;
  for (const turn of all(".turn.lost")) await again(turn);
}

async function alive() {
  try {
    return (await fetch("/page/alive", { signal: AbortSignal.timeout(ALIVE) })).ok;
  } catch {
    return false;
  }
}
