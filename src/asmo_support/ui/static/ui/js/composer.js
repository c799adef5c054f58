// The composer: modes as tabs over plain forms. A mode is a <form data-mode="answer">, a tab has data-mode-tab="answer".
export function composer(root) {
  for (const box of root.querySelectorAll("[data-composer]")) {
    const tabs = [...box.querySelectorAll("[data-mode-tab]")];
    for (const tab of tabs) {
      tab.addEventListener("click", (event) => {
        event.preventDefault();
        choose(box, tab.dataset.modeTab, true);
      });
    }
    if (tabs.length) choose(box, begun(box) || box.dataset.composer || tabs[0].dataset.modeTab, false);
    box.addEventListener("keydown", (event) => arrows(event, box, tabs));
  }
  root.addEventListener("keydown", (event) => {
    if (!["Enter", "NumpadEnter"].includes(event.code) || !(event.ctrlKey || event.metaKey)) return;
    const form = event.target.closest?.("form");
    if (!form || !event.target.matches("textarea")) return;
    event.preventDefault();
    form.requestSubmit(form.querySelector("button:not([type=button], [disabled])"));
  });
}

// A draft opens its own mode, unless the server has chosen one because of errors.
function begun(box) {
  if (box.querySelector(".error")) return "";
  const form = [...box.querySelectorAll("form[data-mode]")].find((one) => one.querySelector("textarea")?.value);
  return form?.dataset.mode;
}

function choose(box, mode, focus) {
  for (const tab of box.querySelectorAll("[data-mode-tab]")) {
    const chosen = tab.dataset.modeTab === mode;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    if (chosen) box.classList.toggle("composer--inner", tab.classList.contains("mode--inner"));
  }
  for (const form of box.querySelectorAll("form[data-mode]")) {
    form.hidden = form.dataset.mode !== mode;
    if (!form.hidden && focus) form.querySelector("textarea")?.focus();
  }
}

function arrows(event, box, tabs) {
  const at = tabs.indexOf(event.target);
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.code];
  if (at < 0 || !step) return;
  event.preventDefault();
  const next = tabs[(at + step + tabs.length) % tabs.length];
  choose(box, next.dataset.modeTab, false);
  next.focus();
}
