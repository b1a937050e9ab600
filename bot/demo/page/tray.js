/**
 * Files waiting to be sent: chosen, dropped or pasted.
 */
import { el } from "./dom.js";
import { icon } from "./icons.js";

export class Tray {
  /** @param {import("./types.js").Kit} kit @param {() => void} changed */
  constructor(kit, changed) {
    this.kit = kit;
    this.changed = changed;
    this.files = /** @type {File[]} */ ([]);
    this.node = el("ul", { class: "tray", hidden: true,
      "aria-label": kit.words.say("composer.files") });
  }

  /** @param {Iterable<File>} files */
  add(files) {
    this.files.push(...files);
    this.#draw();
  }

  /** Hands the files over and is empty. @returns {File[]} */
  take() {
    const files = this.files;
    this.files = [];
    this.#draw();
    return files;
  }

  #draw() {
    const { words, dates } = this.kit;
    this.node.hidden = !this.files.length;
    this.node.replaceChildren(...this.files.map((file) => el("li", {},
      el("bdi", {}, file.name), el("span", {}, dates.size(file.size)),
      el("button", { class: "round", type: "button",
        "aria-label": words.say("composer.remove", { name: file.name }),
        on: { click: () => this.#remove(file) } }, icon("remove")))));
    this.changed();
  }

  /** @param {File} file */
  #remove(file) {
    this.files = this.files.filter((one) => one !== file);
    this.#draw();
  }
}

/**
 * Takes files that are dropped on `area` or pasted into it.
 * @param {HTMLElement} area
 * @param {(files: File[]) => void} take
 */
export function takeFiles(area, take) {
  const holds = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes("Files");
  let depth = 0;
  const mark = (/** @type {number} */ step) => {
    depth = Math.max(0, depth + step);
    area.classList.toggle("dropping", depth > 0);
  };
  area.addEventListener("dragenter", (event) => { if (holds(event)) mark(1); });
  area.addEventListener("dragleave", (event) => { if (holds(event)) mark(-1); });
  area.addEventListener("dragover", (event) => { if (holds(event)) event.preventDefault(); });
  area.addEventListener("drop", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    mark(-depth);
    take([...(event.dataTransfer?.files ?? [])]);
  });
  area.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    take(files);
  });
}
