/**
 * The server-sent events of one person. Comes back by itself after a break and then asks for a
 * fresh look, since events of the meantime are lost.
 */

const KINDS = ["message", "edit", "delete", "action", "answer", "commands", "clock", "reset"];
const WAITS_MS = [300, 700, 1500, 3000, 5000];

export class Stream {
  /**
   * @param {number} person
   * @param {{event: (kind: string, data: any) => void, again: () => void,
   *   lost: (times: number) => void}} to
   */
  constructor(person, to) {
    this.person = person;
    this.to = to;
    this.breaks = 0;
    this.timer = 0;
    /** Once events flow: what is fetched from then on misses nothing. */
    this.flowing = new Promise((resolve) => { this.flows = resolve; });
    this.#open();
  }

  close() {
    clearTimeout(this.timer);
    this.source.close();
  }

  #open() {
    this.source = new EventSource(`/demo/events?person=${this.person}`);
    this.source.onopen = () => {
      this.flows?.(null);
      const returned = this.breaks > 0;
      this.breaks = 0;
      if (returned) this.to.again();
    };
    this.source.onerror = () => this.#broken();
    for (const kind of KINDS) {
      this.source.addEventListener(kind, (event) => this.to.event(kind, JSON.parse(event.data)));
    }
  }

  #broken() {
    this.source.close();
    const wait = WAITS_MS[Math.min(this.breaks, WAITS_MS.length - 1)];
    this.breaks += 1;
    this.to.lost(this.breaks);
    this.timer = window.setTimeout(() => this.#open(), wait);
  }
}
