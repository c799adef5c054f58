// Who is calling: the cards of this person's calls, on any page of the desk. The live stream says when to look.
export function calls(root) {
  const box = root.querySelector("[data-live-calls]");
  if (!box) return;
  document.addEventListener("asmo:calls", () => look(box));
  box.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-dismiss]")) return;
    event.preventDefault();
    const form = event.target;
    send(form.action, { method: "POST", body: new FormData(form) }).then(() => form.closest("[data-call]")?.remove());
  });
}

function send(address, options = {}) {
  return fetch(address, { ...options, headers: { "X-Requested-With": "live" }, credentials: "same-origin" });
}

async function look(box) {
  const answer = await send(box.dataset.liveCalls);
  if (!answer.ok || answer.redirected) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const cards = new Map([...fresh.querySelectorAll("[data-call]")].map((one) => [one.dataset.call, one]));
  for (const shown of box.querySelectorAll("[data-call]")) {
    const twin = cards.get(shown.dataset.call);
    if (!twin) shown.remove();
    // Never under the hand: a card somebody is about to press stays as it is.
    else if (!shown.contains(document.activeElement) && words(twin) !== words(shown)) shown.replaceWith(document.importNode(twin, true));
    cards.delete(shown.dataset.call);
  }
  for (const card of cards.values()) box.append(document.importNode(card, true));
}

function words(card) {
  return card.textContent.replace(/\s+/g, " ");
}
