/**
 * Follows the sandbox's events and keeps the desk current. A broken connection is opened again
 * after the last event seen; when the sandbox itself was started anew, everything is loaded again.
 */

import * as api from "./api.js";

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;

export class Live {
  #desk;
  #show;
  #last = 0;
  #pause = FIRST_PAUSE;

  /** `show` is told "live", "lost" or "restarted". */
  constructor(desk, show) {
    this.#desk = desk;
    this.#show = show;
  }

  /** Loads the desk and begins to follow. Keeps trying while the sandbox is not there. */
  async begin() {
    try {
      this.#last = await api.lastEvent();
      await this.#desk.load();
      this.#follow();
    } catch {
      this.#show("lost");
      await this.#wait();
      await this.begin();
    }
  }

  #follow() {
    const source = new EventSource(`api/events?after=${this.#last}`);
    source.onopen = () => {
      this.#pause = FIRST_PAUSE;
      this.#show("live");
    };
    source.onmessage = (received) => this.#take(JSON.parse(received.data));
    source.onerror = () => {
      source.close();
      this.#recover();
    };
  }

  #take(event) {
    if (event.id <= this.#last) return;
    this.#last = event.id;
    this.#desk.apply(event);
  }

  async #recover() {
    this.#show("lost");
    await this.#wait();
    try {
      const newest = await api.lastEvent(this.#last);
      if (newest < this.#last) {
        this.#last = newest;
        this.#show("restarted");
      }
      await this.#desk.load({ chats: true });
      this.#follow();
    } catch {
      await this.#recover();
    }
  }

  #wait() {
    const pause = this.#pause;
    this.#pause = Math.min(pause * 2, LONGEST_PAUSE);
    return new Promise((resolve) => setTimeout(resolve, pause));
  }
}
