// What was done, for eight seconds, with a way back. The server names it in the header HX-Trigger:
//   {"toast": {"text": "Moved to Proposal", "undo": "/deals/…/undo", "undo_label": "Undo"}}
// What was done before stays beneath it, with its own way back. Time stands still while the pointer or the focus is on
// it, or a dialog is in front of it; Ctrl Z takes the last one back, then the one before.
import { announce } from "./page.js";
import { undoesItself } from "./typed.js";

const SHOWN_MS = 8000;
const AT_ONCE = 3;
const shown = () => document.getElementById("toasts");

const button = ({ undo, undo_label }) => {
  const back = document.createElement("button");
  back.type = "button";
  back.textContent = undo_label;
  back.addEventListener("click", () => {
    back.closest(".toast").remove();
    // asked for by the page: htmx looks for the places of an answer around who asked, and the toast is gone by then
    window.htmx.ajax("POST", undo, { target: "#slot", swap: "innerHTML" });
  });
  return back;
};

const way = ({ link, link_label }) => {
  const there = document.createElement("a");
  there.href = link;
  there.target = "_blank";
  there.rel = "noopener";
  there.textContent = link_label;
  return there;
};

const lingering = (toast) => {
  let timer;
  // nothing behind an open dialog can be clicked: its time begins anew once the dialog is gone
  const leave = () => (document.querySelector("dialog[open]") ? go() : toast.remove());
  const go = () => (timer = setTimeout(leave, SHOWN_MS));
  const stay = () => clearTimeout(timer);
  for (const name of ["pointerenter", "focusin"]) toast.addEventListener(name, stay);
  for (const name of ["pointerleave", "focusout"]) toast.addEventListener(name, go);
  go();
};

export const show = (what) => {
  const toast = document.createElement("div");
  const text = document.createElement("span");
  toast.className = "toast";
  text.textContent = what.text;
  toast.append(text);
  if (what.undo) toast.append(button(what));
  if (what.link) toast.append(way(what));
  shown().append(toast);
  // the oldest that nothing can be done with goes first
  while (shown().childElementCount > AT_ONCE)
    (shown().querySelector(".toast:not(:has(button, a)):not(:last-child)") ?? shown().firstElementChild).remove();
  announce(what.text);
  lingering(toast);
};

document.addEventListener("toast", (event) => show(event.detail));
document.querySelectorAll("template[data-toast]").forEach((said) => show({ text: said.dataset.toast }));
document.querySelectorAll("template[data-act]").forEach((said) => show(JSON.parse(said.dataset.act)));
// a page that failed without an answer of ours
document.addEventListener("htmx:sendError", () => show({ text: document.body.dataset.offline }));
document.addEventListener("htmx:responseError", (event) => {
  const { xhr } = event.detail;
  if (xhr.status !== 401 && xhr.getResponseHeader("X-Page") !== "stale") show({ text: document.body.dataset.failed });
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.isComposing) return;
  const last = [...shown().querySelectorAll("button")].at(-1);
  if (!last || undoesItself(event.target)) return;
  event.preventDefault();
  last.click();
});
