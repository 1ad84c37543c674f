/**
 * The scrolling list of one chat. It redraws only what changed, stays at the bottom while the
 * reader is there, and otherwise offers a button with the number of unread messages.
 */

import { bubble } from "./bubble.js";
import { button, el, icon } from "./dom.js";
import { day, sameDay } from "./time.js";
import { language, say } from "./words.js";

const NEAR_BOTTOM = 60;
const WINDOW = 120;
const RUN_SECONDS = 600;

export class Timeline {
  #desk;
  #person;
  #act;
  #drawn = new Map();
  #atBottom = true;
  #shown = WINDOW;

  constructor(desk, person, act) {
    this.#desk = desk;
    this.#person = person;
    this.#act = act;
    const name = desk.person(person)?.first_name;
    this.list = el("div", { class: "list", role: "log", "aria-live": "polite", "aria-relevant": "additions", "aria-label": say("messages", { name }) });
    this.scroller = el("div", { class: "scroller", tabindex: "0", "aria-label": say("messages", { name }) }, this.list);
    this.badge = el("span", { class: "badge" });
    this.jump = button(
      { class: "to-bottom", hidden: true, "aria-label": say("to_bottom"), title: say("to_bottom"), data: { testid: "to-bottom" }, on: { click: () => this.toBottom(true) } },
      icon("down"),
      this.badge,
    );
    this.element = el("div", { class: "timeline" }, this.scroller, this.jump);
    this.scroller.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    this.list.addEventListener("contextmenu", (event) => this.#contextMenu(event));
    this.#resized = new ResizeObserver(() => this.#atBottom && this.toBottom());
    this.#resized.observe(this.scroller);
    this.#resized.observe(this.list);
  }

  #resized;

  close() {
    this.#resized.disconnect();
  }

  /** Scrolls to the newest message. */
  toBottom(smooth = false) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    this.#atBottom = true;
    this.scroller.scrollTo({ top: this.scroller.scrollHeight, behavior: smooth && !calm ? "smooth" : "instant" });
    this.#offer();
  }

  /** Brings the message into view and marks it for a moment. */
  reveal(messageId) {
    const found = this.list.querySelector(`[data-message-id="${messageId}"]`);
    if (!found) return;
    found.scrollIntoView({ block: "center" });
    found.classList.add("marked");
    setTimeout(() => found.classList.remove("marked"), 1500);
  }

  draw() {
    const focused = this.#focus();
    const before = this.#drawn;
    this.#drawn = new Map();
    let cursor = this.list.firstChild;
    for (const item of this.#items()) {
      const known = before.get(item.key);
      const same = known && known.on.length === item.on.length && known.on.every((value, index) => value === item.on[index]);
      const node = same ? known.node : item.build();
      this.#drawn.set(item.key, { node, on: item.on });
      if (node === cursor) cursor = cursor.nextSibling;
      else {
        this.list.insertBefore(node, cursor);
        if (known && !same) {
          if (known.node === cursor) cursor = cursor.nextSibling;
          known.node.remove();
        }
      }
    }
    while (cursor) {
      const next = cursor.nextSibling;
      cursor.remove();
      cursor = next;
    }
    for (const [key, { node }] of before) if (!this.#drawn.has(key)) node.remove();
    this.#restore(focused);
    if (this.#atBottom) this.toBottom();
    else this.#offer();
  }

  #items() {
    const chat = this.#desk.chat(this.#person);
    const all = groups(chat.messages);
    const from = Math.max(0, all.length - this.#shown);
    const items = from > 0 ? [this.#earlier()] : [];
    for (let index = from; index < all.length; index += 1) {
      const group = all[index];
      const at = group[0].date * 1000;
      const previous = index > 0 ? all[index - 1][0] : null;
      if (index === from || !sameDay(previous.date * 1000, at)) items.push(this.#day(at));
      items.push(this.#message(group, previous, all[index + 1]?.[0], chat));
    }
    return items;
  }

  #day(at) {
    const text = day(at, this.#desk.now());
    return { key: `day ${Math.floor(at / 3600000)}`, on: [text], build: () => el("div", { class: "day" }, el("span", {}, text)) };
  }

  #earlier() {
    const more = () => {
      const below = this.scroller.scrollHeight - this.scroller.scrollTop;
      this.#shown += WINDOW;
      this.draw();
      this.scroller.scrollTop = this.scroller.scrollHeight - below;
    };
    return { key: "earlier", on: [language()], build: () => button({ class: "earlier", on: { click: more } }, say("earlier")) };
  }

  #message(group, previous, next, chat) {
    const message = group[group.length - 1];
    const look = {
      first: !continues(previous, group[0]),
      last: !continues(message, next),
      read: message.message_id <= chat.seenByBot,
    };
    const waiting = [...chat.pressed].filter((key) => key.startsWith(`${message.message_id}:`)).join();
    return {
      key: group[0].message_id,
      on: [...group, look.first, look.last, look.read || message.outgoing, waiting],
      build: () => bubble(group, look, this.#act),
    };
  }

  #scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.scroller;
    this.#atBottom = scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM;
    this.#offer();
  }

  #offer() {
    const { unread } = this.#desk.chat(this.#person);
    this.jump.hidden = this.#atBottom;
    this.badge.textContent = unread || "";
    if (this.#atBottom && !document.hidden && unread) this.#desk.seen(this.#person);
  }

  #contextMenu(event) {
    const message = event.target.closest(".message");
    if (!message || getSelection().toString() || event.target.closest("a, img, video")) return;
    event.preventDefault();
    message.querySelector(".more").click();
  }

  #focus() {
    const { activeElement } = document;
    if (!this.list.contains(activeElement)) return null;
    const { row, column } = activeElement.dataset;
    return { message: activeElement.closest(".message")?.dataset.messageId, row, column, element: activeElement };
  }

  #restore(focused) {
    if (!focused || focused.element.isConnected) return;
    const message = this.list.querySelector(`.message[data-message-id="${focused.message}"]`);
    const key = message?.querySelector(`[data-row="${focused.row}"][data-column="${focused.column}"]`);
    (key || message || this.scroller).focus({ preventScroll: true });
  }
}

/** Messages with albums put together. */
function groups(messages) {
  const out = [];
  for (const message of messages) {
    const last = out[out.length - 1];
    const joins = last && message.media_group_id && last[0].media_group_id === message.media_group_id;
    if (joins) last.push(message);
    else out.push([message]);
  }
  return out;
}

function continues(one, next) {
  if (!one || !next) return false;
  const near = Math.abs(next.date - one.date) < RUN_SECONDS && sameDay(one.date * 1000, next.date * 1000);
  return near && one.outgoing === next.outgoing && !one.reply_markup?.inline_keyboard;
}
