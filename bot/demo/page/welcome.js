/**
 * What stands in a chat before the first message.
 */
import { el } from "./dom.js";
import { badge } from "./sidebar.js";

/**
 * @param {import("./types.js").Kit} kit
 * @param {import("./talk.js").Place} place
 * @param {() => void} start
 * @returns {HTMLElement}
 */
export function welcome({ words }, { chat, me, state }, start) {
  if (chat.type !== "private") {
    return el("div", { class: "welcome" }, el("p", {}, words.say("talk.empty.elsewhere")));
  }
  const bot = state.bot.first_name;
  return el("div", { class: "welcome" },
    badge(bot, chat.id, "bot"),
    el("h4", {}, words.say("talk.empty.title", { name: me.first_name })),
    el("p", {}, words.say("talk.empty.text", { bot })),
    el("button", { class: "primary", type: "button", on: { click: start } },
      words.say("talk.empty.start")));
}
