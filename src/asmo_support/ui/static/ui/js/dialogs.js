// <a data-dialog="why" href="…"> opens <dialog id="why">; without script the link leads to a page that says the same.
export function dialogs(root) {
  for (const link of root.querySelectorAll("[data-dialog]")) {
    if (link.dataset.started) continue;
    link.dataset.started = "1";
    link.addEventListener("click", (event) => {
      const dialog = document.getElementById(link.dataset.dialog);
      if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      dialog.showModal();
    });
  }
  for (const dialog of root.querySelectorAll("dialog")) {
    if (dialog.dataset.started) continue;
    dialog.dataset.started = "1";
    // A click beside the paper closes it; Escape does by itself, and the focus goes back to the link.
    dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  }
}
