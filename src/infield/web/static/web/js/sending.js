// Sending a form: once, however often it is clicked, and without losing what was typed when the session has ended.
import { show } from "./toast.js";

const GIVEN_UP_MS = 10_000;
let underway = new WeakSet();

const begun = (form) => {
  underway.add(form);
  setTimeout(() => underway.delete(form), GIVEN_UP_MS);
};

// a second click, before the answer to the first is there, sends nothing
document.addEventListener(
  "submit",
  (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    if (underway.has(form)) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    begun(form);
    // a script that sends it in its own way, or asks something first, sees to the rest itself
    setTimeout(() => event.defaultPrevented && !form.classList.contains("htmx-request") && underway.delete(form));
  },
  true,
);
document.addEventListener("htmx:afterRequest", (event) => underway.delete(event.target));
// a page that comes back from the browser's memory is sent anew
addEventListener("pageshow", () => (underway = new WeakSet()));

let isOut = false;
document.addEventListener("htmx:responseError", (event) => {
  const { xhr, requestConfig } = event.detail;
  const stale = xhr.getResponseHeader("X-Page") === "stale";
  if ((xhr.status !== 401 && !stale) || requestConfig.verb === "get") return;
  isOut = true;
  told();
  if (stale) renew();
});

/** Say it where it can be clicked: what stands beside an open dialog cannot. */
const told = () => {
  const { signedOut, signIn, signInLabel } = document.body.dataset;
  const dialog = document.querySelector("dialog[open]");
  if (!dialog) return show({ text: signedOut, link: signIn, link_label: signInLabel });
  const said = document.createElement("p");
  said.className = "notice is-signed-out";
  said.setAttribute("role", "alert");
  const there = Object.assign(document.createElement("a"), { href: signIn, target: "_blank", rel: "noopener", textContent: signInLabel });
  said.append(`${signedOut} `, there);
  dialog.querySelector(".is-signed-out")?.remove();
  dialog.querySelector("form:not([method=dialog])")?.prepend(said);
};

/** Take over the token of the session there is now, so that what stands in this page can be sent. */
const renew = async () => {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body.getAttribute("hx-headers");
  if (!fresh) return;
  isOut = false;
  document.body.setAttribute("hx-headers", fresh);
  const token = JSON.parse(fresh)["X-CSRFToken"];
  for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) field.value = token;
};
document.addEventListener("visibilitychange", () => !document.hidden && isOut && renew());
addEventListener("focus", () => isOut && renew());
