// A link with data-slot opens as a dialog what its address shows as a page of its own. Single keys (data-keyed)
// click their link; Esc leaves a field that is edited in place.
import "./gate.js";

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-slot]");
  if (event.target.closest("dialog a[data-close]")) event.preventDefault();
  // on the page that a dialog is when it is opened by itself, one goes from page to page
  if (!link || link.closest(".sheet") || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  window.htmx.ajax("GET", link.getAttribute("href"), { target: "#slot", swap: "innerHTML" });
});

// a dialog that goes because its work is done gives the focus back first
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.target?.id === "slot" && detail.xhr.status === 200) detail.target.querySelector("dialog")?.close();
});

const typing = (event) =>
  event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented ||
  event.target.closest("input, textarea, select, [contenteditable]");

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") return event.target.closest(".inline-edit")?.querySelector("[data-esc]").click();
  if (typing(event) || document.body.dataset.keys === "off") return;
  const moving = document.querySelector("dialog.is-move[open]");
  if (moving) return void moving.querySelectorAll("button[name=to]")[event.key - 1]?.click();
  if (document.querySelector("dialog[open]")) return;
  const letter = event.key.toLowerCase();
  if (/^[a-z]$/.test(letter)) document.querySelector(`[data-keyed="${letter}"]`)?.click();
});
