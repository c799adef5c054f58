// A form is sent once: its button says that it is busy. Parts that depend on a field unfold with it.
const PATIENCE = 15000;

export function forms(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.getAttribute("method") !== "post" || form.hasAttribute("hx-post")) return;
    if (form.dataset.busy) { event.preventDefault(); return; }
    form.dataset.busy = "1";
    const button = event.submitter;
    setTimeout(() => { if (form.dataset.busy) button?.setAttribute("aria-busy", "true"); }, 120);
    // A page that never came must not leave a dead form behind.
    setTimeout(() => release(form), PATIENCE);
  });
  window.addEventListener("pageshow", () => { for (const form of document.forms) release(form); });
  root.addEventListener("change", (event) => {
    unfold(event.target.form);
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });
  for (const form of document.forms) unfold(form);
  root.querySelector("[aria-invalid=true]")?.focus();
}

function release(form) {
  delete form.dataset.busy;
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
}

// data-when="kind=bug" shows the part only while the field has that value.
function unfold(form) {
  for (const part of form?.querySelectorAll("[data-when]") || []) {
    const [name, value] = part.dataset.when.split("=");
    part.hidden = new FormData(form).get(name) !== value;
  }
}
