/**
 * One person's view: the left column and the open chat, kept up to date by that person's events.
 */
import { Answers } from "./answers.js";
import { el } from "./dom.js";
import { fullName, Sidebar } from "./sidebar.js";
import { Stream } from "./stream.js";
import { Talk } from "./talk.js";

const OTHERS_MS = 5000;

/**
 * @typedef {{person: number, chat: number | null, thread: number | null}} Where
 * @typedef {{clock: (clock: import("./types.js").Clock) => void, lost: (times: number) => void,
 *   back: () => void, moved: () => void, leave: (() => void) | null}} PaneTo
 */
export class Pane {
  /** @param {import("./types.js").Kit} kit @param {Where} where @param {PaneTo} to */
  constructor(kit, where, to) {
    this.kit = kit;
    this.to = to;
    this.where = where;
    this.answers = new Answers();
    this.unread = /** @type {Map<number, number>} */ (new Map());
    this.places = /** @type {Map<number, Where>} */ (new Map());
    this.talk = /** @type {Talk | null} */ (null);
    this.sidebar = new Sidebar(kit, {
      become: (person) => this.become(person),
      open: (chat) => this.open(chat, null),
      leave: to.leave,
    });
    this.heading = el("h2", { class: "unseen" });
    this.room = el("div", { class: "room" });
    this.node = el("section", { class: "pane", data: { view: "talk" } },
      el("div", { class: "pane-grid" }, this.heading, this.sidebar.node, this.room));
    this.timer = setInterval(() => this.#lookAtOthers(), OTHERS_MS);
  }

  close() {
    clearInterval(this.timer);
    this.stream?.close();
    this.talk?.close();
    this.node.remove();
  }

  /** Becomes a person and opens their last chat, at first the one with the bot. */
  async become(/** @type {number} */ person) {
    if (this.state) this.places.set(this.where.person, this.where);
    this.where = this.places.get(person) ?? { person, chat: null, thread: null };
    this.stream?.close();
    this.stream = null;
    this.unread.delete(person);
    await this.begin();
    this.#lookAtOthers();
  }

  /** Fetches and shows everything, then listens. */
  async begin() {
    const { person } = this.where;
    const state = await this.kit.server.state(person);
    if (this.where.person !== person) return;
    if (state.me !== person) {
      // The server was started anew, with other people.
      if (state.people.length) await this.become(state.people[0].id);
      return;
    }
    this.state = state;
    this.to.clock(state.clock);
    const name = fullName(this.#me());
    this.heading.textContent = this.kit.words.say("people.view", { name });
    this.node.setAttribute("aria-label", this.heading.textContent);
    this.stream ??= new Stream(person, {
      event: (kind, data) => this.#event(kind, data),
      again: () => { this.to.back(); this.begin().catch(() => {}); },
      lost: (times) => this.to.lost(times),
    });
    await this.stream.flowing;
    if (this.where.person !== person) return;
    const known = state.chats.find((one) => one.id === this.where.chat);
    const first = state.chats.find((one) => one.type === "private") ?? state.chats[0];
    const chat = known ?? first;
    if (chat) await this.open(chat.id, known ? this.where.thread : null, false);
    else this.#draw();
  }

  /**
   * @param {number} id
   * @param {number | null} thread
   * @param {boolean} [show] whether to bring the conversation to the front on a narrow screen
   */
  async open(id, thread, show = true) {
    const chat = this.state?.chats.find((one) => one.id === id);
    if (!chat || !this.state) return;
    if (show) this.node.dataset.view = "talk";
    const same = this.talk && this.where.chat === id && this.where.thread === thread
      && this.talk.place.me.id === this.state.me && this.#unchanged(chat);
    this.where = { person: this.state.me, chat: id, thread };
    chat.unread = 0;
    if (!same) this.#newTalk(chat, thread);
    this.#draw();
    this.to.moved();
    await this.talk?.load();
  }

  /** Opens the bot's private chat with a deep link's payload. @param {string} payload */
  async start(payload) {
    const chat = this.state?.chats.find((one) => one.type === "private");
    if (!chat) return;
    await this.open(chat.id, null);
    await this.talk?.say(payload ? `/start ${payload}` : "/start");
  }

  #me() {
    const found = this.state?.people.find((one) => one.id === this.state?.me);
    return found ?? { id: this.where.person, first_name: "" };
  }

  /** Whether the open talk was built for the same rights and topics. */
  #unchanged(/** @type {import("./types.js").Chat} */ chat) {
    const old = this.talk?.place.chat;
    return old && old.can_write === chat.can_write && old.blocked === chat.blocked && old.title === chat.title
      && JSON.stringify(old.topics) === JSON.stringify(chat.topics);
  }

