// A form is sent once: its button says that it is busy. Fields that depend on another one unfold with it.
export function forms(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method === "dialog") return;
    if (form.dataset.busy) { event.preventDefault(); return; }
    form.dataset.busy = "1";
    setTimeout(() => event.submitter?.setAttribute("aria-busy", "true"), 120);
  });
  window.addEventListener("pageshow", () => {
    for (const form of root.querySelectorAll("form[data-busy]")) {
      delete form.dataset.busy;
      for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
    }
  });
  root.addEventListener("htmx:afterRequest", (event) => { delete event.target.dataset?.busy; });
  root.addEventListener("change", (event) => unfold(event.target.form));
  for (const form of root.querySelectorAll("form")) unfold(form);
  root.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit-on-change]")) event.target.form.requestSubmit();
  });
  root.querySelector("[aria-invalid=true]")?.focus();
}

// data-when="kind=bug" shows the part only while the field has that value.
function unfold(form) {
  for (const part of form?.querySelectorAll("[data-when]") || []) {
    const [name, value] = part.dataset.when.split("=");
    part.hidden = new FormData(form).get(name) !== value;
  }
}
