// A row from which a dialog was opened is drawn anew after each act, where it stands: what was selected stays
// selected, and the page does not move. It stays in sight too where the filter would no longer find it.
let opened = null;

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-slot]");
  if (link && !link.closest("dialog")) opened = link.closest("tr[data-row]")?.dataset.id ?? null;
});

const rowOf = (key) => key && document.querySelector(`tr[data-id="${CSS.escape(key)}"]`);

const drawn = async (key) => {
  const address = new URL(location.href);
  address.searchParams.set("row", key);
  const isPicked = rowOf(key).querySelector("[name=ids]")?.checked ?? false;
  const hadFocus = !document.activeElement || document.activeElement === document.body || rowOf(key).contains(document.activeElement);
  await window.htmx.ajax("GET", address.pathname + address.search, { source: rowOf(key), target: rowOf(key), swap: "outerHTML" });
  const row = rowOf(key);
  const box = row?.querySelector("[name=ids]");
  if (box) box.checked = isPicked;
  if (row && hadFocus) (row.querySelector("a[data-slot]") ?? row.querySelector("a[data-open]")).focus({ preventScroll: true });
};

// every act tells what it did by a toast, its undoing too
document.addEventListener("toast", () => rowOf(opened) && drawn(opened));
