// The live stream says "ticket 1042 has changed"; the page fetches the fragments that show it. Drafts are never inside one.
export function live(root) {
  const address = root.body?.dataset.live;
  if (!address || !root.querySelector("[data-live-ticket], [data-live-list]") || !window.EventSource) return;
  let timer;
  const stream = new EventSource(address);
  stream.addEventListener("change", (event) => refresh(JSON.parse(event.data).ticket));
  stream.addEventListener("refresh", () => refresh(null));
  window.addEventListener("pagehide", () => stream.close());

  function refresh(number) {
    const mine = number && root.querySelector(`[data-live-ticket="${number}"]`);
    const list = root.querySelector("[data-live-list]");
    if (!mine && !list && number) return;
    clearTimeout(timer);
    timer = setTimeout(fetchFragments, 250);
  }
}

async function fetchFragments() {
  const answer = await fetch(location.href, { headers: { "X-Requested-With": "live" }, credentials: "same-origin" });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll("[data-live-part]")) {
    const twin = fresh.getElementById(part.id);
    if (!twin || twin.innerHTML === part.innerHTML || part.contains(document.activeElement)) continue;
    const opened = [...part.querySelectorAll("details[open]")].map((one) => one.id).filter(Boolean);
    part.replaceWith(document.importNode(twin, true));
    for (const id of opened) document.getElementById(id)?.setAttribute("open", "");
    document.getElementById(part.id)?.setAttribute("data-arrived", "");
  }
}
