/**
 * Everything the page knows: the bot, the people, their chats and the clock, kept current by the
 * sandbox's events. Emits `people`, `chat` (detail: person id), `clock`, `answer`, `link`.
 */

import * as api from "./api.js";

const ACTION_SECONDS = 5;

/** One person's chat with the bot. `messages` is sorted by message id. */
class Chat {
  messages = [];
  commands = [];
  keyboard = null;
  /** What the bot says of itself in an empty chat. */
  description = "";
  /** What the bot is doing right now ("typing"), or null. */
  action = null;
  loaded = false;
  unread = 0;
  /** The newest of the person's messages that the bot has certainly seen. */
  seenByBot = 0;
  draft = "";
  replyTo = null;
  editing = null;
  keyboardHidden = false;
  /** Inline buttons waiting for an answer: "message:row:column". */
  pressed = new Set();

  /** Adds or replaces a message, unless a newer state of it is known; true when it is new. */
  put(message) {
    let at = this.messages.length;
    while (at > 0 && this.messages[at - 1].message_id >= message.message_id) at -= 1;
    const known = this.messages[at];
    const isNew = known?.message_id !== message.message_id;
    if (isNew || !(known.event > message.event)) this.messages.splice(at, isNew ? 0 : 1, message);
    return isNew;
  }

  drop(messageId) {
    this.messages = this.messages.filter((message) => message.message_id !== messageId);
  }

  find(messageId) {
    return this.messages.find((message) => message.message_id === messageId);
  }

  get last() {
    return this.messages[this.messages.length - 1];
  }
}

/** A channel stands in the list like a person: whoever writes there posts in its name. */
const asPerson = (chat) => ({ id: chat.id, first_name: chat.title, label: "channel", started: true, channel: true });

export class Desk extends EventTarget {
  bot = { id: 0, username: "", first_name: "" };
  people = [];
  #chats = new Map();
  #ahead = 0;
  #answers = new Map();
  #waiting = new Map();
  #actionTimers = new Map();
  #commandsTimer = 0;

  chat(person) {
    if (!this.#chats.has(person)) this.#chats.set(person, new Chat());
    return this.#chats.get(person);
  }

  person(id) {
    return this.people.find((person) => person.id === id);
  }

  /** The sandbox's time, in milliseconds since 1970. */
  now() {
    return Date.now() + this.#ahead;
  }

  /** Loads bot, people and clock; with `chats`, also every chat that was open before. */
  async load({ chats = false } = {}) {
    const state = await api.state();
    this.bot = state.bot;
    this.people = [...state.people, ...(state.chats || []).filter((chat) => chat.type === "channel").map(asPerson)];
    this.#setClock(state.clock);
    if (chats) await this.#reload();
    this.#emit("people");
  }

  async #reload() {
    for (const id of this.#chats.keys()) if (!this.person(id)) this.#chats.delete(id);
    const open = [...this.#chats.keys()].filter((id) => this.chat(id).loaded);
    await Promise.all(open.map((id) => this.open(id)));
  }

  /** Loads one chat from the sandbox, whatever was known of it. */
  async open(person) {
    const known = await api.chat(person);
    const chat = this.chat(person);
    chat.messages = [...known.messages].sort((one, other) => one.message_id - other.message_id);
    chat.commands = known.commands || [];
    chat.keyboard = known.reply_keyboard;
    chat.description = known.description || "";
    chat.loaded = true;
    chat.seenByBot = Math.max(0, ...chat.messages.filter((message) => message.outgoing).map((message) => message.message_id));
    this.changed(person);
  }

  /** Takes one event of the sandbox into the state. Applying it twice changes nothing. */
  apply(event) {
    const handle = EVENTS[event.type];
    if (handle) handle(this, { ...event, person: event.person ?? event.chat });
  }

  changed(person) {
    this.#emit("chat", person);
  }

  seen(person) {
    const chat = this.chat(person);
    if (!chat.unread) return;
    chat.unread = 0;
    this.changed(person);
  }

  received(event) {
    const chat = this.chat(event.person);
    const fresh = chat.put(event.message);
    if (event.message.outgoing) {
      if (fresh) chat.unread += 1;
      this.#botActed(event.person);
      this.#endAction(event.person);
    }
    this.changed(event.person);
  }

  edited(event) {
    this.chat(event.person).put(event.message);
    if (event.message.outgoing) this.#botActed(event.person);
    this.changed(event.person);
  }

  deleted(event) {
    const chat = this.chat(event.person);
    for (const id of [event.message_id, ...(event.message_ids || [])]) chat.drop(id);
    this.changed(event.person);
  }

  acted(event) {
    const chat = this.chat(event.person);
    chat.action = event.action || "typing";
    clearTimeout(this.#actionTimers.get(event.person));
    this.#actionTimers.set(event.person, setTimeout(() => this.#endAction(event.person), ACTION_SECONDS * 1000));
    this.#botActed(event.person);
    this.changed(event.person);
  }

  keyboardChanged(event) {
    const chat = this.chat(event.person);
    chat.keyboard = event.reply_keyboard;
    chat.keyboardHidden = false;
    this.changed(event.person);
  }

  /** A bot sets its commands in a dozen calls when it starts: they are read once, after the last. */
  commandsChanged() {
    clearTimeout(this.#commandsTimer);
    this.#commandsTimer = setTimeout(() => this.#reload(), 300);
  }

  clockMoved(event) {
    this.#setClock(event.clock || event);
  }

  /** Presses an inline button; resolves when the bot has answered or 15 seconds have passed. */
  async press(person, messageId, row, column) {
    const chat = this.chat(person);
    const key = `${messageId}:${row}:${column}`;
    if (chat.pressed.has(key)) return;
    chat.pressed.add(key);
    this.changed(person);
    try {
      const { callback_id: callback } = await api.press(person, { message_id: messageId, row, column });
      await this.#answered(callback);
    } finally {
      chat.pressed.delete(key);
      this.changed(person);
    }
  }

  answered(event) {
    this.#botActed(event.person);
    this.#answers.set(event.callback_id, true);
    this.#waiting.get(event.callback_id)?.();
    this.#emit("answer", event);
    if (this.#answers.size > 500) this.#answers.delete(this.#answers.keys().next().value);
  }

  #answered(callback) {
    // The answer often arrives before the request that caused it has returned.
    if (this.#answers.has(callback)) return Promise.resolve();
    return new Promise((resolve) => {
      const done = () => {
        clearTimeout(patience);
        this.#waiting.delete(callback);
        resolve();
      };
      const patience = setTimeout(done, 15000);
      this.#waiting.set(callback, done);
    });
  }

  #botActed(person) {
    const chat = this.chat(person);
    chat.seenByBot = Math.max(chat.seenByBot, chat.last?.message_id || 0);
  }

  #endAction(person) {
    clearTimeout(this.#actionTimers.get(person));
    if (!this.chat(person).action) return;
    this.chat(person).action = null;
    this.changed(person);
  }

  #setClock(clock) {
    this.#ahead = Date.parse(clock.now) - Date.now();
    this.#emit("clock", clock);
  }

  #emit(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { detail }));
  }
}

const EVENTS = {
  message: (desk, event) => desk.received(event),
  edit: (desk, event) => desk.edited(event),
  delete: (desk, event) => desk.deleted(event),
  answer: (desk, event) => desk.answered(event),
  action: (desk, event) => desk.acted(event),
  keyboard: (desk, event) => desk.keyboardChanged(event),
  clock: (desk, event) => desk.clockMoved(event),
  commands: (desk) => desk.commandsChanged(),
  person: (desk) => desk.load(),
};
