// What is typed survives a reload, a crash, a session that ended and a failed sending; it goes when the server has taken
// it or at sign-out.
const SENT = "sent";
const TYPED = "textarea, input[type=text]";
let taken = takenByServer();

export function drafts(root) {
  const me = document.body.dataset.me;
  if (!me) return;
  if (taken && !document.querySelector("form .error")) forget(taken);
  taken = null;
  for (const form of root.querySelectorAll("form[data-mode], form[data-draft]")) {
    if (form.dataset.drafting || !form.getAttribute("action")) continue;
    form.dataset.drafting = "1";
    keep(form, `draft:${me}:${form.getAttribute("action")}:`);
  }
  for (const form of root.querySelectorAll("form[data-sign-out]")) form.addEventListener("submit", () => forget("draft:"));
}

// A sent form comes back as a redirect to a page; a reload, a step back or an error page does not.
function takenByServer() {
  const key = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const [way] = performance.getEntriesByType("navigation");
  return way?.redirectCount > 0 ? key : null;
}

function keep(form, key) {
  const fields = [...form.querySelectorAll(TYPED)];
  const note = form.querySelector("[data-draft-note]");
  const show = () => { if (note) note.hidden = !fields.some((one) => localStorage.getItem(key + one.name)); };
  for (const field of fields) {
    const kept = localStorage.getItem(key + field.name);
    if (kept && !field.value) field.value = kept;
    field.addEventListener("input", () => {
      if (field.value.trim()) localStorage.setItem(key + field.name, field.value); else localStorage.removeItem(key + field.name);
      show();
    });
  }
  show();
  form.addEventListener("submit", () => sessionStorage.setItem(SENT, key));
}

function forget(start) {
  for (const key of Object.keys(localStorage)) if (key.startsWith(start)) localStorage.removeItem(key);
}
