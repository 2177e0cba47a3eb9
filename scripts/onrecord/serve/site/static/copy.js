// Buttons that copy what stands beside them: none without this script, or where the browser does not let a page copy.
for (const box of navigator.clipboard ? document.querySelectorAll("[data-copy]") : []) {
  const button = document.createElement("button");
  button.textContent = "Copy " + box.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(box.textContent);
    button.textContent = "Copied";
  });
  box.after(button);
}
