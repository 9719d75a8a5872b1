// The map: print it; a click on a stage of the picture shows it below, as its line in the list does; a click on a move
// opens its deals; a finding, and a move in the list, is pointed at in the picture.

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

// a picture calls stages by their keys or by their names
const called = (said, key, name) => said === key || said === name;

const aboutOf = ({ key, name, toKey, toName }) => {
  const lines = [...document.querySelectorAll(".picture [data-source]")].filter(
    (line) => toKey && called(line.dataset.source, key, name) && called(line.dataset.target, toKey, toName),
  );
  if (lines.length) return lines;
  const boxes = document.querySelectorAll(".picture [data-stage], .picture [data-step]");
  return [...boxes].filter((box) => called(box.dataset.stage ?? box.dataset.step, key, name));
};

const unpoint = () => {
  for (const node of document.querySelectorAll(".picture .is-pointed")) node.classList.remove("is-pointed");
  document.querySelector(".picture > svg")?.classList.remove("is-pointing");
  for (const button of document.querySelectorAll("[data-point]")) button.setAttribute("aria-pressed", "false");
};

const point = (about) => {
  unpoint();
  const nodes = aboutOf(about);
  for (const node of nodes) node.classList.add("is-pointed");
  document.querySelector(".picture > svg")?.classList.toggle("is-pointing", nodes.length > 0);
  return nodes;
};

const linkOfLine = (line) =>
  [...document.querySelectorAll("[data-move]")].find(
    ({ dataset }) =>
      called(line.dataset.source, dataset.key, dataset.name) &&
      called(line.dataset.target, dataset.toKey, dataset.toName),
  );

const pointFrom = (button) => {
  const wasPressed = button.getAttribute("aria-pressed") === "true";
  unpoint();
  if (wasPressed) return;
  point(button.dataset)[0]?.scrollIntoView({ block: "center", inline: "center" });
  button.setAttribute("aria-pressed", "true");
};

for (const name of ["pointerover", "focusin"]) {
  document.addEventListener(name, (event) => {
    const move = event.target.closest?.("[data-move]");
    if (move) point(move.dataset);
  });
}

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) return print();
  const button = event.target.closest("[data-point]");
  if (button) return pointFrom(button);
  const line = event.target.closest(".picture [data-source]");
  if (line) return linkOfLine(line)?.click();
  const box = event.target.closest(".picture [data-stage]");
  if (box) linkOf(box.dataset.stage)?.click();
});
document.addEventListener("htmx:afterSettle", mark);
mark();
