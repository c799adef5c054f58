// A menu closes when one clicks elsewhere or presses Escape, and gives the focus back.
export function menus(root) {
  root.addEventListener("click", (event) => {
    for (const menu of root.querySelectorAll("details.me-menu[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
  root.addEventListener("keydown", (event) => {
    if (event.code !== "Escape") return;
    for (const menu of root.querySelectorAll("details.me-menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  });
}
