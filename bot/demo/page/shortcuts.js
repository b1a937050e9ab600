/**
 * The keyboard: the list of shortcuts, and those that hold for the whole page.
 */
import { el } from "./dom.js";
import { icon } from "./icons.js";

/** What each shortcut does (text key) and its keys; `key.` texts name keys that have names. */
const TABLE = Object.freeze({
  write: [
    ["enter", [["key.enter"]]],
    ["newline", [["key.shift", "key.enter"]]],
    ["slash", [["/"]]],
    ["slash.pick", [["↑"], ["↓"], ["key.enter"], ["key.escape"]]],
    ["slash.tab", [["key.tab"]]],
    ["edit", [["↑"]]],
    ["escape", [["key.escape"]]],
  ],
  read: [
    ["rows", [["↑"], ["↓"]]],
    ["ends", [["key.home"], ["key.end"]]],
    ["inside", [["key.tab"]]],
    ["more", [["key.enter"]]],
  ],
  move: [
    ["areas", [["F6"], ["key.shift", "F6"]]],
    ["help", [["?"]]],
  ],
});

/** @param {import("./words.js").Words} words */
export function openShortcuts(words) {
  if (document.querySelector("dialog.shortcuts")) return;
  const close = () => dialog.close();
  const dialog = el("dialog", { class: "shortcuts", "aria-labelledby": "shortcuts-heading" },
    el("header", {}, el("h2", { id: "shortcuts-heading" }, words.say("shortcuts.heading")),
      el("button", { class: "round", type: "button", "aria-label": words.say("shortcuts.close"),
        on: { click: close } }, icon("close"))),
    ...Object.entries(TABLE).map(([group, lines]) => el("section", {},
      el("h3", {}, words.say(`shortcuts.${group}`)),
      el("dl", {}, ...lines.map(([name, keys]) => line(name, keys, words))))));
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {any} name @param {any} keys @param {import("./words.js").Words} words */
function line(name, keys, words) {
  const kbd = (/** @type {string} */ key) =>
    el("kbd", {}, key.startsWith("key.") ? words.say(key) : key);
  const chords = keys.map((/** @type {string[]} */ chord) =>
    el("span", { class: "chord" }, ...chord.flatMap((key, at) => (at ? [" + ", kbd(key)] : [kbd(key)]))));
  return el("div", {}, el("dt", {}, ...chords), el("dd", {}, words.say(`shortcuts.${name}`)));
}

/**
 * Listens for F6 and "?". WCAG 2.2, 2.1.4: the single key can be switched off.
 * @param {import("./types.js").Kit} kit
 * @returns {() => void} stops listening
 */
export function hearKeys({ words, notes }) {
  const hear = (/** @type {KeyboardEvent} */ event) => {
    if (event.defaultPrevented || document.querySelector("dialog[open]")) return;
    if (event.key === "F6") {
      event.preventDefault();
      nextArea(event.shiftKey ? -1 : 1);
    } else if (event.key === "?" && !typing(event.target) && (notes.get("setting", "keys") ?? true)) {
      event.preventDefault();
      openShortcuts(words);
    }
  };
  document.addEventListener("keydown", hear);
  return () => document.removeEventListener("keydown", hear);
}

/** @param {EventTarget | null} target */
function typing(target) {
  return target instanceof HTMLElement && target.matches("textarea, input:not([type=radio], [type=checkbox])");
}

/** @param {number} step */
function nextArea(step) {
  const areas = [...document.querySelectorAll(".people, .chats, .log, .composer")]
    .filter((node) => node.getClientRects().length > 0);
  const here = areas.findIndex((node) => node.contains(document.activeElement));
  const start = here < 0 && step < 0 ? 0 : here;
  const to = areas[(start + step + areas.length) % areas.length];
  const target = to?.querySelector("[aria-current], .row[tabindex='0'], textarea")
    ?? to?.querySelector("button");
  if (target instanceof HTMLElement) target.focus();
}
