// F1 in a field opens what its label means, and closes it again. The marks themselves are no stop of Tab: who fills in a
// form by keys would pass one between two fields in the most frequent work of the day.

const MARK = ":scope > .termed > .term-mark, :scope > legend .term-mark";

const markOf = (place) => {
  for (let box = place.closest(".field, fieldset"); box; box = box.parentElement?.closest(".field, fieldset")) {
    const mark = box.querySelector(MARK);
    if (mark) return mark;
  }
  return null;
};

document.addEventListener("keydown", (event) => {
  if (event.key !== "F1" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const open = event.target.closest(".term-card:popover-open");
  const mark = open ? null : markOf(event.target);
  if (!open && !mark) return;
  event.preventDefault();
  if (open) return open.hidePopover();
  mark.click();
  // there it is read out, and Tab goes to its link; when it closes, the focus is back in the field
  document.getElementById(mark.getAttribute("popovertarget")).focus();
});
