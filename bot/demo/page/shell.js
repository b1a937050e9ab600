/**
 * The page as a whole: head, banner and one to three views side by side.
 */
import { ClockControl } from "./clockcontrol.js";
import { el } from "./dom.js";
import { icon } from "./icons.js";
import { Pane } from "./pane.js";
import { settings } from "./settings.js";
import { hearKeys } from "./shortcuts.js";

const MOST_PANES = 3;
const PANE_PX = 400;

export class Shell {
  /**
   * @param {import("./types.js").Kit} kit
   * @param {import("./types.js").State} state
   * @param {(language: string) => void} speak
   */
  constructor(kit, state, speak) {
    this.kit = kit;
    this.people = state.people;
    this.panes = /** @type {Pane[]} */ ([]);
    const { words } = kit;
    this.clock = new ClockControl(kit);
    this.beside = el("button", { class: "beside", type: "button",
      title: words.say("settings.beside.more"), on: { click: () => this.#addPane(this.#nextPerson()) } },
    icon("columns"), el("span", {}, words.say("settings.beside")));
    this.main = el("main", { class: "panes", "aria-label": words.say("page.main") });
    this.node = el("div", { class: "shell" },
      el("a", { class: "skip", href: "#", on: { click: (/** @type {Event} */ event) => this.#skip(event) } },
        words.say("page.skip")),
      el("header", { class: "top" },
        el("h1", {}, words.say("page.brand"), el("span", { class: "demo" }, words.say("page.demo"))),
        this.clock.node, el("div", { class: "top-end" }, this.beside, settings(kit, speak))),
      this.main, kit.notices.node, kit.notices.status);
    this.unhear = hearKeys(kit);
    this.width = new ResizeObserver(() => this.#tidy());
    this.width.observe(this.main);
  }

  /** Opens the views of last time, at first that of the first person. */
  async open() {
    const known = new Set(this.people.map((one) => one.id));
    const kept = (this.kit.notes.get("tab", "places") ?? [])
      .filter((/** @type {import("./pane.js").Where} */ where) => known.has(where.person));
    const first = { person: this.people[0].id, chat: null, thread: null };
    for (const where of kept.length ? kept : [first]) await this.#add(where);
  }

  close() {
    this.unhear();
    this.width.disconnect();
    this.clock.close();
    for (const pane of this.panes) pane.close();
    this.node.remove();
  }

  /** @param {import("./pane.js").Where} where */
  async #add(where) {
    const pane = new Pane(this.kit, where, {
      clock: (clock) => this.clock.set(clock),
      lost: (times) => this.lost(times),
      back: () => this.lost(0),
      moved: () => this.#keepPlaces(),
      leave: this.panes.length ? () => this.#drop(pane) : null,
    });
    this.panes.push(pane);
    this.main.append(pane.node);
    this.#tidy();
    await pane.begin();
  }

  /** @param {number} person */
  async #addPane(person) {
    await this.#add({ person, chat: null, thread: null });
    this.panes.at(-1)?.talk?.composer?.field.focus();
  }

  /** @param {Pane} pane */
  #drop(pane) {
    pane.close();
    this.panes = this.panes.filter((one) => one !== pane);
    this.#tidy();
    this.#keepPlaces();
    this.beside.focus();
  }

  /** Somebody whose view is not open yet. */
  #nextPerson() {
    const shown = new Set(this.panes.map((pane) => pane.where.person));
    return (this.people.find((one) => !shown.has(one.id)) ?? this.people[0]).id;
  }

  #tidy() {
    const count = this.panes.length;
    const room = this.main.clientWidth >= PANE_PX * (count + 1);
    this.beside.hidden = !room || count >= Math.min(MOST_PANES, this.people.length);
    this.main.dataset.count = String(count);
  }

  #keepPlaces() {
    this.kit.notes.set("tab", "places", this.panes.map((pane) => pane.where));
  }

  /** @param {Event} event */
  #skip(event) {
    event.preventDefault();
    this.panes[0]?.talk?.composer?.field.focus();
  }

  /** The events broke off; set by main. @type {(times: number) => void} */
  lost = () => {};
}
