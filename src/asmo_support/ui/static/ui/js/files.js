// Files: dropped on the form or pasted into its text; each is named with its size and can be taken back before sending.
export function files(root) {
  for (const input of root.querySelectorAll("input[type=file]")) {
    if (input.dataset.started || !input.form) continue;
    input.dataset.started = "1";
    const list = document.createElement("div");
    list.className = "files";
    list.setAttribute("aria-live", "polite");
    (input.closest(".drop, .compose-foot") || input).after(list);
    const show = () => list.replaceChildren(...[...input.files].map((file, at) => chosen(file, () => set(input, at))));
    input.addEventListener("change", show);
    input.form.addEventListener("paste", (event) => paste(event, input));
    receive(input.form, input);
    show();
  }
}

// A copied table or page carries a picture beside its words: then the words are meant.
function paste(event, input) {
  const found = event.clipboardData;
  if (!found?.files.length || found.types.includes("text/plain")) return;
  event.preventDefault();
  set(input, -1, found.files);
}

function receive(form, input) {
  const carries = (event) => event.dataTransfer?.types.includes("Files");
  form.addEventListener("dragover", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    form.dataset.over = "1";
  });
  form.addEventListener("dragleave", (event) => { if (!form.contains(event.relatedTarget)) delete form.dataset.over; });
  form.addEventListener("drop", (event) => {
    if (!carries(event)) return;
    event.preventDefault();
    delete form.dataset.over;
    set(input, -1, event.dataTransfer.files);
  });
}

// All files but the one at `without`, and the added ones.
function set(input, without, added = []) {
  const all = new DataTransfer();
  for (const file of [...[...input.files].filter((_, at) => at !== without), ...added]) all.items.add(file);
  input.files = all.files;
  input.dispatchEvent(new Event("change"));
}

function chosen(file, remove) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "file";
  button.title = document.body.dataset.wordRemove || "×";
  const name = Object.assign(document.createElement("span"), { className: "clip", textContent: file.name });
  const size = Object.assign(document.createElement("span"), { textContent: `${amount(file.size)} ×` });
  button.append(name, size);
  button.addEventListener("click", remove);
  return button;
}

function amount(bytes) {
  const unit = bytes < 1024 ** 2 ? "kilobyte" : "megabyte";
  const value = bytes / 1024 ** (unit === "kilobyte" ? 1 : 2);
  const digits = value < 10 ? 1 : 0;
  const format = { style: "unit", unit, maximumFractionDigits: digits };
  return new Intl.NumberFormat(document.documentElement.lang, format).format(value);
}
