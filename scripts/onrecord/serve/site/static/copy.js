// Buttons that copy what stands beside them; without this script there are none.
for (const box of document.querySelectorAll("[data-copy]")) {
  const button = document.createElement("button");
  button.textContent = "Copy " + box.dataset.copy;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(box.textContent);
    button.textContent = "Copied";
  });
  box.after(button);
}
