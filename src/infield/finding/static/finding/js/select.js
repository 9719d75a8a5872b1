// Selecting rows of a table, or cards of the board: a box, Shift and a click for all between, X for the one in focus.
// What is selected stands in the form #picked as boxes named ids; the bar of that form shows while there are any.

const form = document.getElementById("picked");
const boxes = () => [...document.querySelectorAll('input[name="ids"]')];
let last = null;

const count = () => {
  const picked = boxes().filter((box) => box.checked).length;
  form.hidden = picked === 0;
  const words = form.querySelector("[data-count]");
  words.textContent = words.dataset.count.replace("{n}", picked);
  const all = document.querySelector("[data-pick-all]");
  if (all) all.checked = picked > 0 && picked === boxes().length;
};

const between = (one, other) => {
  const all = boxes();
  const [from, to] = [all.indexOf(one), all.indexOf(other)].sort((a, b) => a - b);
  return from < 0 ? [other] : all.slice(from, to + 1);
};

// a board of two hundred cards is lighter without their boxes: each gets its own when it is looked at
const made = (card) => {
  const box = document.createElement("input");
  Object.assign(box, { type: "checkbox", name: "ids", className: "card-pick", value: card.id.slice(2), tabIndex: -1 });
  box.setAttribute("form", "picked");
  box.setAttribute("aria-label", card.querySelector(".card-name").textContent);
  card.prepend(box);
  return box;
};
const boxOf = (element) => {
  const card = element?.closest("[data-row], .card:not(.is-ghost)");
  return card && (card.querySelector('input[name="ids"]') ?? (card.matches(".card") ? made(card) : null));
};

const pick = (box, withShift) => {
  for (const one of withShift && last ? between(last, box) : [box]) one.checked = box.checked;
  last = box;
  count();
};

if (form) {
  document.addEventListener("click", (event) => {
    const box = event.target.closest('input[name="ids"]');
    if (box) return pick(box, event.shiftKey);
    const row = event.shiftKey && boxOf(event.target);
    if (row) {
      event.preventDefault();
      row.checked = true;
      return pick(row, true);
    }
    if (event.target.closest("[data-reload]")) {
      event.preventDefault();
      return location.reload();
    }
    if (event.target.closest("[data-unpick]")) {
      for (const one of boxes()) one.checked = false;
      count();
    }
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches("[data-pick-all]")) return;
    for (const one of boxes()) one.checked = event.target.checked;
    count();
  });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable], dialog");
    if (typing || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key.toLowerCase() !== "x" || document.body.dataset.keys === "off") return;
    const box = boxOf(document.activeElement);
    if (!box) return;
    event.preventDefault();
    box.checked = !box.checked;
    pick(box, event.shiftKey);
  });
  document.addEventListener("htmx:afterSettle", count);
  for (const name of ["pointerover", "focusin"]) {
    document.getElementById("board")?.addEventListener(name, (event) => boxOf(event.target));
  }
  count();
}

// up and down walk the rows
document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.("tr[data-row]");
  if (!row || event.isComposing || !["ArrowDown", "ArrowUp"].includes(event.key)) return;
  const next = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
  const link = next?.querySelector("a[data-open], a");
  if (!link) return;
  event.preventDefault();
  link.focus();
});
