// E edits the first fact. What was added after a request is shown where it stands.

document.addEventListener("keydown", (event) => {
  if (event.key !== "e" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.body.dataset.keys === "off" || event.target.closest("input, textarea, select, dialog[open]")) return;
  event.preventDefault();
  document.querySelector("[data-edit]")?.click();
});
document.addEventListener("htmx:afterSettle", ({ target }) => target.querySelector?.(".inline-edit [autofocus]")?.focus());
// an opened criterion asks for its evidence
document.addEventListener("toggle", ({ target }) => target.open && target.querySelector(".meet input[name=evidence]")?.focus(), true);
