// Light or dark: shown at once, then kept with the user.
import { post } from "./page.js";

const shown = () =>
  getComputedStyle(document.documentElement).colorScheme.includes("light dark")
    ? matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"
    : document.documentElement.dataset.scheme;

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-scheme-switch]");
  if (!button) return;
  const scheme = shown() === "dark" ? "light" : "dark";
  document.documentElement.dataset.scheme = scheme;
  post(button.dataset.schemeSwitch, { scheme });
});
