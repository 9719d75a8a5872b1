// The map: print it; a click on a stage of the picture shows it below, as its line in the list does.

const linkOf = (key) => document.querySelector(`[data-stage-link="${CSS.escape(key)}"]`);

const mark = () => {
  const shown = document.getElementById("inspector")?.dataset.inspects;
  for (const box of document.querySelectorAll(".picture [data-stage]")) {
    box.classList.toggle("is-shown", box.dataset.stage === shown);
  }
  for (const link of document.querySelectorAll("[data-stage-link]")) {
    if (link.dataset.stageLink === shown) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
};

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) return print();
  const box = event.target.closest(".picture [data-stage]");
  if (box) linkOf(box.dataset.stage)?.click();
});
document.addEventListener("htmx:afterSettle", mark);
mark();
