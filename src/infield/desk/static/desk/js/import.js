// Files dropped onto the form are those of its field; the form works without this.

for (const form of document.querySelectorAll("[data-drop]")) {
  const over = (event) => {
    event.preventDefault();
    form.classList.toggle("is-over", event.type === "dragover");
  };
  form.addEventListener("dragover", over);
  form.addEventListener("dragleave", over);
  form.addEventListener("drop", (event) => {
    over(event);
    if (!event.dataTransfer.files.length) return;
    form.querySelector("input[type=file]").files = event.dataTransfer.files;
    form.requestSubmit();
  });
}
