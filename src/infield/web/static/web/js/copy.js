// [data-copies=id] copies what stands in that field, and says so.
import { announce } from "./page.js";

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const field = document.getElementById(button.dataset.copies);
  field.select();
  // without https the browser has no clipboard for us; what is selected can still be copied
  if (navigator.clipboard) await navigator.clipboard.writeText(field.value);
  else document.execCommand("copy");
  button.textContent = button.dataset.copied;
  announce(button.dataset.copied);
});
