/**
 * Keyboard ways through many messages: one row takes part in the Tab order, arrow keys move on.
 * Buttons of the newest rows stay in the Tab order, those of older rows join when one goes there,
 * so that Tab does not walk through a year of cards.
 */

const TABBED_ROWS = 12;
const CONTROLS = "a[href], button:not(.more), pre[tabindex]";

export class Roving {
  /**
   * @param {HTMLElement} log
   * @param {(id: number) => void} menu asked for by Enter or the menu key on a row
   */
  constructor(log, menu) {
    this.log = log;
    this.menu = menu;
    this.current = /** @type {HTMLElement | null} */ (null);
    log.addEventListener("focusin", (event) => this.#enter(event));
    log.addEventListener("keydown", (event) => this.#key(event));
    log.addEventListener("contextmenu", (event) => this.#context(event));
  }

  /** After all rows were laid anew. */
  renew() {
    const rows = /** @type {HTMLElement[]} */ ([...this.log.querySelectorAll(".row")]);
    for (const row of rows.slice(0, -TABBED_ROWS)) reach(row, false);
    this.current = null;
    this.#choose(rows.at(-1) ?? null);
  }

  /** After one row was added at the end. */
  added() {
    let row = /** @type {Element | null} */ (this.log.lastElementChild);
    if (!this.current?.contains(document.activeElement)) this.#choose(/** @type {any} */ (row));
    for (let steps = 0; row && steps < TABBED_ROWS; steps += 1) row = row.previousElementSibling;
    if (row instanceof HTMLElement && row !== this.current) reach(row, false);
  }

  /** After a row was drawn anew. @param {HTMLElement} row */
  refresh(row) {
    row.tabIndex = row === this.current ? 0 : -1;
    if (row !== this.current && !this.#recent(row)) reach(row, false);
  }

  /** Before a row goes away. @param {HTMLElement} row */
  leave(row) {
    const next = beside(row, "nextElementSibling") ?? beside(row, "previousElementSibling");
    if (row === this.current) this.#choose(next);
    if (row.contains(document.activeElement)) next?.focus({ preventScroll: true });
  }

  /** @param {HTMLElement | null} row */
  #choose(row) {
    if (this.current && this.current !== row) {
      this.current.tabIndex = -1;
      if (!this.#recent(this.current)) reach(this.current, false);
    }
    this.current = row;
    if (!row) return;
    row.tabIndex = 0;
    reach(row, true);
  }

  /** @param {HTMLElement} row */
  #recent(row) {
    let last = /** @type {Element | null} */ (this.log.lastElementChild);
    for (let steps = 0; last && steps < TABBED_ROWS; steps += 1) {
      if (last === row) return true;
      last = last.previousElementSibling;
    }
    return false;
  }

  #enter(/** @type {FocusEvent} */ event) {
    const row = rowOf(event.target);
    if (row && row !== this.current) this.#choose(row);
  }

  #key(/** @type {KeyboardEvent} */ event) {
    const row = rowOf(event.target);
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" && event.target === row) return this.#open(row, event);
    const to = goal(event.key, row, this.log);
    if (!to) return;
    event.preventDefault();
    to.focus();
    to.scrollIntoView({ block: "nearest" });
  }

  #context(/** @type {MouseEvent} */ event) {
    const row = rowOf(event.target);
    const plain = event.target instanceof Element && !event.target.closest("a, img");
    if (row && plain && !String(getSelection())) this.#open(row, event);
  }

  /** @param {HTMLElement} row @param {Event} event */
  #open(row, event) {
    event.preventDefault();
    this.menu(Number(row.dataset.id));
  }
}

/** @param {string} key @param {HTMLElement} row @param {HTMLElement} log */
function goal(key, row, log) {
  const all = log.getElementsByClassName("row");
  switch (key) {
    case "ArrowUp": return beside(row, "previousElementSibling");
    case "ArrowDown": return beside(row, "nextElementSibling");
    case "Home": return /** @type {HTMLElement} */ (all[0]);
    case "End": return /** @type {HTMLElement} */ (all[all.length - 1]);
    default: return null;
  }
}

/** @param {HTMLElement} row @param {"nextElementSibling" | "previousElementSibling"} way */
function beside(row, way) {
  let node = row[way];
  while (node && !node.matches(".row")) node = node[way];
  return /** @type {HTMLElement | null} */ (node);
}

/** @param {EventTarget | null} target @returns {HTMLElement | null} */
function rowOf(target) {
  return target instanceof Element ? target.closest(".row") : null;
}

/** @param {HTMLElement} row @param {boolean} tabbed */
function reach(row, tabbed) {
  for (const control of row.querySelectorAll(CONTROLS)) {
    if (tabbed) control.removeAttribute("tabindex");
    else control.setAttribute("tabindex", "-1");
  }
}
