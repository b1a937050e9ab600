/**
 * The rows of one open conversation: append, edit, delete, days, the scroll position, and moving
 * from row to row by keyboard. Adding a message costs the same however many are there.
 */
import { brief, draw, row } from "./bubble.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { giveFocusBack, heldFocus } from "./keys.js";
import { Roving } from "./roving.js";

const NEAR_PX = 60;
const RUN_MS = 5 * 60_000;

export class Conversation {
  /**
   * @param {import("./bubble.js").Scene} scene
   * @param {string} title
   */
  constructor(scene, title) {
    const { words } = scene.kit;
    this.scene = scene;
    /** @type {Map<number, {message: import("./types.js").Message, node: HTMLElement}>} */
    this.rows = new Map();
    this.last = /** @type {import("./types.js").Message | null} */ (null);
    this.missed = 0;
    this.top = 0;
    this.atEnd = true;
    this.log = el("div", { class: "log", role: "log", "aria-live": "polite",
      "aria-relevant": "additions", "aria-label": words.say("talk.log", { title }) });
    this.typing = el("p", { class: "typing", hidden: true });
    this.down = el("button", { class: "down", type: "button", hidden: true,
      on: { click: () => this.toEnd() } });
    this.scroller = el("div", { class: "scroller" }, this.log, this.typing);
    this.node = el("div", { class: "conversation" }, this.scroller, this.down);
    this.roving = new Roving(this.log, (id) => this.#openMenu(id));
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.growth = new ResizeObserver(() => { if (this.atEnd) this.#jump(); });
    this.growth.observe(this.log);
    this.growth.observe(this.typing);
    this.growth.observe(this.scroller);
  }

  close() {
    this.growth.disconnect();
    clearTimeout(this.typingTimer);
    clearTimeout(this.spoken);
  }

  /** All messages at once, oldest first. @param {import("./types.js").Message[]} messages */
  show(messages) {
    // History is not news: nothing of it is read out.
    this.log.setAttribute("aria-live", "off");
    const stay = this.rows.size > 0 && !this.atEnd;
    const top = this.scroller.scrollTop;
    this.rows.clear();
    this.last = null;
    const all = document.createDocumentFragment();
    for (const message of messages) this.#append(message, all);
    this.log.replaceChildren(all);
    this.roving.renew();
    if (stay) this.scroller.scrollTop = top;
    else this.toEnd();
    requestAnimationFrame(() => requestAnimationFrame(() =>
      this.log.setAttribute("aria-live", "polite")));
  }

  /** A new message; one that is there already counts as its edit. */
  add(/** @type {import("./types.js").Message} */ message) {
    if (this.rows.has(message.id)) return this.edit(message);
    if (this.last && message.id < this.last.id) return this.#insert(message);
    if (message.from.is_bot) this.setTyping("");
    this.#append(message, this.log);
    this.roving.added();
    // Once the row has its height, the growth takes the view to the end.
    if (message.out) {
      this.atEnd = true;
      this.#count(0);
    }
    if (!this.atEnd) this.#count(this.missed + 1);
    return undefined;
  }

  /** @param {import("./types.js").Message} message */
  edit(message) {
    const known = this.rows.get(message.id);
    if (!known || JSON.stringify(known.message) === JSON.stringify(message)) return;
    const held = heldFocus(known.node);
    const whole = document.activeElement === known.node;
    const news = known.message.text !== message.text;
    known.message = message;
    draw(known.node, message, this.scene);
    this.roving.refresh(known.node);
    if (whole) known.node.focus({ preventScroll: true });
    else if (held) giveFocusBack(known.node, held);
    if (news && !message.out) this.#speak(message);
  }

  /** @param {number} id */
  remove(id) {
    const known = this.rows.get(id);
    if (!known) return;
    this.roving.leave(known.node);
    this.rows.delete(id);
    const before = known.node.previousElementSibling;
    const after = known.node.nextElementSibling;
    known.node.remove();
    if (before?.matches(".day") && (!after || after.matches(".day"))) before.remove();
    if (this.last?.id === id) this.last = [...this.rows.values()].at(-1)?.message ?? null;
  }

  /** @param {number} id */
  find(id) {
    return this.rows.get(id)?.message;
  }

  /** My newest text that can be edited. */
  lastOwn() {
    return [...this.rows.values()].reverse()
      .find(({ message }) => message.out && !message.media && !message.service)?.message;
  }

  /** @param {string} text empty: nobody writes */
  setTyping(text) {
    if (!text && this.typing.hidden) return;
    clearTimeout(this.typingTimer);
    this.typing.hidden = !text;
    this.typing.textContent = text;
    // The Bot API shows an action for five seconds at most (sendChatAction).
    if (text) this.typingTimer = setTimeout(() => this.setTyping(""), 5500);
  }

  toEnd() {
    this.atEnd = true;
    this.down.hidden = true;
    this.#count(0);
    this.#jump();
  }

  /**
   * @param {import("./types.js").Message} message
   * @param {Node} to
   */
  #append(message, to) {
    const { dates } = this.scene.kit;
    const date = new Date(message.date);
    const previous = this.last;
    const newDay = !previous || dates.key(date) !== dates.key(new Date(previous.date));
    if (newDay) to.appendChild(el("h4", { class: "day" }, dates.day(date)));
    const node = row(message, this.scene);
    node.classList.toggle("follows", !newDay && runsOn(previous, message));
    to.appendChild(node);
    this.rows.set(message.id, { message, node });
    this.last = message;
  }

  /** A message that belongs further up: rare, so all rows are laid anew. */
  #insert(/** @type {import("./types.js").Message} */ message) {
    const all = [...this.rows.values()].map((one) => one.message);
    const place = all.findIndex((one) => one.id > message.id);
    this.show([...all.slice(0, place), message, ...all.slice(place)]);
  }

  /** @param {import("./types.js").Message} message */
  #speak(message) {
    clearTimeout(this.spoken);
    const text = this.scene.kit.words.say("message.changed", { text: brief(message) });
    this.spoken = setTimeout(() => this.scene.kit.say(text), 350);
  }

  #openMenu(/** @type {number} */ id) {
    const known = this.rows.get(id);
    if (known && !known.message.service) this.scene.menu(known.message, known.node);
  }

  #jump() {
    this.scroller.scrollTop = this.scroller.scrollHeight;
  }

  #scrolled() {
    const { scrollTop, scrollHeight, clientHeight } = this.scroller;
    // Growth below moves nothing; only somebody who scrolls up leaves the end.
    if (scrollHeight - scrollTop - clientHeight < NEAR_PX) this.atEnd = true;
    else if (scrollTop < this.top) this.atEnd = false;
    this.top = scrollTop;
    this.down.hidden = this.atEnd;
    if (this.atEnd) this.#count(0);
  }

  /** @param {number} missed messages that came in below what is seen */
  #count(missed) {
    const { words } = this.scene.kit;
    if (missed === this.missed && this.down.hasChildNodes()) return;
    this.missed = missed;
    this.down.hidden = this.atEnd;
    const label = missed ? words.count("talk.newer", missed) : words.say("talk.bottom");
    this.down.replaceChildren(icon("down"), el("span", { class: missed ? "" : "unseen" }, label));
  }
}

/** @param {import("./types.js").Message | null} previous @param {import("./types.js").Message} message */
function runsOn(previous, message) {
  return Boolean(previous && !previous.service && !message.service
    && previous.from.id === message.from.id && previous.out === message.out
    && Date.parse(message.date) - Date.parse(previous.date) < RUN_MS);
}
