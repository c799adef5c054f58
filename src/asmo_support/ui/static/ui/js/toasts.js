// A toast goes after six seconds, stays while it has the pointer or focus; errors stay until closed.
const LIFE = 6000;

export function toasts(root) {
  for (const toast of root.querySelectorAll("[data-toast]")) {
    if (toast.dataset.started) continue;
    toast.dataset.started = "1";
    toast.querySelector("[data-toast-close]")?.addEventListener("click", () => toast.remove());
    if (!toast.classList.contains("toast--late")) waitToClose(toast);
  }
}

function waitToClose(toast) {
  let timer = setTimeout(() => toast.remove(), LIFE);
  const stay = () => clearTimeout(timer);
  const go = () => { timer = setTimeout(() => toast.remove(), LIFE); };
  toast.addEventListener("pointerenter", stay);
  toast.addEventListener("pointerleave", go);
  toast.addEventListener("focusin", stay);
  toast.addEventListener("focusout", go);
}
