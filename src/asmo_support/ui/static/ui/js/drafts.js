// What is typed survives a reload, a crash and a failed sending; it goes when the server has taken it or at sign-out.
const SENT = "sent";
const taken = takenByServer();

export function drafts(root) {
  const me = document.body.dataset.me;
  if (!me) return;
  for (const form of root.querySelectorAll("form[data-mode], form[data-draft]")) {
    if (form.dataset.drafting || !form.getAttribute("action")) continue;
    form.dataset.drafting = "1";
    keep(form, `draft:${me}:${form.getAttribute("action")}`);
  }
  for (const form of root.querySelectorAll("form[data-sign-out]")) form.addEventListener("submit", forget);
}

// A sent form comes back as a redirect to a page; a reload, a step back or an error page does not.
function takenByServer() {
  const key = sessionStorage.getItem(SENT);
  sessionStorage.removeItem(SENT);
  const [way] = performance.getEntriesByType("navigation");
  return way?.redirectCount > 0 ? key : null;
}

function keep(form, key) {
  const area = form.querySelector("textarea");
  const note = form.querySelector("[data-draft-note]");
  if (!area) return;
  if (taken === key && !form.querySelector(".error")) localStorage.removeItem(key);
  const kept = localStorage.getItem(key);
  if (kept && !area.value) area.value = kept;
  const show = () => { if (note) note.hidden = !localStorage.getItem(key); };
  show();
  area.addEventListener("input", () => {
    if (area.value.trim()) localStorage.setItem(key, area.value); else localStorage.removeItem(key);
    show();
  });
  form.addEventListener("submit", () => sessionStorage.setItem(SENT, key));
}

function forget() {
  for (const key of Object.keys(localStorage)) if (key.startsWith("draft:")) localStorage.removeItem(key);
}
