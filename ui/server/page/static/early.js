// What is pressed before it can be done is done as soon as it can be.

export const pressed = { ask: false, filters: false };

document.addEventListener("click", ({ target }) => {
  if (target.closest("#early #ask")) pressed.ask = true;
  if (target.closest("#early #filters")) pressed.filters = !pressed.filters;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.closest("#early #question")) return;
  event.preventDefault(); // no new line
  pressed.ask = true;
});
