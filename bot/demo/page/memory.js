/**
 * What the browser keeps: settings for good, drafts and the place for this tab. A browser that
 * forbids storage costs comfort, never function.
 */

export class Memory {
  /** @param {Storage | null} lasting @param {Storage | null} passing */
  constructor(lasting, passing) {
    this.stores = { setting: lasting, tab: passing };
    this.spare = new Map();
  }

  /**
   * @param {"setting" | "tab"} kind
   * @param {string} name
   * @returns {any} what was kept, or null
   */
  get(kind, name) {
    const key = `kimbot.${name}`;
    try {
      return JSON.parse(this.stores[kind]?.getItem(key) ?? "null") ?? this.spare.get(key) ?? null;
    } catch {
      return this.spare.get(key) ?? null;
    }
  }

  /**
   * @param {"setting" | "tab"} kind
   * @param {string} name
   * @param {any} value null forgets
   */
  set(kind, name, value) {
    const key = `kimbot.${name}`;
    this.spare.delete(key);
    try {
      if (value === null) this.stores[kind]?.removeItem(key);
      else this.stores[kind]?.setItem(key, JSON.stringify(value));
    } catch {
      this.spare.set(key, value);
    }
  }
}

/** @returns {Memory} on the browser's storage, as far as it lets us */
export function remember() {
  const reach = (/** @type {() => Storage} */ open) => {
    try {
      return open();
    } catch {
      return null;
    }
  };
  return new Memory(reach(() => localStorage), reach(() => sessionStorage));
}
