// The zone of this machine, in a cookie: the server tells a customer each time of the desk by the customer's clock, too.
const YEAR = 31536000;

export function zone(root) {
  const name = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const secure = location.protocol === "https:" ? "; secure" : "";
  if (/^[A-Za-z0-9_+/-]+$/.test(name || "")) root.cookie = `zone=${name}; path=/; max-age=${YEAR}; samesite=lax${secure}`;
}
