/**
 * The list of the bot's commands over the message field: filter by what is typed, arrow keys,
 * Enter. Keeps the focus in the field (aria-activedescendant).
 */
import { el } from "./dom.js";

let made = 0;

export class CommandMenu {
  /**
   * @param {HTMLTextAreaElement} field
   * @param {import("./types.js").Kit} kit
   * @param {{send: (command: string) => void, take: (command: string) => void}} to
   */
  constructor(field, kit, to) {
    this.field = field;
    this.kit = kit;
    this.to = to;
    made += 1;
    this.id = `commands-${made}`;
    this.commands = /** @type {import("./types.js").Command[]} */ ([]);
    this.shown = /** @type {import("./types.js").Command[]} */ ([]);
    this.at = 0;
    this.node = el("div", { class: "commands", id: this.id, role: "listbox", hidden: true,
      "aria-label": kit.words.say("commands.label") });
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", this.id);
  }

  get open() {
    return !this.node.hidden;
  }

  /** @param {import("./types.js").Command[]} commands */
  setCommands(commands) {
    this.commands = commands;
    if (this.open) this.follow();
  }

  /** Follows what stands in the field: "/anf" filters, anything else closes. */
  follow() {
    const typed = /^\/(\w*)$/.exec(this.field.value);
    if (typed) this.show(typed[1]);
    else this.close();
  }

  /** @param {string} start */
  show(start) {
    const begin = start.toLowerCase();
    this.shown = this.commands.filter((one) => one.command.startsWith(begin));
    if (!this.shown.length && start) return this.close();
    this.at = 0;
    this.#draw();
    this.node.hidden = false;
    const { words } = this.kit;
    this.kit.say(this.shown.length ? words.count("commands.count", this.shown.length)
      : words.say("commands.none"));
    return undefined;
  }

  close() {
    this.node.hidden = true;
    this.field.removeAttribute("aria-activedescendant");
  }

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was meant for the list
   */
  key(event) {
    if (!this.open) return false;
    const chosen = this.shown[this.at]?.command;
    switch (event.key) {
      case "ArrowDown": this.#move(1); break;
      case "ArrowUp": this.#move(-1); break;
      case "Escape": this.close(); break;
      case "Enter":
        if (!chosen || event.shiftKey) return false;
        this.close();
        this.to.send(chosen);
        break;
      case "Tab":
        if (!chosen || event.shiftKey) { this.close(); return false; }
        this.close();
        this.to.take(chosen);
        break;
      default: return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** @param {number} step */
  #move(step) {
    if (!this.shown.length) return;
    this.at = (this.at + step + this.shown.length) % this.shown.length;
    this.#mark();
  }

  #draw() {
    const none = el("p", { class: "commands-none" }, this.kit.words.say("commands.none"));
    const options = this.shown.map((one, index) => el("div", {
      class: "commands-one", role: "option", id: `${this.id}-${index}`, "aria-selected": "false",
      on: {
        // Taken before the field loses its focus.
        pointerdown: (/** @type {Event} */ event) => event.preventDefault(),
        click: () => { this.close(); this.to.send(one.command); },
      },
    }, el("span", { class: "commands-name" }, `/${one.command}`),
    el("span", { class: "commands-about", dir: "auto" }, one.description)));
    this.node.replaceChildren(...(options.length ? options : [none]));
    this.#mark();
  }

  #mark() {
    [...this.node.children].forEach((node, index) => {
      node.setAttribute("aria-selected", String(index === this.at));
      if (index === this.at) node.scrollIntoView({ block: "nearest" });
    });
    if (this.shown.length) {
      this.field.setAttribute("aria-activedescendant", `${this.id}-${this.at}`);
    }
  }
}