  /** @param {import("./types.js").Chat} chat @param {number | null} thread */
  #newTalk(chat, thread) {
    if (!this.state) return;
    this.talk?.close();
    this.talk = new Talk(this.kit, {
      state: this.state, me: this.#me(), chat, thread, answers: this.answers,
      back: () => this.#showList(),
      leave: this.to.leave,
      topic: (to) => { this.open(chat.id, to); },
      start: (payload) => { this.start(payload); },
    });
    this.room.replaceChildren(this.talk.node);
  }

  #showList() {
    this.node.dataset.view = "list";
    const current = this.sidebar.node.querySelector(".people [aria-current]");
    if (current instanceof HTMLElement) current.focus();
  }

  /** Draws the lists, once however much happens before the next frame. */
  #draw() {
    if (this.drawing) return;
    this.drawing = requestAnimationFrame(() => {
      this.drawing = 0;
      if (this.state) this.sidebar.draw(this.state, this.unread, this.where.chat);
    });
  }

  /** @param {string} kind @param {any} data */
  #event(kind, data) {
    switch (kind) {
      case "answer": this.#answer(data); break;
      case "clock": this.to.clock(data); break;
      case "reset": this.begin().catch(() => {}); break;
      case "commands": this.talk?.loadCommands().catch(() => {}); break;
      default:
        if (kind === "message") this.#note(data);
        if (kind === "edit") this.#noteChange(data);
        if (data.chat === this.where.chat) this.talk?.event(kind, data);
    }
  }

  /** @param {{query: string, text: string, alert: boolean}} answer */
  #answer({ query, text, alert }) {
    this.answers.arrived(String(query));
    if (!text || !this.state) return;
    const { words, notices } = this.kit;
    const names = { bot: this.state.bot.first_name, name: fullName(this.#me()) };
    if (alert) notices.alert(words.say("notice.alert", names), text, words.say("notice.ok"));
    else notices.toast(text);
  }

  /** Keeps the chat list right. @param {import("./types.js").Message} message */
  #note(message) {
    const chat = this.state?.chats.find((one) => one.id === message.chat);
    if (!chat || message.service) {
      this.#refresh();
      return;
    }
    const text = message.text || message.media?.name || "";
    chat.last = { id: message.id, text, date: message.date };
    if (message.chat !== this.where.chat && !message.out) chat.unread += 1;
    if (message.chat === this.where.chat) this.#seen();
    this.#draw();
  }

  /** What the list quotes was changed. @param {import("./types.js").Message} message */
  #noteChange(message) {
    const chat = this.state?.chats.find((one) => one.id === message.chat);
    if (chat?.last?.id !== message.id) return;
    chat.last = { ...chat.last, text: message.text || message.media?.name || "" };
    this.#draw();
  }

  /** Tells the server that what came into the open chat was read. */
  #seen() {
    clearTimeout(this.seeing);
    const { person, chat } = this.where;
    this.seeing = setTimeout(() => {
      if (chat !== null) this.kit.server.read(person, chat).catch(() => {});
    }, 300);
  }

  /** The list of chats and the rights in them may have changed. */
  #refresh() {
    clearTimeout(this.refreshing);
    this.refreshing = setTimeout(() => { this.begin().catch(() => {}); }, 150);
  }

  /** What waits for the people whose view is not open. */
  async #lookAtOthers() {
    if (document.hidden || !this.state) return;
    const others = this.state.people.filter((one) => one.id !== this.state?.me).slice(0, 5);
    for (const { id } of others) {
      const state = await this.kit.server.state(id).catch(() => null);
      const sum = state?.chats.reduce((all, chat) => all + chat.unread, 0) ?? 0;
      this.unread.set(id, sum);
    }
    this.#draw();
  }
}
