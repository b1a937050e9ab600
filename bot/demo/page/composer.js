/**
 * The field to write in: text, commands, files, replies and edits of one's own messages. What was
 * typed is kept until the server has it.
 */
import { brief } from "./bubble.js";
import { CommandMenu } from "./commandmenu.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { Tray } from "./tray.js";

const LONGEST = 4096;

/**
 * @typedef {{kind: "reply" | "edit", message: import("./types.js").Message} | null} About
 * @typedef {{send: (text: string, files: File[], about: About) => Promise<void>,
 *   lastOwn: () => import("./types.js").Message | undefined,
 *   command: (command: string) => void, draft: (text: string) => void}} Outbox
 */
export class Composer {
  /** @param {import("./types.js").Kit} kit @param {Outbox} to @param {string} draft */
  constructor(kit, to, draft) {
    this.kit = kit;
    this.to = to;
    this.about = /** @type {About} */ (null);
    const { words } = kit;
    this.field = el("textarea", { rows: 1, dir: "auto", autocomplete: "off",
      enterkeyhint: "send", placeholder: words.say("composer.placeholder"),
      "aria-label": words.say("composer.label") });
    this.field.value = draft;
    this.menu = new CommandMenu(this.field, kit, {
      send: (command) => this.#command(command),
      take: (command) => { this.field.value = `/${command} `; this.#changed(); },
    });
    this.tray = new Tray(kit, () => this.#changed());
    this.strip = el("div", { class: "strip", hidden: true });
    this.length = el("p", { class: "length", role: "status" });
    this.node = this.#form();
    this.#changed();
  }

  /** @param {import("./types.js").Command[]} commands */
  setCommands(commands) {
    this.menu.setCommands(commands);
    this.slash.hidden = !commands.length;
  }

  /** @param {About} about */
  setAbout(about) {
    const { words } = this.kit;
    if (this.about?.kind === "edit" && about?.kind !== "edit") this.field.value = "";
    this.about = about;
    if (about?.kind === "edit") this.field.value = about.message.text;
    this.strip.hidden = !about;
    this.strip.replaceChildren(...(about ? [
      icon(about.kind === "edit" ? "edit" : "reply"),
      el("div", {}, el("strong", {}, this.#purpose(about)), el("span", { dir: "auto" }, brief(about.message))),
      el("button", { class: "round", type: "button", "aria-label": words.say("composer.cancel"),
        on: { click: () => { this.setAbout(null); this.field.focus(); } } }, icon("close"))] : []));
    this.#changed();
    if (about) this.field.focus();
  }

  /** @param {NonNullable<About>} about */
  #purpose({ kind, message }) {
    const { words } = this.kit;
    if (kind === "edit") return words.say("composer.editing");
    return message.out ? words.say("composer.replying.own")
      : words.say("composer.replying", { name: message.from.name });
  }

  #form() {
    const { words } = this.kit;
    this.pick = el("input", { type: "file", multiple: true, hidden: true, tabindex: -1,
      "aria-label": words.say("composer.attach"),
      on: { change: () => { this.tray.add([...this.pick.files]); this.pick.value = ""; } } });
    this.slash = this.#button("slash", "composer.commands", () => this.#toggleMenu());
    this.slash.hidden = true;
    this.submit = el("button", { class: "send", type: "submit" });
    this.field.addEventListener("input", () => { this.menu.follow(); this.#changed(); });
    this.field.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => this.#key(event));
    this.field.addEventListener("blur", () => this.menu.close());
    const form = el("form", { class: "composer", "aria-label": words.say("composer.label"),
      on: { submit: (/** @type {Event} */ event) => { event.preventDefault(); this.#send(); } } },
    this.menu.node, this.strip, this.tray.node, this.length,
    el("div", { class: "composer-row" }, this.slash,
      this.#button("attach", "composer.attach", () => this.pick.click()), this.pick,
      this.field, this.submit));
    return form;
  }

  /** @param {"slash" | "attach"} name @param {string} label @param {() => void} run */
  #button(name, label, run) {
    const words = this.kit.words.say(label);
    return el("button", { class: "round", type: "button", "aria-label": words, title: words,
      on: { click: run, pointerdown: (/** @type {Event} */ event) => event.preventDefault() } },
    icon(name));
  }

  #toggleMenu() {
    const wasOpen = this.menu.open;
    this.field.focus();
    if (wasOpen) this.menu.close();
    else this.menu.show("");
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.isComposing || this.menu.key(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#send();
    } else if (event.key === "Escape" && this.about) {
      event.stopPropagation();
      this.setAbout(null);
    } else if (event.key === "ArrowUp" && !this.field.value && !event.shiftKey) {
      const own = this.to.lastOwn();
      if (!own) return;
      event.preventDefault();
      this.setAbout({ kind: "edit", message: own });
    }
  }

  #changed() {
    const { words } = this.kit;
    const editing = this.about?.kind === "edit";
    const text = this.field.value;
    const empty = !text.trim() && !this.tray.files.length;
    this.submit.setAttribute("aria-disabled", String(empty));
    this.submit.setAttribute("aria-label", words.say(editing ? "composer.save" : "composer.send"));
    this.submit.replaceChildren(icon(editing ? "save" : "send"));
    this.#fit();
    const over = text.length > LONGEST;
    this.length.textContent = over ? words.count("composer.over",
      text.length, { parts: Math.ceil(text.length / LONGEST) }) : "";
    if (!editing) this.to.draft(text);
  }

  /** As high as its text, up to what the style allows. */
  #fit() {
    if (CSS.supports("field-sizing", "content")) return;
    this.field.style.setProperty("height", "auto");
    this.field.style.setProperty("height", `${this.field.scrollHeight + 2}px`);
  }

  /** @param {string} command */
  #command(command) {
    if (this.field.value.startsWith("/")) this.field.value = "";
    this.#changed();
    this.to.command(command);
  }

  async #send() {
    const text = this.field.value.trim();
    const about = this.about;
    const files = about?.kind === "edit" ? [] : this.tray.take();
    if (!text && !files.length) return;
    this.setAbout(null);
    this.field.value = "";
    this.#changed();
    try {
      await this.to.send(text, files, about);
    } catch {
      this.#restore(text, files, about);
    }
  }

  /** What could not be sent goes back into the field, before what was typed meanwhile. */
  #restore(/** @type {string} */ text, /** @type {File[]} */ files, /** @type {About} */ about) {
    const typed = this.field.value;
    if (about) this.setAbout(about);
    this.field.value = typed ? `${text}\n${typed}` : text;
    this.tray.add(files);
  }
}
