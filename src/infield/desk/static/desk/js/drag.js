// Dragging cards with a mouse, a pen or a finger. The drop target is a whole column, as the order inside one is not
// made by hand; so nothing is measured while the pointer moves but the columns, once.

const SLACK_PX = 6; // a click may tremble
const HOLD_MS = 350; // a finger that rests drags, one that moves scrolls
const EDGE_PX = 48;
const SCROLL_PX = 14;

export const drag = (board, drop) => {
  let held = null;

  const begin = () => {
    const box = held.card.getBoundingClientRect();
    held.ghost = held.card.cloneNode(true);
    held.ghost.removeAttribute("id");
    held.ghost.className = "card is-ghost";
    held.ghost.setAttribute("aria-hidden", "true");
    Object.assign(held.ghost.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px` });
    document.body.append(held.ghost);
    held.card.classList.add("is-left");
    // on the board itself: a class whose rules its cards inherit would style all of them anew
    board.style.scrollSnapType = "none";
    measure();
    follow();
  };

  const measure = () => {
    held.columns = [...board.querySelectorAll(".column")].map((column) => ({ column, box: column.getBoundingClientRect() }));
    held.sides = board.getBoundingClientRect();
  };

  // once a frame, however often the pointer reports
  const follow = () => {
    if (!held?.ghost) return;
    held.ghost.style.translate = `${held.x - held.fromX}px ${held.y - held.fromY}px`;
    const over = held.columns.find(({ box }) => held.x >= box.left && held.x < box.right)?.column;
    if (over !== held.over) {
      held.over?.classList.remove("is-over");
      over?.classList.add("is-over");
      held.over = over;
    }
    scroll();
    held.frame = requestAnimationFrame(follow);
  };

  const scroll = () => {
    const before = board.scrollLeft;
    if (held.x < held.sides.left + EDGE_PX) board.scrollLeft -= SCROLL_PX;
    if (held.x > held.sides.right - EDGE_PX) board.scrollLeft += SCROLL_PX;
    if (board.scrollLeft !== before) measure();
  };

  const end = (dropped) => {
    const was = held;
    held = null;
    if (!was) return;
    clearTimeout(was.timer);
    cancelAnimationFrame(was.frame);
    if (!was.ghost) return;
    was.ghost.remove();
    was.card.classList.remove("is-left");
    was.over?.classList.remove("is-over");
    board.style.scrollSnapType = "";
    if (dropped && was.over) drop(was.card, was.over);
    // the click that follows a drag opens nothing
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
  };
  const swallow = (event) => (event.preventDefault(), event.stopPropagation());

  board.addEventListener("pointerdown", (event) => {
    const card = event.target.closest(".card");
    if (!card || event.button || !event.isPrimary || event.target.closest(".card-more, .card-pick, .step")) return;
    const { clientX: x, clientY: y, pointerId: id, pointerType: type } = event;
    held = { card, x, y, fromX: x, fromY: y, id, isTouch: type === "touch" };
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
  // a finger that drags must not scroll as well, and holding a link asks for no menu
  board.addEventListener("touchmove", (event) => held?.ghost && event.preventDefault(), { passive: false });
  board.addEventListener("contextmenu", (event) => held?.isTouch && event.preventDefault());
  board.addEventListener("dragstart", (event) => event.preventDefault());
  board.addEventListener("selectstart", (event) => held && event.preventDefault());
};
