/**
 * Where a person writes: text, the list of commands, replies and edits, the reply keyboard, START
 * for an empty chat and unblocking for a blocked bot.
 */

import { button, el, icon, iconButton } from "./dom.js";
import { replyKeyboard } from "./keyboards.js";
import { attachmentWord } from "./media.js";
import { language, say } from "./words.js";

const LONGEST_TEXT = 4096 * 4;

export class Composer {
  #chat;
  #acts;
  #suggested = [];
  #chosen = 0;
  #drawn = {};

  /** `acts`: send(text), edit(message, text), start(), unblock(), attach(anchor), files(files), key(key). */
  constructor(chat, acts) {
    this.#chat = chat;
    this.#acts = acts;
    const id = `suggestions-${Math.random().toString(36).slice(2)}`;
    this.#build(id);
    this.input.value = chat.draft;
  }

  #build(id) {
    this.input = el("textarea", {
      rows: 1,
      maxlength: LONGEST_TEXT,
      placeholder: say("message"),
      "aria-label": say("message"),
      "aria-controls": id,
      "aria-autocomplete": "list",
      enterkeyhint: "send",
      autocomplete: "off",
      data: { testid: "composer" },
      on: {
        input: () => this.#typed(),
        keydown: (event) => this.#key(event),
        paste: (event) => this.#pasted(event),
      },
    });
    this.list = el("div", { class: "suggestions", id, role: "listbox", "aria-label": say("commands"), hidden: true, data: { testid: "commands" } });
    this.banner = el("div", { class: "banner", hidden: true });
    this.sendButton = iconButton("send", say("send"), { class: "send", data: { testid: "send" }, on: { click: () => this.#submit() } });
    this.keysButton = iconButton("keyboard", say("keyboard_hide"), { class: "keys", hidden: true, on: { click: () => this.#toggleKeys() } });
    this.commandsButton = button({ class: "icon-button slash", "aria-label": say("commands"), title: say("commands"), on: { click: () => this.#slash() } }, "/");
    const attach = iconButton("attach", say("attach"), {
      "aria-haspopup": "menu",
      "aria-expanded": "false",
      data: { testid: "attach" },
      on: { click: (event) => this.#acts.attach(event.currentTarget) },
    });
    this.row = el("div", { class: "composer-row" }, attach, el("div", { class: "entry" }, this.input, this.commandsButton, this.keysButton), this.sendButton);
    this.wide = el("div", { class: "wide-action", hidden: true });
    this.keys = el("div", { class: "keys-holder", data: { testid: "reply-keyboard" }, hidden: true });
    this.element = el("div", { class: "composer" }, this.list, this.banner, this.row, this.wide, this.keys);
  }

  /** Shows what the chat and the person now allow. */
  draw(person) {
    this.#drawMode(person);
    this.#drawBanner();
    this.#drawKeys();
    this.commandsButton.hidden = this.#chat.commands.length === 0 || this.input.value !== "";
    this.#suggest();
  }

  focus() {
    if (!this.row.hidden) this.input.focus({ preventScroll: true });
  }

  /** Puts the message into the text area for editing. */
  edit(message) {
    this.#chat.editing = message.message_id;
    this.#chat.replyTo = null;
    this.input.value = message.text || message.caption || "";
    this.#typed();
    this.focus();
  }

  reply(message) {
    this.#chat.replyTo = message.message_id;
    this.#chat.editing = null;
    this.focus();
  }

  #drawMode(person) {
    const mode = person.blocked ? "unblock" : this.#chat.loaded && this.#chat.messages.length === 0 && !person.channel ? "start" : "write";
    const key = `${mode} ${language()}`;
    if (this.#drawn.mode === key) return;
    this.#drawn.mode = key;
    this.row.hidden = mode !== "write";
    this.wide.hidden = mode === "write";
    if (mode === "write") return;
    const on = mode === "start" ? this.#acts.start : this.#acts.unblock;
    this.wide.replaceChildren(button({ class: "primary", data: { testid: mode }, on: { click: on } }, say(mode)));
  }

  #drawBanner() {
    const message = this.#chat.find(this.#chat.editing ?? this.#chat.replyTo);
    this.banner.hidden = !message;
    if (!message) return;
    const editing = this.#chat.editing !== null;
    this.banner.replaceChildren(
      icon(editing ? "edit" : "reply"),
      el(
        "span",
        { class: "banner-text" },
        el("strong", {}, say(editing ? "editing" : "reply")),
        el("span", {}, message.text || message.caption || attachmentWord(message)),
      ),
      iconButton("close", say("cancel"), { on: { click: () => this.#leaveBanner() } }),
    );
  }

  #leaveBanner() {
    if (this.#chat.editing !== null) this.input.value = "";
    this.#chat.editing = null;
    this.#chat.replyTo = null;
    this.#typed();
    this.#drawBanner();
    this.focus();
  }

  #drawKeys() {
    const markup = this.#chat.keyboard?.keyboard ? this.#chat.keyboard : null;
    const hidden = !markup || this.#chat.keyboardHidden || this.row.hidden;
    this.keysButton.hidden = !markup;
    this.keysButton.title = say(hidden ? "keyboard_show" : "keyboard_hide");
    this.keysButton.setAttribute("aria-label", this.keysButton.title);
    this.keysButton.setAttribute("aria-expanded", String(!hidden));
    this.keys.hidden = hidden;
    this.input.placeholder = markup?.input_field_placeholder || say("message");
    if (this.#drawn.markup === markup) return;
    this.#drawn.markup = markup;
    this.keys.replaceChildren(...(markup ? [replyKeyboard(markup, (key) => this.#tapped(markup, key))] : []));
  }

  #tapped(markup, key) {
    if (markup.one_time_keyboard) {
      this.#chat.keyboardHidden = true;
      this.#drawKeys();
    }
    this.#acts.key(key);
  }

  #toggleKeys() {
    this.#chat.keyboardHidden = !this.#chat.keyboardHidden;
    this.#drawKeys();
  }

  #typed() {
    this.#chat.draft = this.#chat.editing === null ? this.input.value : "";
    this.input.style.height = "auto";
    this.input.style.height = `${Math.min(this.input.scrollHeight, 140)}px`;
    this.#chosen = 0;
    this.commandsButton.hidden = this.#chat.commands.length === 0 || this.input.value !== "";
    this.#suggest();
  }

  #suggest() {
    const typed = /^\/(\w*)$/.exec(this.input.value);
    this.#suggested = typed && !this.row.hidden ? this.#chat.commands.filter(({ command }) => command.startsWith(typed[1].toLowerCase())) : [];
    this.list.hidden = this.#suggested.length === 0;
    this.input.setAttribute("aria-expanded", String(!this.list.hidden));
    this.list.replaceChildren(...this.#suggested.map((command, index) => this.#option(command, index)));
    this.#mark();
  }

  #option({ command, description }, index) {
    return el(
      "div",
      {
        role: "option",
        id: `${this.list.id}-${index}`,
        data: { testid: "command" },
        on: {
          pointerdown: (event) => event.preventDefault(),
          click: () => this.#take(index),
        },
      },
      el("strong", {}, `/${command}`),
      el("span", {}, description),
    );
  }

  #mark() {
    [...this.list.children].forEach((option, index) => option.setAttribute("aria-selected", String(index === this.#chosen)));
    const marked = this.list.children[this.#chosen];
    if (marked) this.input.setAttribute("aria-activedescendant", marked.id);
    else this.input.removeAttribute("aria-activedescendant");
    if (marked && !this.list.hidden) {
      const { offsetTop, offsetHeight } = marked;
      if (offsetTop < this.list.scrollTop) this.list.scrollTop = offsetTop;
      else if (offsetTop + offsetHeight > this.list.scrollTop + this.list.clientHeight) this.list.scrollTop = offsetTop + offsetHeight - this.list.clientHeight;
    }
  }

  #take(index) {
    const { command } = this.#suggested[index];
    this.input.value = "";
    this.#typed();
    this.#acts.send(`/${command}`);
  }

  #slash() {
    this.input.value = "/";
    this.focus();
    this.#typed();
  }

  #key(event) {
    if (event.isComposing) return;
    if (this.#suggested.length > 0 && this.#steer(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      this.#submit();
    } else if (event.key === "Escape" && !this.banner.hidden) this.#leaveBanner();
    else if (event.key === "ArrowUp" && this.input.value === "") this.#editLast(event);
  }

  #steer(event) {
    const count = this.#suggested.length;
    const steps = { ArrowDown: 1, ArrowUp: count - 1 };
    if (event.key in steps) this.#chosen = (this.#chosen + steps[event.key]) % count;
    else if (event.key === "Enter" || event.key === "Tab") this.#take(this.#chosen);
    else if (event.key === "Escape") this.list.hidden = true;
    else return false;
    event.preventDefault();
    if (event.key === "Escape") this.#suggested = [];
    else this.#mark();
    return true;
  }

  #editLast(event) {
    const own = [...this.#chat.messages].reverse().find((message) => !message.outgoing && message.text);
    if (!own) return;
    event.preventDefault();
    this.edit(own);
    this.#drawBanner();
  }

  #pasted(event) {
    const files = [...(event.clipboardData?.files || [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.#acts.files(files);
  }

  #submit() {
    const text = this.input.value;
    if (text.trim() === "") return;
    const editing = this.#chat.find(this.#chat.editing);
    this.input.value = "";
    this.#chat.editing = null;
    this.#typed();
    this.#drawBanner();
    if (editing) this.#acts.edit(editing, text);
    else this.#acts.send(text);
    this.focus();
  }
}
