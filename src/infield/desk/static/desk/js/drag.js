// Dragging something with a mouse, a pen or a finger to a place that takes it, such as a card to a column.

const SLACK_PX = 6; // a click may tremble
const HOLD_MS = 350; // a finger that rests drags, one that moves scrolls

// root: where it is picked up; find(target): what is picked up there, or nothing; over(x, y): the place below;
// drop(thing, place): what comes of it; begun, each and ended: what else is done at first, once a frame, and at last
export const drag = ({ root, find, over, drop, begun = () => {}, each = () => {}, ended = () => {} }) => {
  let held = null;

  const begin = () => {
    const box = held.thing.getBoundingClientRect();
    held.ghost = held.thing.cloneNode(true);
    held.ghost.removeAttribute("id");
    held.ghost.classList.add("is-ghost");
    held.ghost.setAttribute("aria-hidden", "true");
    Object.assign(held.ghost.style, { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px` });
    document.body.append(held.ghost);
    held.thing.classList.add("is-left");
    begun();
    follow();
  };

  const look = () => {
    const place = over(held.x, held.y);
    if (place === held.place) return;
    held.place?.classList.remove("is-over");
    place?.classList.add("is-over");
    held.place = place;
  };

  // once a frame, however often the pointer reports
  const follow = () => {
    if (!held?.ghost) return;
    held.ghost.style.translate = `${held.x - held.fromX}px ${held.y - held.fromY}px`;
    look();
    each(held.x, held.y);
    held.frame = requestAnimationFrame(follow);
  };

  const end = (dropped) => {
    if (!held) return;
    // where it is let go, which may be past where the last frame saw it
    if (held.ghost && dropped) look();
    const was = held;
    held = null;
    clearTimeout(was.timer);
    cancelAnimationFrame(was.frame);
    if (!was.ghost) return;
    was.ghost.remove();
    was.thing.classList.remove("is-left");
    was.place?.classList.remove("is-over");
    ended();
    if (dropped && was.place) drop(was.thing, was.place);
    // the click that follows a drag opens nothing
    addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => removeEventListener("click", swallow, { capture: true }), 0);
  };
  const swallow = (event) => (event.preventDefault(), event.stopPropagation());

  const moved = (event) => {
    held.x = event.clientX;
    held.y = event.clientY;
    if (held.ghost || Math.hypot(held.x - held.fromX, held.y - held.fromY) < SLACK_PX) return;
    if (held.isTouch) return end(false);
    begin();
  };

  root.addEventListener("pointerdown", (event) => {
    const thing = !event.button && event.isPrimary && find(event.target);
    if (!thing) return;
    const { clientX: x, clientY: y, pointerId: id, pointerType: type } = event;
    held = { thing, x, y, fromX: x, fromY: y, id, isTouch: type === "touch" };
    if (held.isTouch) held.timer = setTimeout(begin, HOLD_MS);
  });
  addEventListener("pointermove", (event) => event.pointerId === held?.id && moved(event));
  addEventListener("pointerup", (event) => {
    if (event.pointerId !== held?.id) return;
    moved(event);
    end(true);
  });
  addEventListener("pointercancel", (event) => event.pointerId === held?.id && end(false));
  addEventListener("keydown", (event) => event.key === "Escape" && end(false));
  // a finger that drags must not scroll as well, and holding a link asks for no menu
  root.addEventListener("touchmove", (event) => held?.ghost && event.preventDefault(), { passive: false });
  root.addEventListener("contextmenu", (event) => held?.isTouch && event.preventDefault());
  root.addEventListener("dragstart", (event) => held && event.preventDefault());
  root.addEventListener("selectstart", (event) => held && event.preventDefault());
};
