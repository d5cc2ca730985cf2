// The box to ask in that is there before Gradio has drawn its own: what is typed is kept, and asked once the page is ready.

const form = document.querySelector("#early");
let sent = false;

form?.addEventListener("submit", (event) => {
  event.preventDefault();
  sent = Boolean(form.elements.q.value.trim());
  form.elements.q.readOnly = sent;
});

/** What was typed before the page was ready, and whether it is to be asked. */
export const early = () => ({ question: form?.elements.q.value ?? "", sent });
