// The board by hand and by keys. What the server says about a deal decides where its card is: a card whose
// data-stage is not its column's is put where it belongs, be it after a move, an undo or a refusal.
import { drag } from "./drag.js";

const board = document.getElementById("board");
const columns = () => [...board.querySelectorAll(".column")];
const cardsOf = (column) => [...column.querySelectorAll(".card")];
const columnOf = (stage) => columns().find((column) => column.dataset.stage === stage);

const put = (card, column) => {
  const list = column.querySelector(".cards");
  const after = cardsOf(column).find((other) => other !== card && other.dataset.rank > card.dataset.rank);
  list.insertBefore(card, after ?? list.querySelector(".card-rest"));
};

const place = (cards) => {
  for (const card of cards) {
    const column = card.closest(".column");
    if (column.dataset.stage === card.dataset.stage) continue;
    const home = columnOf(card.dataset.stage);
    if (!home) return location.reload();
    put(card, home);
  }
};
const settle = () => {
  place(board.querySelectorAll(".card"));
  board.querySelectorAll(".is-busy").forEach((card) => card.classList.remove("is-busy"));
};

let focused = null; // the id of the card that keys move
const refocus = () => {
  const card = focused && document.getElementById(focused);
  if (!card || document.querySelector("dialog[open]") || card.contains(document.activeElement)) return;
  if (document.activeElement === document.body || document.activeElement === null) card.focus();
};

const move = (card, column) => {
  if (!column || column === card.closest(".column")) return settle();
  focused = card.id;
  card.classList.add("is-busy");
  put(card, column);
  const values = { to: column.dataset.stage, lock: card.dataset.lock };
  const address = `${board.dataset.deals}${card.id.slice(2)}/move`;
  window.htmx.ajax("POST", address, { target: "#slot", swap: "innerHTML", values }).catch(settle);
};

const arrived = () => {
  // behind a gate the card waits where it was put; behind what asks after a move it is already answered for
  const waits = document.querySelector("#slot dialog");
  if (waits) place(board.querySelectorAll(".card:not(.is-busy)"));
  else settle();
  refocus();
};
document.addEventListener("htmx:afterSettle", arrived);
document.addEventListener("htmx:responseError", settle);
document.addEventListener("htmx:sendError", settle);
// a dialog that was closed leaves the deal where it was
document.addEventListener("close", () => setTimeout(() => (settle(), refocus())), true);

// The drop target is a whole column, as the order inside one is not made by hand; so nothing is measured while the
// pointer moves but the columns, once.
const EDGE_PX = 48;
const SCROLL_PX = 14;
const dragCards = () => {
  let boxes = [];
  let sides = null;
  const measure = () => {
    boxes = columns().map((column) => ({ column, box: column.getBoundingClientRect() }));
    sides = board.getBoundingClientRect();
  };
  drag({
    root: board,
    find: (target) => !target.closest(".card-more, .card-pick, .step") && target.closest(".card"),
    begun: () => {
      // on the board itself: a class whose rules its cards inherit would style all of them anew
      board.style.scrollSnapType = "none";
      measure();
    },
    over: (x) => boxes.find(({ box }) => x >= box.left && x < box.right)?.column,
    each: (x) => {
      const before = board.scrollLeft;
      if (x < sides.left + EDGE_PX) board.scrollLeft -= SCROLL_PX;
      if (x > sides.right - EDGE_PX) board.scrollLeft += SCROLL_PX;
      if (board.scrollLeft !== before) measure();
    },
    ended: () => (board.style.scrollSnapType = ""),
    drop: move,
  });
};

const walk = {
  ArrowDown: (card) => card.nextElementSibling?.matches(".card") && card.nextElementSibling,
  ArrowUp: (card) => card.previousElementSibling,
  ArrowRight: (card) => beside(card, 1),
  ArrowLeft: (card) => beside(card, -1),
};
const beside = (card, step) => {
  const all = columns().filter((column) => column.querySelector(".card"));
  const here = all.indexOf(card.closest(".column"));
  const place = cardsOf(all[here]).indexOf(card);
  const there = all[here + step] && cardsOf(all[here + step]);
  return there?.[Math.min(place, there.length - 1)];
};
const shifted = { ArrowRight: 1, ArrowLeft: -1 };
const ask = (where, card) =>
  board.dataset.writes && window.htmx.ajax("GET", where + card.id.slice(2), { target: "#slot", swap: "innerHTML" });
const acts = {
  Enter: (card) => card.querySelector(".card-name").click(),
  m: (card) => card.querySelector(".card-more")?.click(),
  n: (card) => ask(board.dataset.logs, card),
  a: (card) => ask(board.dataset.nexts, card),
};

board?.addEventListener("keydown", (event) => {
  const card = event.target.closest(".card");
  if (!card || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const step = event.shiftKey && board.dataset.writes && shifted[event.key];
  const next = !event.shiftKey && walk[event.key]?.(card);
  const act = event.target === card && (event.key === "Enter" || document.body.dataset.keys !== "off") && acts[event.key];
  if (!step && !next && !act) return;
  event.preventDefault();
  event.stopPropagation();
  if (step) return move(card, columns()[columns().indexOf(card.closest(".column")) + step]);
  if (act) return (focused = card.id), act(card);
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
});

// one stop of the tab key for a column, and within it for the card that has the focus
const stops = () => {
  for (const column of columns()) {
    const cards = cardsOf(column);
    const stop = cards.find((card) => card.tabIndex === 0) ?? cards[0];
    for (const card of cards) reach(card, card === stop);
  }
};
const reach = (card, yes) => {
  card.tabIndex = yes ? 0 : -1;
  for (const link of card.querySelectorAll("a")) link.tabIndex = yes ? 0 : -1;
};
board?.addEventListener("focusin", (event) => {
  const card = event.target.closest(".card");
  if (!card || card.tabIndex === 0) return;
  const before = card.closest(".column").querySelector('.card[tabindex="0"]');
  if (before) reach(before, false);
  reach(card, true);
});

if (board) {
  stops();
  document.addEventListener("htmx:afterSettle", stops);
  if (board.dataset.writes) dragCards();
}
