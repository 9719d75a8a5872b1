// The calendar by hand and by keys: an entry is dragged to another day, or moved with Shift and an arrow; M opens the
// dialog that asks for a day. The server answers with the calendar as it is then.

import { drag } from "./drag.js";

const DAY_MS = 86400000;
const calendar = () => document.getElementById("calendar");
let focused = null; // the key of the entry that keys move

const move = (entry, on) => {
  focused = entry.dataset.key;
  entry.classList.add("is-busy");
  const settle = () => entry.classList.remove("is-busy");
  window.htmx.ajax("POST", entry.dataset.move, { target: "#slot", swap: "innerHTML", values: { on } }).catch(settle);
};
const moved = (day, days) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const entry = event.target.closest?.(".entry");
  if (!entry) return;
  if (event.key === "Enter" && event.target === entry) return entry.querySelector("a").click();
  if (event.key === "m" && document.body.dataset.keys !== "off") return entry.querySelector(".entry-more")?.click();
  if (!event.shiftKey || !days[event.key] || !entry.dataset.move) return;
  event.preventDefault();
  move(entry, moved(entry.closest(".day").dataset.day, days[event.key]));
});
document.addEventListener("htmx:afterSettle", () => {
  if (!focused || document.querySelector("dialog[open]") || document.activeElement !== document.body) return;
  calendar().querySelector(`.entry[data-key="${focused}"]`)?.focus();
});

drag({
  root: document,
  find: (target) => !target.closest(".entry-more") && target.closest(".entry[data-move]"),
  // the page may scroll below, so days are looked up where they are
  over: (x, y) => document.elementFromPoint(x, y)?.closest(".day"),
  drop: (entry, day) => day !== entry.closest(".day") && move(entry, day.dataset.day),
});
