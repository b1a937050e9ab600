/**
 * The left column: who I am, and my chats.
 */
import { el, hidden } from "./dom.js";
import { icon } from "./icons.js";

const COLOURS = 5;

/** @param {import("./types.js").Person} person */
export function fullName(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}

/** A round sign for a person or chat. @param {string} name @param {number} id @param {string} [sign] */
export function badge(name, id, sign) {
  const letters = name.split(/\s+/).map((word) => [...word][0] ?? "").filter(Boolean);
  const short = letters.length > 1 ? letters[0] + letters[letters.length - 1] : letters[0] ?? "";
  const colour = sign === "bot" ? 0 : 1 + Math.abs(id) % COLOURS;
  return el("span", { class: "badge", "aria-hidden": "true", data: { colour } }, sign ? icon(/** @type {any} */ (sign)) : short);
}

/** @param {import("./types.js").Chat} chat @param {{first_name: string}} bot */
export function chatTitle(chat, bot) {
  return chat.type === "private" ? bot.first_name : chat.title;
}

/** @param {import("./types.js").Chat} chat */
export function chatSign(chat) {
  if (chat.type === "private") return "bot";
  return chat.type === "channel" ? "channel" : "group";
}

/** @param {import("./types.js").Chat} chat @param {import("./words.js").Words} words */
export function chatKind(chat, words) {
  return words.say(`chats.${chat.is_forum ? "forum" : chat.type}`);
}

export class Sidebar {
  /**
   * @param {import("./types.js").Kit} kit
   * @param {{become: (person: number) => void, open: (chat: number) => void,
   *   leave: (() => void) | null}} to
   */
  constructor(kit, to) {
    this.kit = kit;
    this.to = to;
    const { words } = kit;
    this.people = el("ul", {});
    this.chats = el("ul", {});
    this.leave = el("button", { class: "round leave", type: "button", on: { click: to.leave } },
      icon("close"));
    this.chatsNav = el("nav", { class: "chats" }, el("h3", {}, words.say("chats.heading")),
      this.chats);
    this.node = el("div", { class: "side" },
      el("nav", { class: "people", "aria-label": words.say("people.heading") },
        el("h3", {}, words.say("people.heading"), to.leave && this.leave), this.people),
      this.chatsNav);
  }

  /**
   * @param {import("./types.js").State} state
   * @param {Map<number, number>} unread of the other people
   * @param {number | null} open the chat that is open
   */
  draw(state, unread, open) {
    const { words } = this.kit;
    const me = state.people.find((one) => one.id === state.me);
    const name = me ? fullName(me) : "";
    this.chatsNav.setAttribute("aria-label", words.say("chats.list", { name }));
    this.leave.setAttribute("aria-label", words.say("settings.beside.less", { name }));
    keepFocus(this.people, () => this.people.replaceChildren(...state.people.map((person) =>
      this.#person(person, person.id === state.me, unread.get(person.id) ?? 0))));
    keepFocus(this.chats, () => this.chats.replaceChildren(...state.chats.map((chat) =>
      this.#chat(chat, state.bot, chat.id === open))));
  }

  /** @param {import("./types.js").Person} person @param {boolean} current @param {number} unread */
  #person(person, current, unread) {
    const { words } = this.kit;
    const name = fullName(person);
    const role = words.role(person.role);
    return el("li", {}, el("button", {
      class: "entry", type: "button", data: { id: person.id }, "aria-current": current && "true",
      title: words.say("people.switch", { name, role }),
      on: { click: () => this.to.become(person.id) },
    }, badge(name, person.id),
    el("span", { class: "entry-about" }, el("bdi", { class: "entry-name" }, name),
      el("span", { class: "entry-line" }, role)),
    !current && this.#count(unread)));
  }

  /** @param {import("./types.js").Chat} chat @param {{first_name: string}} bot @param {boolean} current */
  #chat(chat, bot, current) {
    const { words, dates } = this.kit;
    const last = chat.last?.text?.replace(/\s+/g, " ") || words.say("chats.empty");
    const time = chat.last?.date ? dates.time(new Date(chat.last.date)) : "";
    return el("li", {}, el("button", {
      class: "entry", type: "button", data: { id: chat.id }, "aria-current": current && "true",
      on: { click: () => this.to.open(chat.id) },
    }, badge(chatTitle(chat, bot), chat.id, chatSign(chat)),
    el("span", { class: "entry-about" },
      el("bdi", { class: "entry-name" }, chatTitle(chat, bot)),
      hidden(chatKind(chat, words)),
      el("span", { class: "entry-line", dir: "auto" }, last)),
    el("span", { class: "entry-side" }, el("span", { class: "entry-time" }, time),
      this.#count(current ? 0 : chat.unread))));
  }

  /** @param {number} unread */
  #count(unread) {
    if (!unread) return null;
    return el("span", { class: "unread" },
      el("span", { "aria-hidden": "true" }, unread > 99 ? "99+" : String(unread)),
      hidden(this.kit.words.count("people.unread", unread)));
  }
}

/** @param {HTMLElement} list @param {() => void} change */
function keepFocus(list, change) {
  const active = document.activeElement;
  const id = active instanceof HTMLElement && list.contains(active) ? active.dataset.id : null;
  change();
  if (id) /** @type {HTMLElement | null} */ (list.querySelector(`[data-id="${id}"]`))?.focus();
}
