/**
 * Says that the server cannot be reached: a small notice at first, then a clear banner.
 */
import { el } from "./dom.js";

const SHORT = 2;

export class Banner {
  /** @param {import("./words.js").Words} words @param {(text: string) => void} toast */
  constructor(words, toast) {
    this.words = words;
    this.toast = toast;
    this.times = 0;
    this.node = el("p", { class: "banner", role: "alert", hidden: true });
  }

  /** @param {number} times how often in a row the connection failed; 0: it is there */
  set(times) {
    const gone = this.times > SHORT;
    this.times = times;
    this.node.hidden = times === 0;
    if (times === 0) {
      this.node.textContent = "";
      if (gone) this.toast(this.words.say("notice.back"));
      return;
    }
    this.node.classList.toggle("serious", times > SHORT);
    const text = this.words.say(times > SHORT ? "notice.gone" : "notice.reconnect");
    if (this.node.textContent !== text) this.node.textContent = text;
  }
}
