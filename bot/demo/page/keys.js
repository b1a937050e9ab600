/**
 * The inline buttons under a message, and the waiting state of a pressed one.
 */
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { anchor } from "./safe.js";

/**
 * @param {import("./types.js").Message} message
 * @param {import("./bubble.js").Scene} scene
 * @returns {HTMLElement | null}
 */
export function keys(message, scene) {
  if (!message.buttons?.length) return null;
  const rows = message.buttons.map((row) =>
    el("div", { class: "keys-row" }, ...row.map((button) => key(message, button, scene))));
  const label = scene.kit.words.say("message.buttons");
  return el("div", { class: "keys", role: "group", "aria-label": label }, ...rows);
}

/**
 * @param {import("./types.js").Message} message
 * @param {import("./types.js").Button} button
 * @param {import("./bubble.js").Scene} scene
 */
function key(message, button, scene) {
  if (button.url) return leading(button, scene.kit);
  const press = async () => {
    if (node.getAttribute("aria-busy") === "true") return;
    node.setAttribute("aria-busy", "true");
    await scene.press(message, button);
    node.removeAttribute("aria-busy");
  };
  const node = el("button", {
    class: "key", type: "button", dir: "auto", data: { data: button.data ?? "" },
    on: { click: press },
  }, el("span", {}, button.label));
  return node;
}

/** @param {import("./types.js").Button} button @param {import("./types.js").Kit} kit */
function leading(button, { words }) {
  const label = words.say("message.open.link", { label: button.label });
  const node = anchor(button.url ?? "") ?? el("span");
  node.className = "key";
  node.dir = "auto";
  node.setAttribute("aria-label", label);
  node.append(el("span", {}, button.label), icon("link"));
  return node;
}

/**
 * What had the focus inside a message, so that it can get it back after an edit.
 * @param {HTMLElement} row
 * @returns {{data: string, label: string} | null} null: the focus is elsewhere
 */
export function heldFocus(row) {
  const active = document.activeElement;
  if (!(active instanceof HTMLElement) || !row.contains(active)) return null;
  return { data: active.dataset.data ?? "", label: active.textContent ?? "" };
}

/**
 * Focus on the button with the same data, else the same words, else on the whole card: never on
 * a button that means something else.
 * @param {HTMLElement} row
 * @param {{data: string, label: string}} held
 */
export function giveFocusBack(row, held) {
  const all = [...row.querySelectorAll(".key")];
  const same = all.find((node) => held.data && node instanceof HTMLElement
    && node.dataset.data === held.data)
    ?? all.find((node) => held.label && node.textContent === held.label);
  (same instanceof HTMLElement ? same : row).focus({ preventScroll: true });
}
