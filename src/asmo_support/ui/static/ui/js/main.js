// One entry; each behaviour is a module of its own and works on what it finds. Without script every page still works.
import { calls } from "./calls.js";
import { composer } from "./composer.js";
import { dialogs } from "./dialogs.js";
import { drafts } from "./drafts.js";
import { files } from "./files.js";
import { forms } from "./forms.js";
import { keys } from "./keys.js";
import { live } from "./live.js";
import { menus } from "./menus.js";
import { print } from "./print.js";
import { toasts } from "./toasts.js";
import { zone } from "./zone.js";

// The live stream comes before what changes the page: it remembers it as the server wrote it.
for (const start of [calls, live, toasts, drafts, composer, keys, files, forms, dialogs, menus, print, zone]) start(document);

// What comes later, by htmx or by the live stream, gets the same behaviours; each marks what it has seen.
const again = (part) => { for (const start of [toasts, drafts, files, dialogs]) start(part); };
document.addEventListener("htmx:afterSwap", (event) => again(event.target));
document.addEventListener("asmo:fresh", (event) => {
  window.htmx?.process(event.target);
  again(event.target);
});
