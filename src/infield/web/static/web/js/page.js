// What modules share: the token our server asks for, and a voice for those who listen to the page.

export const token = () => JSON.parse(document.body.getAttribute("hx-headers") || "{}")["X-CSRFToken"] || "";

export const post = (url, values = {}) =>
  fetch(url, { method: "POST", headers: { "X-CSRFToken": token() }, body: new URLSearchParams(values) });

/** Say `text` to a screen reader; the same words twice are said twice. */
export const announce = (text) => {
  const live = document.getElementById("live");
  live.textContent = "";
  requestAnimationFrame(() => (live.textContent = text));
};
