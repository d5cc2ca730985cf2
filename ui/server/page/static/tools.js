// The tools of an answer: copy, keep as a file, judge.

import { $, all, language, make, say, send } from "./common.js";

/** Do what a button of an answer is for; false if it is none. */
export function use(button) {
  const failed = () => tell(button, "not_done");
  if (button.dataset.copy !== undefined) copy(button).catch(failed);
  else if (button.dataset.download !== undefined) download(button).catch(failed);
  else if (button.dataset.vote !== undefined) vote(button).catch(failed);
  else return false;
  return true;
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    const field = make("textarea", button.dataset.copy); // where the clipboard is closed to a page without https
    document.body.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
  tell(button, "copied");
}

async function download(button) {
  const request = JSON.parse(button.closest(".tools").dataset.request);
  const reply = await send(`/page/download/${button.dataset.download}`, { request, language: language() });
  const name = /filename="([^"]+)"/.exec(reply.headers.get("content-disposition"))[1];
  const address = URL.createObjectURL(await reply.blob());
  make("a", null, { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 1000);
}

async function vote(button) {
  const { request, document, start, end } = button.closest(".tools").dataset;
  const { question } = JSON.parse(request);
  await send("/page/vote", { question, vote: button.dataset.vote, document, start: Number(start), end: Number(end) });
  for (const each of all("[data-vote]", button.closest(".tools"))) each.disabled = true;
  tell(button, "voted");
}

function tell(button, key) {
  const told = $(".told", button.closest(".tools"));
  told.dataset.text = key;
  told.textContent = say(key);
}
