/**
 * What appears over the conversation: short notices, and hints that want to be confirmed. One
 * quiet status line speaks to screen readers.
 */
import { el } from "./dom.js";

const SHOWN_MS = 4500;

export class Notices {
  constructor() {
    this.status = el("p", { class: "unseen", role: "status" });
    this.node = el("div", { class: "toasts" });
  }

  /** Speaks without showing. @param {string} text */
  say(text) {
    this.status.textContent = "";
    // A changed text node is announced; the same one again is not, hence the empty step.
    requestAnimationFrame(() => { this.status.textContent = text; });
  }

  /** Shows and speaks; goes by itself. @param {string} text */
  toast(text) {
    const node = el("p", { class: "toast", dir: "auto" }, text);
    this.node.append(node);
    while (this.node.children.length > 3) this.node.firstElementChild?.remove();
    this.say(text);
    setTimeout(() => node.remove(), SHOWN_MS + 40 * text.length);
  }

  /**
   * A hint that stays until it is confirmed.
   * @param {string} title
   * @param {string} text
   * @param {string} ok
   */
  alert(title, text, ok) {
    const dialog = el("dialog", { class: "alert", role: "alertdialog", "aria-label": title,
      "aria-describedby": "alert-text" },
    el("h2", {}, title),
    el("p", { id: "alert-text", dir: "auto" }, text),
    el("button", { class: "primary", type: "button", on: { click: () => dialog.close() } }, ok));
    dialog.addEventListener("close", () => dialog.remove());
    document.body.append(dialog);
    dialog.showModal();
  }
}
