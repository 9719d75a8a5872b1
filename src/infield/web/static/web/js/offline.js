// The service worker, and what a copy of a page looks like when there is no network: it says so, and changes nothing.
import { show } from "./toast.js";

const { worker, copy, noWrites } = document.body.dataset;
if (worker && "serviceWorker" in navigator) navigator.serviceWorker.register(worker).catch(() => {});

const bar = (text) => {
  const told = document.createElement("p");
  told.className = "offline-bar";
  told.setAttribute("role", "status");
  told.textContent = text;
  document.body.prepend(told);
};

const refuse = (event) => {
  event.preventDefault();
  event.stopImmediatePropagation();
  // what a page asks for by itself is left out quietly; only who does something is told
  if (event.detail?.requestConfig?.verb !== "get") show({ text: noWrites });
};

if ("offlineCopy" in document.body.dataset) {
  bar(copy);
  document.body.classList.add("is-offline");
  document.addEventListener("submit", refuse, true);
  document.addEventListener("htmx:beforeRequest", refuse, true);
  let leaving = false;
  addEventListener("beforeunload", () => (leaving = true));
  // "online" speaks of a network, not of the server: the page as it is now, once that answers and unless one goes on
  addEventListener("online", async () => {
    const answer = await fetch(worker, { method: "HEAD", cache: "no-store" }).catch(() => null);
    if (answer?.ok && !leaving) location.reload();
  });
}
