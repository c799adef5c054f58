// The live stream says "ticket 1042 has changed"; the page fetches the fragments that show it. Drafts are never in one.
const CALM = 250;
const shown = new Map();
let stream, timer, behind, waits;

export function live(root) {
  const address = document.body.dataset.live;
  if (!address || !root.querySelector("[data-live-ticket], [data-live-list], [data-live-calls]") || !window.EventSource) return;
  for (const part of root.querySelectorAll("[data-live-part]")) shown.set(part.id, plain(part));
  // A page nobody looks at holds no connection: a browser has six of them for all its tabs.
  const follow = () => {
    if (document.hidden) { stream?.close(); stream = null; behind = true; return; }
    if (!stream) open(address);
  };
  document.addEventListener("visibilitychange", follow);
  window.addEventListener("pagehide", () => { stream?.close(); stream = null; });
  window.addEventListener("pageshow", follow);
  document.addEventListener("focusout", (event) => {
    if (waits && !event.relatedTarget?.closest("[data-live-part]")) soon();
  });
  document.querySelector("[data-live-new]")?.addEventListener("click", () => fetchParts(true));
  // Deadlines pass without an event: a list of them is asked again from time to time.
  const every = Number(root.querySelector("[data-live-every]")?.dataset.liveEvery);
  if (every) setInterval(() => { if (!document.hidden) soon(); }, every * 1000);
  follow();
}

function open(address) {
  stream = new EventSource(address);
  // Whoever rings while the line was down is still ringing when it is there again.
  stream.addEventListener("hello", () => { look(); if (behind) soon(); });
  stream.addEventListener("change", (event) => {
    const { ticket, call } = JSON.parse(event.data);
    if (call) look();
    if (ticket ? concerns(ticket) : document.querySelector("[data-live-calls-page]")) soon();
  });
  stream.addEventListener("refresh", look);
  stream.addEventListener("refresh", soon);
  stream.addEventListener("error", () => { behind = true; });
}

function look() {
  document.dispatchEvent(new Event("asmo:calls"));
}

function concerns(number) {
  return document.querySelector(`[data-live-list], [data-live-ticket="${Number(number)}"]`);
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(fetchParts, CALM, false);
}

async function fetchParts(asked) {
  if (!document.querySelector("[data-live-part]")) return;
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "live" }, credentials: "same-origin" });
  if (!answer.ok || answer.redirected) return;
  behind = waits = false;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live-part]")) {
    const twin = fresh.getElementById(part.id);
    if (!twin || plain(twin) === shown.get(part.id)) continue;
    // Never under the reader's hand: a part with the focus, a selection or the pointer on its rows waits.
    if (!asked && inUse(part)) waits = true;
    else { shown.set(part.id, plain(twin)); replace(part, document.importNode(twin, true)); }
  }
  const button = document.querySelector("[data-live-new]");
  if (button) button.hidden = !waits;
}

// As the server wrote it: behaviours leave their marks in the page, and a token is new each time.
function plain(part) {
  return part.innerHTML.replace(/(name="csrfmiddlewaretoken" value=)"[^"]*"/g, "$1");
}

function inUse(part) {
  const selected = getSelection();
  const reading = !selected.isCollapsed && part.contains(selected.anchorNode);
  return reading || part.contains(document.activeElement) || part.querySelector("[data-row]:hover, dialog[open]");
}

function replace(part, twin) {
  const known = new Set([...part.children].map((one) => one.id).filter(Boolean));
  const opened = [...part.querySelectorAll("details[open]")].map((one) => one.id).filter(Boolean);
  const box = part.parentElement;
  const atEnd = box.scrollHeight - box.scrollTop - box.clientHeight < 40;
  part.replaceWith(twin);
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
  for (const one of twin.children) if (known.size && one.id && !known.has(one.id)) one.setAttribute("data-arrived", "");
  if (!known.size) twin.setAttribute("data-arrived", "");
  if (atEnd) box.scrollTop = box.scrollHeight;
  twin.dispatchEvent(new CustomEvent("asmo:fresh", { bubbles: true }));
}
