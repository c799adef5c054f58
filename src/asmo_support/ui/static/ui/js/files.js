// Files: dropped on the form, pasted into its text, shown by name and size before they are sent.
export function files(root) {
  for (const input of root.querySelectorAll("input[type=file]")) {
    if (input.dataset.started) continue;
    input.dataset.started = "1";
    const form = input.form;
    const list = document.createElement("p");
    list.className = "hint";
    list.setAttribute("aria-live", "polite");
    (input.closest(".drop") || input).after(list);
    input.addEventListener("change", () => name(input, list));
    form?.addEventListener("paste", (event) => add(event, event.clipboardData?.files, input, list));
    form?.addEventListener("dragover", (event) => event.preventDefault());
    form?.addEventListener("drop", (event) => add(event, event.dataTransfer?.files, input, list));
  }
}

function add(event, found, input, list) {
  if (!found?.length) return;
  event.preventDefault();
  const all = new DataTransfer();
  for (const file of [...input.files, ...found]) all.items.add(file);
  input.files = all.files;
  name(input, list);
}

function name(input, list) {
  list.textContent = [...input.files].map((file) => `${file.name} (${Math.ceil(file.size / 1024)} КБ)`).join(", ");
}
