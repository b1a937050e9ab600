/**
 * A small menu beside the thing it belongs to: arrow keys, Enter, Esc, a press elsewhere.
 */
import { el } from "./dom.js";
import { icon } from "./icons.js";

/**
 * @param {HTMLElement} anchor gets the focus back
 * @param {string} label
 * @param {{icon: any, label: string, run: () => void}[]} items
 */
export function openMenu(anchor, label, items) {
  document.querySelector(".menu")?.remove();
  const menu = el("div", { class: "menu", role: "menu", "aria-label": label },
    ...items.map((item) => el("button", {
      role: "menuitem", type: "button", tabindex: -1,
      on: { click: () => { close(); item.run(); } },
    }, icon(item.icon), item.label)));
  const outside = (/** @type {PointerEvent} */ event) => {
    if (!menu.contains(event.target)) close();
  };
  const close = () => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    anchor.focus({ preventScroll: true });
  };
  menu.addEventListener("keydown", (/** @type {KeyboardEvent} */ event) => steer(event, menu, close));
  document.addEventListener("pointerdown", outside, true);
  document.body.append(menu);
  place(menu, anchor.querySelector(".bubble") ?? anchor);
  menu.firstElementChild?.focus();
}

/** @param {KeyboardEvent} event @param {HTMLElement} menu @param {() => void} close */
function steer(event, menu, close) {
  if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close();
    return;
  }
  const items = /** @type {HTMLElement[]} */ ([...menu.children]);
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  items[(to + items.length) % items.length].focus();
}

/** @param {HTMLElement} menu @param {Element} anchor */
function place(menu, anchor) {
  const at = anchor.getBoundingClientRect();
  const room = { width: document.documentElement.clientWidth, height: window.innerHeight };
  const left = Math.min(Math.max(8, at.left), room.width - menu.offsetWidth - 8);
  const below = at.bottom + 4 + menu.offsetHeight < room.height;
  const top = below ? at.bottom + 4 : Math.max(8, at.top - menu.offsetHeight - 4);
  menu.style.setProperty("left", `${left}px`);
  menu.style.setProperty("top", `${top}px`);
}
