// What proves a criterion is done in a dialog of its own, opened from the gate. The gate comes back after it, done or
// not, with what is still open and with what was filled in.

let left = null; // the gate that was left: its form's address, what was filled in, its dialog

document.addEventListener("click", ({ target }) => {
  const form = target.closest("form[data-gate]");
  if (!form || !target.closest("a[data-slot]")) return;
  const values = new FormData(form);
  values.delete("lock"); // what proves a criterion changes the deal: the gate comes back as it is then
  values.delete("checked");
  values.append("look", "1");
  left = { address: form.action, values, dialog: form.closest("dialog") };
}, true);

const comeBack = () => {
  if (!left || document.querySelector("#slot dialog")) return;
  const { address, values } = left;
  left = null;
  window.htmx.ajax("POST", address, { target: "#slot", swap: "innerHTML", values });
};

document.addEventListener("htmx:afterSettle", comeBack);
// `close` does not bubble, and comes before the dialog is taken out of the page
document.addEventListener("close", ({ target }) => {
  if (target === left?.dialog) left = null;
  else setTimeout(comeBack);
}, true);
