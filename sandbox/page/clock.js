/** The sandbox's clock with the buttons that move it; folded into a menu where the window is narrow. */

import * as api from "./api.js";
import { ask, explain, field, notice, yesAndNo } from "./dialogs.js";
import { button, el, icon } from "./dom.js";
import { fromInput, fullDate, hours, toInput } from "./time.js";
import { say } from "./words.js";

const HOUR = 3600;
/** The same width as in desk.css. */
const FOLDED = matchMedia("(max-width: 1179px)");

export class ClockBar {
  #desk;

  constructor(desk) {
    this.#desk = desk;
    this.date = el("span", { class: "clock-date" });
    this.time = el("strong", { class: "clock-time" });
    const face = button(
      {
        class: "clock-face",
        "aria-expanded": "false",
        title: say("clock"),
        on: { click: () => this.#unfold() },
      },
      icon("clock"),
      el("time", { data: { testid: "clock" }, "aria-label": say("clock") }, this.time, this.date),
      el("span", { class: "clock-zone" }, say("clock_zone")),
    );
    this.face = face;
    this.moves = el(
      "div",
      { class: "clock-moves", role: "group", "aria-label": say("clock_menu") },
      this.#move("clock_hour", "clock-hour", { advance: HOUR }),
      this.#move("clock_day", "clock-day", { advance: 24 * HOUR }),
      this.#move("clock_morning", "clock-next-morning", { next_working_day: "08:30" }),
      button({ class: "chip", data: { testid: "clock-custom" }, on: { click: () => this.#custom() } }, say("clock_custom")),
    );
    this.element = el("div", { class: "clock" }, face, this.moves);
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.#fold());
    this.#fit();
    FOLDED.addEventListener?.("change", () => this.#fit());
    this.draw();
  }

  /** Where the buttons are in sight there is nothing to unfold, so the face takes no focus. */
  #fit() {
    this.face.tabIndex = FOLDED.matches ? 0 : -1;
  }

  draw() {
    const now = this.#desk.now();
    const shown = hours(now);
    if (this.time.textContent === shown && this.date.textContent === fullDate(now, now)) return;
    this.time.textContent = shown;
    this.date.textContent = fullDate(now, now);
    this.time.parentNode.setAttribute("datetime", new Date(now).toISOString());
  }

  #move(word, testid, change) {
    return button({ class: "chip", data: { testid }, on: { click: () => this.#go(change) } }, say(word));
  }

  async #go(change) {
    this.#fold();
    try {
      const clock = await api.moveClock(change);
      const now = Date.parse(clock.now);
      notice(document.body, say("clock_moved", { when: `${fullDate(now, now)}, ${hours(now)}` }));
    } catch (refusal) {
      explain(document.body, refusal);
    }
  }

  async #custom() {
    this.#fold();
    const now = toInput(this.#desk.now());
    const input = el("input", { type: "datetime-local", value: now, min: now, autofocus: true, data: { testid: "clock-input" } });
    const to = await ask(document.body, {
      title: say("clock_custom"),
      build: (done) => ({
        body: [field(say("clock_custom_ask"), input), el("p", { class: "note" }, say("clock_zone"))],
        actions: yesAndNo(done, say("clock_set"), () => input.value),
      }),
    });
    if (!to) return;
    const instant = fromInput(to);
    if (Date.parse(instant) > this.#desk.now()) await this.#go({ to: instant });
    else notice(document.body, say("clock_forward"), { testid: "error" });
  }

  #unfold() {
    const open = this.element.classList.toggle("open");
    this.face.setAttribute("aria-expanded", String(open));
    if (!open) return;
    const outside = (event) => {
      if (this.element.contains(event.target)) return;
      document.removeEventListener("pointerdown", outside, true);
      this.#fold();
    };
    document.addEventListener("pointerdown", outside, true);
  }

  #fold() {
    this.element.classList.remove("open");
    this.face.setAttribute("aria-expanded", "false");
  }
}
