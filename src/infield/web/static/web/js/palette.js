// The command palette: Ctrl K or ⌘K, or the magnifying glass. What is found comes from the server, 150 ms after the
// last letter; Enter that only ends the composing of a character opens nothing. What was opened last is kept in this
// browser as addresses alone: the server says their names, to who may still see them.

const WAIT_MS = 150;
const KEPT = 8;
const RECORD = /^\/(deals|organizations|contacts|leads)\/[1-9A-HJ-NP-Za-km-z]{22}$/;

const palette = document.getElementById("palette");
const input = palette?.querySelector("input");
const list = palette?.querySelector("[role=listbox]");
const key = `recent:${palette?.dataset.user}`;
let timer;
let asked = 0;
let chosen = -1;

const kept = () => JSON.parse(localStorage.getItem(key) || "[]");
const remember = (path) => {
  const others = kept().filter((one) => one !== path);
  localStorage.setItem(key, JSON.stringify([path, ...others].slice(0, KEPT)));
};

const options = () => [...list.querySelectorAll("[role=option]")];

const choose = (place) => {
  const all = options();
  chosen = all.length ? (place + all.length) % all.length : -1;
  all.forEach((option, number) => option.setAttribute("aria-selected", String(number === chosen)));
  input.setAttribute("aria-activedescendant", all[chosen]?.id ?? "");
  all[chosen]?.scrollIntoView({ block: "nearest" });
};

const ask = async () => {
  const mine = ++asked;
  const here = kept().filter((path) => path !== location.pathname);
  const values = new URLSearchParams({ q: input.value, at: location.pathname, recent: here.join(",") });
  const answer = await fetch(`${palette.dataset.at}?${values}`, { headers: { "HX-Request": "true" } }).catch(() => null);
  // an answer that was overtaken shows nothing
  if (mine !== asked || !answer) return;
  if (answer.redirected || !answer.ok) return location.assign(location.href);
  list.innerHTML = await answer.text();
  choose(0);
};

const soon = () => {
  clearTimeout(timer);
  timer = setTimeout(ask, WAIT_MS);
};

const open = () => {
  if (palette.open) return;
  input.value = "";
  list.replaceChildren();
  palette.showModal();
  input.focus();
  ask();
};

const walk = { ArrowDown: 1, ArrowUp: -1 };

if (palette) {
  if (RECORD.test(location.pathname)) remember(location.pathname);
  input.addEventListener("input", (event) => event.isComposing || soon());
  input.addEventListener("compositionend", soon);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key in walk) {
      event.preventDefault();
      return choose(chosen + walk[event.key]);
    }
    if (event.key !== "Enter") return;
    event.preventDefault();
    options()[chosen]?.click();
  });
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (!option || event.ctrlKey || event.metaKey) return;
    palette.close();
    if (!option.hasAttribute("data-slot") || !window.htmx) return;
    event.preventDefault();
    event.stopPropagation();
    window.htmx.ajax("GET", option.getAttribute("href"), { target: "#slot", swap: "innerHTML" });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    if (event.isComposing) return;
    event.preventDefault();
    open();
  });
  // without this module the glass leads to the page of the search
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[data-palette-link]") || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    open();
  });
}
