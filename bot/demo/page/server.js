/**
 * Talks to the local server's control API. Knows no element; tells `watch` whether the server
 * can be reached.
 */

/** The server cannot be reached. */
export class GoneError extends Error {}

/** The server said no; the message is its reason. */
export class RefusedError extends Error {}

const PATIENCE_MS = 20_000;

export class Server {
  /** @param {(reachable: boolean) => void} watch called after each request */
  constructor(watch) {
    this.watch = watch;
  }

  /** @param {number} [person] @returns {Promise<import("./types.js").State>} */
  state(person) {
    return this.#call(`/demo/state${person === undefined ? "" : `?person=${person}`}`);
  }

  /**
   * @param {number} person
   * @param {number} chat
   * @param {number | null} thread
   * @returns {Promise<import("./types.js").Message[]>}
   */
  async messages(person, chat, thread) {
    const query = new URLSearchParams({ person: String(person), chat: String(chat) });
    if (thread !== null) query.set("thread", String(thread));
    return (await this.#call(`/demo/messages?${query}`)).messages;
  }

  /**
   * Counts a chat as read. Asking for messages does that; topic −1 has none to send.
   * @param {number} person
   * @param {number} chat
   */
  async read(person, chat) {
    await this.messages(person, chat, -1);
  }

  /** @param {number} person @param {number} chat */
  async commands(person, chat) {
    return (await this.#call(`/demo/commands?person=${person}&chat=${chat}`)).commands;
  }

  /** @param {Record<string, any>} what person, chat, text, and thread, reply_to where they apply */
  async send(what) {
    return (await this.#post("/demo/send", what)).messages;
  }

  /** @param {Record<string, any>} what person, chat, message, data @returns {Promise<string>} */
  async press(what) {
    return String((await this.#post("/demo/press", what)).query);
  }

  /** @param {Record<string, any>} what person, chat, message, text */
  edit(what) {
    return this.#post("/demo/edit", what);
  }

  /** @param {Record<string, any>} where person, chat, thread, caption @param {File} file */
  async upload(where, file) {
    const form = new FormData();
    for (const [name, value] of Object.entries(where)) {
      if (value !== null && value !== undefined && value !== "") form.set(name, String(value));
    }
    form.set("file", file, file.name);
    return (await this.#call("/demo/upload", { method: "POST", body: form })).messages;
  }

  /** @param {number} person @param {boolean} blocked */
  block(person, blocked) {
    return this.#post("/demo/block", { person, blocked });
  }

  /** @param {number} seconds the clock's distance from real time */
  clock(seconds) {
    return this.#post("/demo/clock", { offset_seconds: seconds });
  }

  /** @param {string} path @param {Record<string, any>} what */
  #post(path, what) {
    const body = JSON.stringify(Object.fromEntries(
      Object.entries(what).filter(([, value]) => value !== null && value !== undefined)));
    const headers = { "Content-Type": "application/json" };
    return this.#call(path, { method: "POST", body, headers });
  }

  /** @param {string} path @param {RequestInit} [options] @returns {Promise<any>} */
  async #call(path, options = {}) {
    let response;
    try {
      const signal = AbortSignal.timeout(PATIENCE_MS);
      response = await fetch(path, { cache: "no-store", signal, ...options });
    } catch (problem) {
      this.watch(false);
      throw new GoneError(String(problem));
    }
    this.watch(true);
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) throw new RefusedError(reason(answer) ?? `${response.status}`);
    return answer;
  }
}

/** @param {any} answer */
function reason(answer) {
  return answer.error ?? answer.description ?? answer.message ?? null;
}
