// G and a letter goes to a place, / to the filter, ? shows the keys. Never while somebody types, composes a
// character (Japanese), holds a modifier, or has switched single keys off.

const PAUSE_MS = 1200;
const NEVER = -Infinity; // not 0: that is when the page was opened, and its first keys would count as after a G
let afterG = NEVER;

const busy = (event) =>
  event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented ||
  document.body.dataset.keys === "off" ||
  event.target.closest("input, textarea, select, [contenteditable], dialog[open]");

const places = (letter) => document.querySelector(`.rail a[data-key="${CSS.escape(letter)}"]`);

const single = {
  "/": () => document.querySelector("[data-filter]")?.focus(),
  "?": () => document.getElementById("keys")?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (busy(event)) return;
  const letter = event.key.toLowerCase();
  const place = performance.now() - afterG < PAUSE_MS && places(letter);
  afterG = letter === "g" ? performance.now() : NEVER;
  if (place) return place.click();
  if (!single[event.key]) return;
  event.preventDefault();
  single[event.key]();
});
