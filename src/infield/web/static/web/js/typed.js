// Whom Ctrl Z belongs to: the field that one writes in while there is something to undo in it; in a dialog, while
// anything of it is filled in, which would be lost with the dialog; else what was done last.

const changed = new WeakSet();
const WRITTEN = "textarea, [contenteditable], input:not([type=radio], [type=checkbox])";

document.addEventListener("input", ({ target, inputType }) => {
  // undone to the last letter, a field is as it came
  if (inputType === "historyUndo" && target.value === target.defaultValue) changed.delete(target);
  else changed.add(target);
}, true);

export const undoesItself = (target) => {
  const dialog = target.closest("dialog[open]");
  if (dialog) return [...dialog.querySelectorAll("input, textarea, select")].some((field) => changed.has(field));
  return target.matches(WRITTEN) && changed.has(target);
};
