// Cards: a field edited in place saves when the focus leaves it. Kana follow what is typed into a name.

// leaving the field saves it; leaving it as it was puts it back
document.addEventListener("focusout", (event) => {
  const form = event.target.closest?.("form[data-saves]");
  if (!form || form.contains(event.relatedTarget) || form.dataset.left) return;
  // the window losing the focus is no decision
  if (!document.hasFocus()) return;
  setTimeout(() => {
    if (!form.isConnected || form.contains(document.activeElement)) return;
    if (new URLSearchParams(new FormData(form)).toString() === form.dataset.was) return form.querySelector("[data-esc]").click();
    form.requestSubmit();
  });
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) {
    const form = event.target.closest?.("form[data-saves]");
    if (form) form.dataset.left = "yes";
  }
}, true);
document.addEventListener("htmx:afterSettle", ({ target }) => {
  const form = target.querySelector?.("form[data-saves]");
  if (!form) return;
  form.dataset.was ??= new URLSearchParams(new FormData(form)).toString();
  (form.querySelector("[aria-invalid=true]") ?? form.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
});

// E edits the first fact
document.addEventListener("keydown", (event) => {
  if (event.key !== "e" || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (document.body.dataset.keys === "off" || event.target.closest("input, textarea, select, dialog[open]")) return;
  const first = document.querySelector("#card [data-edit]");
  if (!first) return;
  event.preventDefault();
  first.click();
});

// what an input method composes is kana before it is kanji: that is the reading, until somebody types their own
const HIRAGANA = /^[\u3041-\u3096\u30fc]+$/;
const READINGS = { family: "family_kana", given: "given_kana", name: "reading" };
let composed = "";
const readingOf = (field) => field.form?.elements[READINGS[field.name]];

document.addEventListener("compositionupdate", (event) => {
  const kana = event.data.replace(/[a-zａ-ｚ]+$/i, "");
  if (HIRAGANA.test(kana) && readingOf(event.target)) composed = kana;
});
document.addEventListener("compositionend", (event) => {
  const reading = readingOf(event.target);
  if (!reading || !composed || reading.dataset.own) return;
  const katakana = [...composed].map((one) => (one === "ー" ? one : String.fromCharCode(one.charCodeAt(0) + 0x60))).join("");
  reading.value = event.target.value === event.data ? katakana : reading.value + katakana;
  composed = "";
});
document.addEventListener("input", ({ target }) => {
  if (Object.values(READINGS).includes(target.name)) target.dataset.own = target.value ? "yes" : "";
});
