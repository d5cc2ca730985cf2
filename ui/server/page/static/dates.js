// The two dates among the filters: typed, or picked from the browser's calendar; what is no date is marked.

import { $, make, relabel, type } from "./common.js";

const WRITTEN = /^\d{4}(-\d\d){0,2}$/;

/** Give each date a calendar, once Gradio has drawn it. */
export function showCalendars() {
  for (const id of ["after", "before"]) if ($(`#${id} textarea`) && !$(`#${id} .pick`)) $(`#${id} textarea`).parentElement.append(...calendar(id));
}

function calendar(id) {
  const field = $(`#${id} textarea`);
  const picker = make("input", null, { type: "date", tabindex: "-1", "aria-hidden": "true" });
  const button = make("button", null, { type: "button", class: "pick", "data-name": "pick_date", "data-title": "pick_date" });
  button.append(make("span", "▾", { "aria-hidden": "true" }));
  button.addEventListener("click", () => {
    picker.value = isDay(field.value.trim()) ? field.value.trim() : "";
    picker.showPicker();
  });
  picker.addEventListener("change", () => type(field, picker.value));
  field.addEventListener("input", () => {
    field.ariaInvalid = String(!isDate(field.value.trim()));
  });
  queueMicrotask(relabel);
  return [picker, button];
}

const isDay = (written) => written.length === 10 && isDate(written);

/** Whether this is a year, a month or a day that exists, or nothing. */
function isDate(written) {
  const day = written + "0000-01-01".slice(written.length);
  return !written || (WRITTEN.test(written) && new Date(day).toJSON()?.startsWith(day) === true);
}
