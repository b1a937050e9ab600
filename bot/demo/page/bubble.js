/**
 * One message as a row of the conversation. Draws; does not decide where the row goes.
 */
import { el, hidden } from "./dom.js";
import { file } from "./files.js";
import { icon } from "./icons.js";
import { keys } from "./keys.js";
import { safe } from "./safe.js";

/**
 * What a message may ask of the conversation around it.
 * @typedef {{kit: import("./types.js").Kit, language: string, private: boolean,
 *   find: (id: number) => import("./types.js").Message | undefined,
 *   press: (message: import("./types.js").Message, button: import("./types.js").Button) =>
 *     Promise<void>,
 *   menu: ((message: import("./types.js").Message, anchor: HTMLElement) => void),
 *   preview: (media: import("./types.js").Media) => void, run: ((text: string) => void) | null}} Scene
 */

/**
 * @param {import("./types.js").Message} message
 * @param {Scene} scene
 * @returns {HTMLElement}
 */
export function row(message, scene) {
  const node = el("article", { tabindex: -1, data: { id: message.id } });
  draw(node, message, scene);
  return node;
}

/**
 * Draws a message into its row, at first and after each edit.
 * @param {HTMLElement} node
 * @param {import("./types.js").Message} message
 * @param {Scene} scene
 */
export function draw(node, message, scene) {
  const follows = node.classList.contains("follows");
  node.className = "row";
  node.setAttribute("aria-label", label(message, scene));
  if (message.service) {
    node.classList.add("service");
    node.replaceChildren(el("p", { dir: "auto" }, serviceText(message, scene)));
    return;
  }
  node.classList.add(message.out ? "mine" : "theirs");
  node.classList.toggle("follows", follows);
  // Changes inside a row are spoken by the conversation, in one sentence; the log itself speaks
  // only of rows that are added.
  const stack = el("div", { class: "stack", "aria-live": "off" },
    bubble(message, scene), keys(message, scene));
  node.replaceChildren(stack, more(message, scene));
}

/** @param {import("./types.js").Message} message @param {Scene} scene */
function label(message, scene) {
  const { words, dates } = scene.kit;
  const name = message.out ? words.say("message.me") : message.from.name;
  const key = message.edited ? "message.label.edited" : "message.label";
  return words.say(key, { name, time: dates.time(new Date(message.date)) });
}

/** @param {import("./types.js").Message} message @param {Scene} scene */
function serviceText(message, scene) {
  const { words } = scene.kit;
  const key = `service.${message.service}`;
  if (words.knows(key)) return words.say(key, { name: message.from.name });
  return message.text || words.say("service.unknown");
}

/** @param {import("./types.js").Message} message @param {Scene} scene */
function bubble(message, scene) {
  const named = !scene.private && !message.out;
  const body = text(message, scene);
  const bare = message.media && message.media.kind === "photo" && !body;
  return el("div", { class: bare ? "bubble bare" : "bubble" },
    named && el("bdi", { class: "sender" }, message.from.name),
    quote(message, scene),
    message.media && file(message.media, scene),
    body,
    meta(message, scene));
}

/** @param {import("./types.js").Message} message @param {Scene} scene */
function text(message, scene) {
  const html = message.html || "";
  if (!html && !message.media?.caption) return null;
  const command = message.from.is_bot ? scene.run : null;
  const spoiler = scene.kit.words.say("message.spoiler");
  const content = html ? safe(html, { spoiler, command }) : message.media?.caption ?? "";
  return el("div", { class: "text", dir: "auto", lang: tongue(message.text, scene.language) },
    content);
}

/** The language to read a text in: by its script where that is sure. */
export function tongue(/** @type {string} */ text, /** @type {string} */ fallback) {
  const letters = text?.match(/\p{L}/gu)?.length ?? 0;
  const arabic = text?.match(/\p{Script=Arabic}/gu)?.length ?? 0;
  const usual = ["ar", "fa", "ur", "ckb", "ku"].includes(fallback) ? fallback : "ar";
  return letters > 0 && arabic * 2 > letters ? usual : fallback;
}

/** @param {import("./types.js").Message} message @param {Scene} scene */
function meta(message, scene) {
  const { words, dates } = scene.kit;
  const date = new Date(message.date);
  return el("div", { class: "meta", "aria-hidden": "true" },
    message.edited && el("span", { class: "edited" }, words.say("message.edited")),
    el("time", { datetime: message.date }, dates.time(date)));
}

/** @param {import("./types.js").Message} message @param {Scene} scene */
function quote(message, scene) {
  if (!message.reply_to) return null;
  const { words } = scene.kit;
  const first = scene.find(message.reply_to);
  if (!first) return el("p", { class: "quote" }, words.say("message.reply.gone"));
  const name = first.out ? words.say("message.me") : first.from.name;
  return el("p", { class: "quote", dir: "auto" },
    hidden(words.say("message.reply.to", { name })),
    el("bdi", { class: "quote-name", "aria-hidden": "true" }, name),
    el("span", { class: "quote-text" }, brief(first)));
}

/** One line for a message. @param {import("./types.js").Message} message */
export function brief(message) {
  const line = (message.text || message.media?.caption || message.media?.name || "")
    .replace(/\s+/g, " ").trim();
  return line.length > 140 ? `${line.slice(0, 139)}…` : line;
}

/** @param {import("./types.js").Message} message @param {Scene} scene */
function more(message, scene) {
  const label = scene.kit.words.say("message.more");
  const node = el("button", {
    class: "more round", type: "button", tabindex: -1, "aria-label": label,
    "aria-haspopup": "menu", on: { click: () => scene.menu(message, node) },
  }, icon("more"));
  return node;
}
