/**
 * Builds elements. Text only ever enters as text nodes; no string becomes markup here.
 */

/**
 * @param {string} tag
 * @param {Record<string, any>} [props] attributes; `on` holds listeners, `data` the dataset;
 *   true gives an empty attribute, false, null and undefined none
 * @param {...(Node | string | null | undefined | false)} children
 * @returns {any} an element; `any` because the tag decides its type
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "data") {
      Object.assign(node.dataset, value);
    } else if (value !== false && value !== null && value !== undefined) {
      node.setAttribute(name, value === true ? "" : String(value));
    }
  }
  node.append(...children.filter((child) => child || child === ""));
  return node;
}

/** Text for screen readers only. @param {string} text */
export function hidden(text) {
  return el("span", { class: "unseen" }, text);
}

/**
 * Opens and closes `panel` by `button`; Esc and a press elsewhere close it.
 * @param {HTMLElement} button
 * @param {HTMLElement} panel
 */
export function disclose(button, panel) {
  const set = (/** @type {boolean} */ open) => {
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  };
  set(false);
  button.addEventListener("click", () => set(Boolean(panel.hidden)));
  document.addEventListener("pointerdown", (event) => {
    const target = /** @type {Node} */ (event.target);
    if (!panel.hidden && !panel.contains(target) && !button.contains(target)) set(false);
  });
  for (const part of [button, panel]) {
    part.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || panel.hidden) return;
      event.stopPropagation();
      set(false);
      button.focus();
    });
  }
  return { close: () => set(false) };
}
