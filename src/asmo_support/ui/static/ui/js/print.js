// <a data-print href="/page/">: on that page it prints, from anywhere else it leads there.
export function print() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-print]");
    if (!link || link.pathname !== location.pathname) return;
    event.preventDefault();
    window.print();
  });
}
