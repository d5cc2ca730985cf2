// What can be asked next: looked for after an answer is shown, and only while nothing else is asked.

import { $, fragment, language, relabel, send } from "./common.js";
import { note } from "./memory.js";

const REST = 700; // milliseconds after an answer in which nothing is looked for

let looking = new AbortController();

/** Look for questions that the quoted article answers, and show them under the answer. */
export async function offer(turn, filters) {
  const { signal } = restart();
  const { open, start, end } = $(".chip", turn)?.dataset ?? {};
  if (!open || turn.matches(".not-found")) return;
  await new Promise((rested) => setTimeout(rested, REST));
  if (signal.aborted) return;
  const place = { document: open, start: Number(start), end: Number(end) };
  try {
    const markup = await (await send("/page/after", { ...place, filters, language: language() }, signal)).text();
    if (!signal.aborted) showOffers(turn, markup);
    note(turn.dataset.ballot, { offers: markup });
  } catch {
    // nobody asked for it, and nobody misses it
  }
}

/** Stop looking, as when something is asked. */
export function restart() {
  looking.abort();
  looking = new AbortController();
  return looking;
}

export function showOffers(turn, markup) {
  const made = fragment(markup);
  if (!made.matches(".further")) return;
  $(".body", turn).insertBefore(made, $(".tools", turn));
  relabel();
}
