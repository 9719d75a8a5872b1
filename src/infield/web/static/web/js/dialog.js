// Dialogs. One that arrives by htmx opens itself; <dialog data-kept> is in the page and opened by [data-opens=id].

const open = (dialog) => {
  if (!dialog.open) dialog.showModal();
  dialog.querySelector("[aria-invalid=true], [autofocus]")?.focus();
};

const openArrived = (root) => root.querySelectorAll?.("dialog:not([data-kept])").forEach(open);
document.addEventListener("htmx:afterSettle", (event) => openArrived(event.target.parentElement ?? document));
openArrived(document);

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) return open(document.getElementById(opener.dataset.opens));
  const dialog = event.target.closest("dialog");
  // a click on the dialog element itself is one on the backdrop: its content covers the rest
  const outside = event.target === dialog && !inside(dialog, event);
  if (dialog && (outside || event.target.closest("[data-close]"))) dialog.close();
});

const inside = (dialog, { clientX: x, clientY: y }) => {
  const box = dialog.getBoundingClientRect();
  return x >= box.left && x <= box.right && y >= box.top && y <= box.bottom;
};

// `close` does not bubble
document.addEventListener(
  "close",
  (event) => {
    if (event.target.matches?.("dialog:not([data-kept])")) event.target.remove();
  },
  true,
);
