// Keys by their place on the keyboard (event.code): a Russian layout changes nothing. Dead in fields and under a dialog.
const FIELD = "input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const OFF = "keys-off";

export function keys(root) {
  root.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (event.target.matches?.(FIELD) || document.querySelector("dialog[open]")) return;
    if (event.key === "?" ? help() : !localStorage.getItem(OFF) && (move(event) || press(event))) event.preventDefault();
  });
  const off = root.querySelector("[data-keys-off]");
  if (!off) return;
  off.checked = Boolean(localStorage.getItem(OFF));
  off.addEventListener("change", () => {
    if (off.checked) localStorage.setItem(OFF, "1"); else localStorage.removeItem(OFF);
  });
}

// The sheet names what this very page has: every element with a key and words for it.
function help() {
  const dialog = document.getElementById("keys");
  if (!dialog) return false;
  const seen = new Map([...document.querySelectorAll("[data-key]")].map((one) => [one.dataset.key, words(one)]));
  dialog.querySelector("[data-keys-here]").replaceChildren(...[...seen].map(([code, said]) => line(code, said)));
  dialog.showModal();
  return true;
}

function words(one) {
  const text = one.cloneNode(true);
  for (const key of text.querySelectorAll("kbd")) key.remove();
  return one.dataset.keyWords || one.getAttribute("aria-label") || one.placeholder || text.textContent.trim();
}

function line(code, said) {
  const item = document.createElement("li");
  const key = code.replace(/^(Key|Digit)/, "").replace("Slash", "/");
  item.append(Object.assign(document.createElement("span"), { textContent: said }));
  item.append(Object.assign(document.createElement("kbd"), { textContent: key }));
  return item;
}

// Anything with data-key="KeyN" is pressed (a button), followed (a link) or focused (a field); in a list, that of the
// chosen row alone.
function press(event) {
  if (event.shiftKey || event.repeat) return false;
  const key = `[data-key="${event.code}"]:not([disabled])`;
  const target = document.querySelector(`[data-cursor] ${key}`) || document.querySelector(`${key}:not([data-row] *)`);
  if (!target) return false;
  if (target.matches(FIELD)) { target.focus(); target.select?.(); } else target.click();
  return true;
}

// Rows: J and K anywhere, arrows inside the list; Enter opens, because the row's link has the focus.
function move(event) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const inside = event.target.closest?.("[data-row]");
  const step = { KeyJ: 1, KeyK: -1, ...(inside && { ArrowDown: 1, ArrowUp: -1 }) }[event.code];
  if (!rows.length || !step) return false;
  const at = inside ? rows.indexOf(inside) : rows.findIndex((row) => row.hasAttribute("data-cursor"));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  for (const row of rows) row.toggleAttribute("data-cursor", row === next);
  next.querySelector("a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}
