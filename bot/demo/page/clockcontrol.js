/**
 * The trial's clock in the page's head: shows the day, moves it.
 */
import { daysBetween } from "./dates.js";
import { disclose, el } from "./dom.js";
import { icon } from "./icons.js";

const DAY_S = 86_400;
const STEPS = [1, 7, 14];

export class ClockControl {
  /** @param {import("./types.js").Kit} kit */
  constructor(kit) {
    this.kit = kit;
    this.offset = 0;
    const { words } = kit;
    this.button = el("button", { class: "clock-button", type: "button" });
    this.date = el("input", { type: "date", id: "clock-date" });
    this.reset = el("button", { type: "button", on: { click: () => this.#move(0) } },
      words.say("clock.reset"));
    const steps = STEPS.map((days) => el("button", { type: "button",
      on: { click: () => this.#move(this.offset + days * DAY_S) } }, this.#shift(days)));
    this.panel = el("div", { class: "panel clock-panel", role: "group",
      "aria-label": words.say("clock.heading") },
    el("p", {}, words.say("clock.explain")),
    el("div", { class: "steps" }, ...steps),
    el("form", { class: "jump", on: { submit: (/** @type {Event} */ event) => this.#jump(event) } },
      el("label", { for: "clock-date" }, words.say("clock.date")),
      this.date, el("button", { type: "submit" }, words.say("clock.go"))),
    this.reset);
    disclose(this.button, this.panel);
    this.node = el("div", { class: "clock" }, this.button, this.panel);
    this.timer = setInterval(() => this.#draw(), 20_000);
  }

  close() {
    clearInterval(this.timer);
  }

  /** @param {import("./types.js").Clock} clock */
  set(clock) {
    const moved = this.known && clock.offset_seconds !== this.offset;
    this.known = true;
    this.offset = clock.offset_seconds;
    this.#draw();
    if (!moved) return;
    const { words, dates, notices } = this.kit;
    notices.toast(words.say("clock.moved", { day: dates.day(this.#now()) }));
  }

  #now() {
    return new Date(Date.now() + this.offset * 1000);
  }

  /** @param {number} days */
  #shift(days) {
    const sign = days < 0 ? "−" : "+";
    return this.kit.words.count("clock.days", Math.abs(days), { sign });
  }

  #draw() {
    const { words, dates } = this.kit;
    const now = this.#now();
    const day = dates.day(now);
    const days = daysBetween(dates.key(new Date()), dates.key(now));
    const shift = days ? ` · ${this.#shift(days)}` : "";
    this.button.setAttribute("aria-label", words.say("clock.label", { day, shift }));
    this.button.classList.toggle("moved", days !== 0);
    this.button.replaceChildren(icon("clock"),
      el("span", { class: "wide" }, words.say("clock.today", { day })),
      el("span", { class: "tight" }, dates.brief(now)),
      days ? el("span", { class: "shift" }, this.#shift(days)) : "");
    this.reset.disabled = this.offset === 0;
    if (document.activeElement !== this.date) this.date.value = dates.key(now);
  }

  /** @param {number} offset */
  async #move(offset) {
    const clock = await this.kit.server.clock(offset).catch(() => null);
    if (clock && "offset_seconds" in clock) this.set(clock);
  }

  /** Same time of day, another day. @param {Event} event */
  #jump(event) {
    event.preventDefault();
    if (!this.date.value) return;
    const days = daysBetween(this.kit.dates.key(this.#now()), this.date.value);
    this.#move(this.offset + days * DAY_S);
  }
}
