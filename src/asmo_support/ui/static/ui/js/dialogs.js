// <a data-dialog="why" href="…"> opens <dialog id="why">; without script the link leads to a page that says the same.
export function dialogs(root) {
  for (const link of root.querySelectorAll("[data-dialog]")) {
    const dialog = document.getElementById(link.dataset.dialog);
    if (!dialog || link.dataset.started) continue;
    link.dataset.started = "1";
    link.addEventListener("click", (event) => {
      event.preventDefault();
      dialog.showModal();
    });
  }
  for (const button of root.querySelectorAll("[data-dialog-close]")) {
    button.addEventListener("click", () => button.closest("dialog").close());
  }
}
