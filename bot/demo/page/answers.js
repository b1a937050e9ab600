/**
 * Waits for the bot's answers to pressed buttons; an answer may come before one waits for it.
 */

const PATIENCE_MS = 15_000;

export class Answers {
  constructor() {
    this.waiting = /** @type {Map<string, () => void>} */ (new Map());
    this.early = /** @type {string[]} */ ([]);
  }

  /**
   * @param {string} query
   * @returns {Promise<boolean>} false: no answer came in time
   */
  wait(query) {
    if (this.early.includes(query)) return Promise.resolve(true);
    return new Promise((resolve) => {
      const timer = setTimeout(() => { this.waiting.delete(query); resolve(false); }, PATIENCE_MS);
      this.waiting.set(query, () => { clearTimeout(timer); resolve(true); });
    });
  }

  /** @param {string} query */
  arrived(query) {
    const done = this.waiting.get(query);
    this.waiting.delete(query);
    if (done) done();
    else this.early = [...this.early.slice(-49), query];
  }
}
