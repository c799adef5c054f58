// Keys by their place on the keyboard (event.code): a Russian layout changes nothing. Dead inside fields.
const FIELD = "input, textarea, select, [contenteditable]";

export function keys(root) {
  root.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches?.(FIELD)) return;
    if (move(event) || press(event)) event.preventDefault();
  });
}

// Anything with data-key="KeyN" is pressed (a button), followed (a link) or focused (a field).
function press(event) {
  const code = event.code === "Slash" && event.shiftKey ? "Help" : event.code;
  const target = document.querySelector(`[data-key="${code}"]:not([disabled])`);
  if (!target || document.querySelector("dialog[open]")) return false;
  if (target.matches(FIELD)) target.focus(); else target.click();
  return true;
}

// Rows: J/K or arrows move the cursor, Enter opens.
function move(event) {
  const rows = [...document.querySelectorAll("[data-row]")];
  const step = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 }[event.code];
  if (!rows.length || !step) return false;
  const at = rows.findIndex((row) => row.hasAttribute("data-cursor"));
  const next = rows[Math.min(Math.max(at + step, 0), rows.length - 1)];
  rows[at]?.removeAttribute("data-cursor");
  next.setAttribute("data-cursor", "");
  next.querySelector("a")?.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}
