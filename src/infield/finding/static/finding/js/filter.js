// The form that asks what to look for: the box above narrows its fields by their names and by what they offer.
// Down goes to the first field that is left, Enter opens it; an empty box shows all again, open as they were.

const fold = (text) => text.normalize("NFKC").toLowerCase().replace(/[ァ-ヶ]/g, toHiragana);
const toHiragana = (letter) => String.fromCharCode(letter.charCodeAt(0) - 0x60);
const says = (field) => [...field.querySelectorAll("summary, .check")].map((one) => one.textContent).join("\n");

const find = (form, wish) => {
  for (const group of form.querySelectorAll(".filter-group")) {
    const fields = [...group.querySelectorAll("[data-field]")];
    for (const field of fields) field.hidden = !fold(says(field)).includes(wish);
    group.hidden = fields.every((field) => field.hidden);
    group.dataset.was ??= group.open ? "open" : "closed";
    group.open = wish ? !group.hidden : group.dataset.was === "open";
    if (!wish) delete group.dataset.was;
  }
  form.querySelector("[data-no-field]").hidden = Boolean(left(form));
};
const left = (form) => form.querySelector(".filter-group:not([hidden]) [data-field]:not([hidden])");

document.addEventListener("input", ({ target }) => {
  if (target.matches("[data-find-field]")) find(target.form, fold(target.value.trim()));
});

document.addEventListener("keydown", (event) => {
  if (!event.target.matches?.("[data-find-field]") || event.isComposing) return;
  if (!["Enter", "ArrowDown"].includes(event.key)) return;
  event.preventDefault();
  const field = event.target.value.trim() || event.key === "ArrowDown" ? left(event.target.form) : null;
  if (!field) return;
  field.closest(".filter-group").open = true;
  if (event.key === "Enter") field.open = true;
  (event.key === "Enter" ? field.querySelector("input") : field.querySelector("summary")).focus();
});

// the box is of use with this script only; on a phone the keyboard would cover what it narrows
const arrive = () => {
  const box = document.querySelector("[data-find-field]");
  if (!box?.parentElement.hidden) return;
  box.parentElement.hidden = false;
  if (matchMedia("(pointer: fine)").matches) box.focus();
};
document.addEventListener("htmx:afterSettle", arrive);
arrive();
