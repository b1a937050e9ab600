/**
 * One open chat: its head, its topics, the conversation and the field to write in. Carries what
 * the person does to the server.
 */
import { Composer } from "./composer.js";
import { Conversation } from "./conversation.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { openPreview } from "./preview.js";
import { RefusedError } from "./server.js";
import { badge, chatKind, chatSign, chatTitle, fullName } from "./sidebar.js";
import { takeFiles } from "./tray.js";
import { welcome } from "./welcome.js";

/**
 * @typedef {{state: import("./types.js").State, me: import("./types.js").Person,
 *   chat: import("./types.js").Chat, thread: number | null,
 *   answers: import("./answers.js").Answers, back: () => void, leave: (() => void) | null,
 *   topic: (thread: number | null) => void, start: (payload: string) => void}} Place
 */
export class Talk {
  /** @param {import("./types.js").Kit} kit @param {Place} place */
  constructor(kit, place) {
    this.kit = kit;
    this.place = place;
    this.held = /** @type {[string, any][] | null} */ ([]);
    this.title = chatTitle(place.chat, place.state.bot);
    this.conversation = new Conversation(this.#scene(), this.title);
    this.draftName = `draft.${place.me.id}.${place.chat.id}.${place.thread ?? 0}`;
    this.composer = this.#writable() ? this.#composer() : null;
    this.middle = el("div", { class: "middle", on: { click: (/** @type {Event} */ event) =>
      this.#follow(event) } }, this.conversation.node);
    this.node = el("div", { class: "talk", data: { drop: kit.words.say("composer.drop") } }, this.#head(), this.#topics(), this.middle,
      this.composer?.node ?? el("p", { class: "readonly" }, kit.words.say(this.#whyNot())));
    if (this.composer) takeFiles(this.node, (files) => this.composer?.tray.add(files));
  }

  close() {
    this.conversation.close();
  }

  /** Fetches everything there is; what comes in meanwhile is added after. */
  async load() {
    const { me, chat, thread } = this.place;
    this.held ??= [];
    const [messages] = await Promise.all([
      this.kit.server.messages(me.id, chat.id, thread), this.loadCommands()]);
    this.conversation.show(messages.filter((one) => this.#here(one)));
    const held = this.held ?? [];
    this.held = null;
    for (const [kind, data] of held) this.event(kind, data);
    this.#greet();
  }

  async loadCommands() {
    const { me, chat } = this.place;
    this.composer?.setCommands(await this.kit.server.commands(me.id, chat.id));
  }

  /** @param {string} kind @param {any} data an event of this chat */
  event(kind, data) {
    if (this.held) {
      this.held.push([kind, data]);
    } else if (kind === "message" && this.#here(data)) {
      this.conversation.add(data);
      this.#greet();
    } else if (kind === "edit") {
      this.conversation.edit(data);
    } else if (kind === "delete") {
      this.conversation.remove(data.id);
    } else if (kind === "action") {
      const key = data.action === "typing" ? "talk.typing" : "talk.uploading";
      this.conversation.setTyping(this.kit.words.say(key, { name: this.place.state.bot.first_name }));
    }
  }

  /** @param {string} text */
  async say(text) {
    await this.#try(() => this.#send(text, [], null));
  }

  /** @param {import("./types.js").Message} message */
  #here(message) {
    const { chat, thread } = this.place;
    return message.chat === chat.id && (!chat.is_forum || (message.thread ?? null) === thread);
  }

  #writable() {
    return this.place.chat.can_write && !this.#topic()?.closed;
  }

  #topic() {
    return this.place.chat.topics?.find((one) => one.id === this.place.thread);
  }

  #whyNot() {
    const { chat } = this.place;
    if (chat.can_write) return "composer.readonly.topic";
    return chat.type === "channel" ? "composer.readonly.channel" : "composer.readonly.chat";
  }

  /** @returns {import("./bubble.js").Scene} */
  #scene() {
    const { place, kit } = this;
    return {
      kit,
      language: place.me.language_code ?? "de",
      private: place.chat.type === "private",
      find: (id) => this.conversation.find(id),
      press: (message, button) => this.#press(message, button),
      menu: (message, anchor) => this.#menu(message, anchor),
      preview: (media) => openPreview(media, kit),
      run: this.#writable() ? (text) => { this.say(text); } : null,
    };
  }

  #composer() {
    const { notes } = this.kit;
    return new Composer(this.kit, {
      send: (text, files, about) => this.#try(() => this.#send(text, files, about), true),
      lastOwn: () => this.conversation.lastOwn(),
      command: (command) => this.say(this.#addressed(command)),
      draft: (text) => notes.set("tab", this.draftName, text || null),
    }, notes.get("tab", this.draftName) ?? "");
  }

  /** In groups a command names its bot, as clients do. @param {string} command */
  #addressed(command) {
    const { chat, state } = this.place;
    return chat.type === "private" ? `/${command}` : `/${command}@${state.bot.username}`;
  }

  /** @param {string} text @param {File[]} files @param {import("./composer.js").About} about */
  async #send(text, files, about) {
    const { me, chat, thread } = this.place;
    const where = { person: me.id, chat: chat.id, thread };
    if (about?.kind === "edit") {
      await this.kit.server.edit({ person: me.id, chat: chat.id, message: about.message.id, text });
      return;
    }
    let caption = text;
    while (files.length) {
      const sent = await this.kit.server.upload({ ...where, caption }, files[0]);
      files.shift();
      caption = "";
      this.#show(sent);
    }
    if (!caption) return;
    this.#show(await this.kit.server.send({ ...where, text, reply_to: about?.message.id }));
  }

  /** @param {import("./types.js").Message[]} messages */
  #show(messages) {
    for (const message of messages) this.event("message", message);
  }

  /**
   * @param {import("./types.js").Message} message
   * @param {import("./types.js").Button} button
   */
  async #press(message, button) {
    const { me, chat, answers } = this.place;
    await this.#try(async () => {
      const query = await this.kit.server.press(
        { person: me.id, chat: chat.id, message: message.id, data: button.data });
      if (!(await answers.wait(query))) this.kit.notices.toast(this.kit.words.say("notice.silent"));
    });
  }

  /**
   * Runs an action; a refusal is told, an unreachable server shows by itself.
   * @param {() => Promise<void>} act
   * @param {boolean} [pass] whether the caller wants to know that it failed
   */
  async #try(act, pass = false) {
    try {
      await act();
    } catch (problem) {
      if (problem instanceof RefusedError) {
        const reason = problem.message;
        this.kit.notices.toast(this.kit.words.say("notice.refused", { reason }));
      }
      if (pass) throw problem;
    }
  }

  /** Links to this bot are followed here, with their payload. @param {Event} event */
  #follow(event) {
    const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
    if (!(link instanceof HTMLAnchorElement)) return;
    const name = this.place.state.bot.username.toLowerCase();
    if (!["t.me", "telegram.me"].includes(link.hostname)) return;
    if (link.pathname.slice(1).toLowerCase() !== name) return;
    event.preventDefault();
    this.place.start(new URL(link.href).searchParams.get("start") ?? "");
  }

  /** @param {import("./types.js").Message} message @param {HTMLElement} anchor */
  #menu(message, anchor) {
    const { words, notices } = this.kit;
    const can = this.composer;
    const copy = async () => {
      await navigator.clipboard.writeText(message.text);
      notices.toast(words.say("message.copied"));
    };
    const about = (/** @type {"reply" | "edit"} */ kind) => () => can?.setAbout({ kind, message });
    openMenu(anchor, words.say("message.menu"), [
      ...(can ? [{ icon: "reply", label: words.say("message.reply"), run: about("reply") }] : []),
      ...(can && message.out && !message.media
        ? [{ icon: "edit", label: words.say("message.edit"), run: about("edit") }] : []),
      { icon: "copy", label: words.say("message.copy"), run: () => { copy().catch(() => {}); } }]);
  }

  #head() {
    const { words } = this.kit;
    const { chat, me, back, leave } = this.place;
    const name = fullName(me);
    return el("header", { class: "talk-head" },
      el("button", { class: "round back", type: "button", "aria-label": words.say("chats.back"),
        on: { click: back } }, icon("back")),
      badge(this.title, chat.id, chatSign(chat)),
      el("div", { class: "talk-title" }, el("h3", {}, el("bdi", {}, this.title)),
        el("p", {}, chatKind(chat, words))),
      el("button", { class: "who", type: "button", on: { click: back },
        "aria-label": words.say("chats.me", { name, role: words.role(me.role) }) },
      badge(name, me.id), el("bdi", {}, me.first_name)),
      chat.type === "private" && this.#more(),
      leave && el("button", { class: "round leave", type: "button", on: { click: leave },
        "aria-label": words.say("settings.beside.less", { name }) }, icon("close")));
  }

  /** What one can do with the chat as a whole: block the bot, or let it write again. */
  #more() {
    const { words, server } = this.kit;
    const { me, chat } = this.place;
    const key = chat.blocked ? "talk.unblock" : "talk.block";
    const button = el("button", { class: "round", type: "button", "aria-haspopup": "menu",
      "aria-label": words.say("talk.more"), on: { click: () => openMenu(button, words.say("talk.more"), [
        { icon: chat.blocked ? "bot" : "remove", label: words.say(key, { bot: this.title }),
          run: () => { this.#try(() => server.block(me.id, !chat.blocked)); } }]) } }, icon("more"));
    return button;
  }

  #topics() {
    const { chat, thread, topic } = this.place;
    if (!chat.is_forum) return null;
    const { words } = this.kit;
    const one = (/** @type {number | null} */ id, /** @type {string} */ label) => el("button", {
      type: "button", "aria-current": id === thread && "true", dir: "auto",
      on: { click: () => topic(id) } }, label);
    return el("nav", { class: "topics", "aria-label": words.say("topics.label") },
      one(null, words.say("topics.general")),
      ...chat.topics.map(({ id, name, closed }) =>
        one(id, closed ? words.say("topics.closed", { name }) : name)));
  }

  /** The friendly empty state, for as long as nothing was written. */
  #greet() {
    const empty = this.conversation.rows.size === 0;
    const shown = this.middle.querySelector(".welcome");
    if (!empty) shown?.remove();
    else if (!shown) this.middle.append(welcome(this.kit, this.place, () => this.say("/start")));
  }
}
