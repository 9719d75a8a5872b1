// The list of the day by keys: arrows walk its lines, Enter opens, N does the one action of a line. After an act the
// focus goes on to the line that took the place.

const lines = () => [...document.querySelectorAll(".line")];
let place = -1;

document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  if (event.target.closest("input, textarea, select, a, button") && !event.key.startsWith("Arrow")) return;
  const here = lines().indexOf(event.target.closest(".line"));
  const step = { ArrowDown: 1, ArrowUp: -1, j: 1, k: -1 }[event.key];
  if (step && (event.key.startsWith("Arrow") ? here >= 0 : document.body.dataset.keys !== "off")) {
    event.preventDefault();
    const next = lines()[Math.min(Math.max(here + step, 0), lines().length - 1)];
    next?.focus();
    return next?.scrollIntoView({ block: "nearest" });
  }
  if (here < 0) return;
  if (event.key === "Enter") return lines()[here].querySelector(".line-who a")?.click();
  if (event.key !== "n" || document.body.dataset.keys === "off") return;
  event.preventDefault();
  event.stopPropagation();
  lines()[here].querySelector("[data-act]")?.click();
}, true);

document.addEventListener("focusin", ({ target }) => {
  const line = target.closest?.(".line");
  if (line) place = lines().indexOf(line);
});
document.addEventListener("htmx:afterSettle", () => {
  if (place < 0 || document.querySelector("dialog[open]") || document.activeElement !== document.body) return;
  lines()[Math.min(place, lines().length - 1)]?.focus({ preventScroll: true });
});
// the first line can be reached by the tab key, the rest by arrows
const reach = () => lines().forEach((line, number) => (line.tabIndex = number ? -1 : 0));
reach();
document.addEventListener("htmx:afterSettle", reach);
