// The composer: modes as tabs over plain forms, drafts that survive a reload, Ctrl+Enter.
// A mode is a <form data-mode="answer">; a tab is <button data-mode-tab="answer">. Without script all forms stand below each other.
export function composer(root) {
  for (const box of root.querySelectorAll("[data-composer]")) {
    const tabs = [...box.querySelectorAll("[data-mode-tab]")];
    for (const tab of tabs) tab.addEventListener("click", () => choose(box, tab.dataset.modeTab, true));
    for (const form of box.querySelectorAll("form[data-mode]")) keepDraft(form);
    if (tabs.length) choose(box, box.dataset.composer || tabs[0].dataset.modeTab, false);
    box.addEventListener("keydown", (event) => arrows(event, tabs));
  }
  root.addEventListener("keydown", (event) => {
    if (event.code !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest?.("form");
    if (form && event.target.matches("textarea")) form.requestSubmit();
  });
}

function choose(box, mode, focus) {
  box.classList.toggle("composer--inner", mode === "note");
  for (const tab of box.querySelectorAll("[data-mode-tab]")) {
    const chosen = tab.dataset.modeTab === mode;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
  }
  for (const form of box.querySelectorAll("form[data-mode]")) {
    form.hidden = form.dataset.mode !== mode;
    if (!form.hidden && focus) form.querySelector("textarea")?.focus();
  }
}

function arrows(event, tabs) {
  const at = tabs.indexOf(event.target);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.code];
  if (at < 0 || !step) return;
  event.preventDefault();
  tabs[(at + step + tabs.length) % tabs.length].click();
  tabs[(at + step + tabs.length) % tabs.length].focus();
}

function keepDraft(form) {
  const area = form.querySelector("textarea");
  const note = form.querySelector("[data-draft-note]");
  const key = `draft:${form.getAttribute("action")}`;
  if (!area || !form.getAttribute("action")) return;
  const sent = sessionStorage.getItem("sent");
  if (sent === key && !form.querySelector(".error")) { localStorage.removeItem(key); sessionStorage.removeItem("sent"); }
  const kept = localStorage.getItem(key);
  if (kept && !area.value) { area.value = kept; if (note) note.hidden = false; }
  area.addEventListener("input", () => {
    if (area.value) localStorage.setItem(key, area.value); else localStorage.removeItem(key);
    if (note) note.hidden = !area.value;
  });
  form.addEventListener("submit", () => sessionStorage.setItem("sent", key));
}
