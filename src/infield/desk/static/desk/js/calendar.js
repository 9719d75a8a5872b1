// The calendar by hand and by keys: an entry is dragged to another day, or moved with Shift and an arrow; M opens the
// dialog that asks for a day. The server answers with the calendar as it is then.

const SLACK_PX = 6; // a click may tremble
const HOLD_MS = 350; // a finger that rests drags, one that moves scrolls
const DAY_MS = 86400000;
const calendar = () => document.getElementById("calendar");
let focused = null; // the key of the entry that keys move

const move = (entry, on) => {
  focused = entry.dataset.key;
  entry.classList.add("is-busy");
  const settle = () => entry.classList.remove("is-busy");
  window.htmx.ajax("POST", entry.dataset.move, { target: "#slot", swap: "innerHTML", values: { on } }).catch(settle);
};
const moved = (day, days) => new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);

const days = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 };
document.addEventListener("keydown", (event) => {
  if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
  const entry = event.target.closest?.(".entry");
  if (!entry) return;
  if (event.key === "Enter" && event.target === entry) return entry.querySelector("a").click();
  if (event.key === "m" && document.body.dataset.keys !== "off") return entry.querySelector(".entry-more")?.click();
  if (!event.shiftKey || !days[event.key] || !entry.dataset.move) return;
  event.preventDefault();
  move(entry, moved(entry.closest(".day").dataset.day, days[event.key]));
});
document.addEventListener("htmx:afterSettle", () => {
  if (!focused || document.querySelector("dialog[open]") || document.activeElement !== document.body) return;
  calendar().querySelector(`.entry[data-key="${focused}"]`)?.focus();
});

let held = null;
const begin = () => {
  const box = held.entry.getBoundingClientRect();
  held.ghost = held.entry.cloneNode(true);
  held.ghost.classList.add("is-ghost");
  held.ghost.setAttribute("aria-hidden", "true");
  Object.assign(held.ghost.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px` });
  document.body.append(held.ghost);
  held.entry.classList.add("is-left");
  follow();
};
// once a frame, however often the pointer reports; the page may scroll below, so days are looked up where they are
const follow = () => {
  if (!held?.ghost) return;
  held.ghost.style.translate = `${held.x - held.fromX}px ${held.y - held.fromY}px`;
  const over = document.elementFromPoint(held.x, held.y)?.closest(".day");
  if (over !== held.over) {
    held.over?.classList.remove("is-over");
    over?.classList.add("is-over");
    held.over = over;
  }
  held.frame = requestAnimationFrame(follow);
};
const swallow = (event) => (event.preventDefault(), event.stopPropagation());
const end = (dropped) => {
  const was = held;
  held = null;
  if (!was) return;
  clearTimeout(was.timer);
  cancelAnimationFrame(was.frame);
  if (!was.ghost) return;
  was.ghost.remove();
  was.entry.classList.remove("is-left");
  was.over?.classList.remove("is-over");
  if (dropped && was.over && was.over !== was.entry.closest(".day")) move(was.entry, was.over.dataset.day);
  addEventListener("click", swallow, { capture: true, once: true });
  setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
};

document.addEventListener("pointerdown", (event) => {
  const entry = event.target.closest(".entry[data-move]");
  if (!entry || event.button || !event.isPrimary || event.target.closest(".entry-more")) return;
  const { clientX: x, clientY: y, pointerId: id, pointerType: type } = event;
  held = { entry, x, y, fromX: x, fromY: y, id, isTouch: type === "touch" };
  if (held.isTouch) held.timer = setTimeout(begin, HOLD_MS);
});
addEventListener("pointermove", (event) => {
  if (event.pointerId !== held?.id) return;
  held.x = event.clientX;
  held.y = event.clientY;
  if (held.ghost || Math.hypot(held.x - held.fromX, held.y - held.fromY) < SLACK_PX) return;
  if (held.isTouch) return end(false);
  begin();
});
addEventListener("pointerup", (event) => event.pointerId === held?.id && end(true));
addEventListener("pointercancel", (event) => event.pointerId === held?.id && end(false));
addEventListener("keydown", (event) => event.key === "Escape" && end(false));
document.addEventListener("touchmove", (event) => held?.ghost && event.preventDefault(), { passive: false });
document.addEventListener("contextmenu", (event) => held?.isTouch && event.preventDefault());
document.addEventListener("dragstart", (event) => event.target.closest?.(".entry") && event.preventDefault());
document.addEventListener("selectstart", (event) => held && event.preventDefault());
