// One entry; each behaviour is a module of its own and works on what it finds. Without script every page still works.
import { toasts } from "./toasts.js";
import { composer } from "./composer.js";
import { keys } from "./keys.js";
import { files } from "./files.js";
import { forms } from "./forms.js";
import { live } from "./live.js";
import { dialogs } from "./dialogs.js";
import { menus } from "./menus.js";

for (const start of [toasts, composer, keys, files, forms, live, dialogs, menus]) start(document);
document.addEventListener("htmx:afterSwap", (event) => {
  for (const again of [toasts, files, dialogs]) again(event.target);
});
