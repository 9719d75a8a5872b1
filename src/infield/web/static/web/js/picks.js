// Quick answers in a form: [data-pick=id][data-value] fills the field with this id, and says so; a digit chooses from
// the numbered choices of a form (data-numbered: the name of the field); Ctrl Enter sends. A choice that may be left
// open (data-optional) is let go by a second click or Space.
import { announce } from "./page.js";

document.addEventListener("click", ({ target }) => {
  const pick = target.closest("[data-pick]");
  const field = pick && document.getElementById(pick.dataset.pick);
  if (!field) return;
  field.value = pick.dataset.value;
  mark(pick.parentElement, field.value);
  announce(pick.textContent);
});

const mark = (picks, value) => {
  for (const one of picks.querySelectorAll("[data-pick]")) {
    one.classList.toggle("is-on", one.dataset.value === value);
    one.setAttribute("aria-pressed", one.dataset.value === value);
  }
};
const markAll = () => {
  for (const picks of document.querySelectorAll(".picks"))
    mark(picks, document.getElementById(picks.querySelector("[data-pick]")?.dataset.pick)?.value);
};
document.addEventListener("htmx:afterSettle", markAll);
document.addEventListener("change", markAll);
markAll();

document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.("form");
  if (!form || event.isComposing || event.metaKey || event.altKey) return;
  if (event.ctrlKey && event.key === "Enter") return form.requestSubmit();
  const typing = event.target.closest("textarea, select, input:not([type=radio], [type=checkbox])");
  if (event.ctrlKey || typing || !form.dataset.numbered || !/^[1-9]$/.test(event.key)) return;
  const choice = form.querySelectorAll(`input[name="${form.dataset.numbered}"]`)[event.key - 1];
  if (!choice) return;
  choice.checked = true;
  choice.focus();
});

const isOptional = (target) => target.checked && target.closest?.("[data-optional]");
const letGo = (radio) => {
  radio.checked = false;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
};
let held = null; // the radio that was chosen already when the pointer went down on it
document.addEventListener("pointerdown", ({ target }) => (held = isOptional(target) ? target : null), true);
document.addEventListener("click", ({ target }) => {
  if (target === held) letGo(target);
  held = null;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || !isOptional(event.target)) return;
  event.preventDefault();
  letGo(event.target);
});
