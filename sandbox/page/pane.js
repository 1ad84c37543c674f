/** One chat with the bot as one person sees it: header, timeline, composer. */

import * as api from "./api.js";
import { askContact, askFiles, askForward, askLocation, attachItems, inventedNumber, kindOf } from "./attach.js";
import { Composer } from "./composer.js";
import { alert, confirm, explain, notice } from "./dialogs.js";
import { el, iconButton } from "./dom.js";
import { openMenu } from "./menu.js";
import { avatar, fullName, labelOf, languageBadge } from "./person.js";
import { Timeline } from "./timeline.js";
import { say, sayOr } from "./words.js";

export class Pane {
  #desk;
  #chat;
  #on;

  /** `on.close(person)` is called for the close button, `on.focus(person)` when the pane is used. */
  constructor(desk, person, on) {
    this.#desk = desk;
    this.person = person;
    this.#chat = desk.chat(person);
    this.#on = on;
    this.timeline = new Timeline(desk, person, {
      link: (url) => this.#link(url),
      command: (text) => this.#send({ text }),
      press: (message, key, row, column) => this.#press(message, key, row, column),
      pressed: (message, row, column) => this.#chat.pressed.has(`${message.message_id}:${row}:${column}`),
      menu: (message, anchor) => this.#messageMenu(message, anchor),
      jump: (messageId) => this.timeline.reveal(messageId),
    });
    this.composer = new Composer(this.#chat, {
      send: (text) => this.#send({ text }),
      edit: (message, text) => this.#try(api.edit(person, message.message_id, text)),
      start: () => this.#start(),
      unblock: () => this.#try(api.unblock(person)),
      attach: (anchor) => this.#attach(anchor),
      files: (files) => this.#files(kindOf(files), files),
      key: (key) => this.#replyKey(key),
    });
    this.#build();
  }

  #build() {
    const known = this.#desk.person(this.person);
    this.subtitle = el("span", { class: "pane-person" });
    this.header = el(
      "header",
      { class: "pane-header" },
      avatar(known),
      el("div", { class: "pane-names" }, el("div", { class: "pane-title" }, el("strong", { class: "pane-bot" }, known.channel ? fullName(known) : this.#desk.bot.first_name), languageBadge(known)), this.subtitle),
      iconButton("more", say("chat_menu"), {
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        data: { testid: "pane-menu" },
        on: { click: (event) => this.#menu(event.currentTarget) },
      }),
      iconButton("close", say("close_pane"), { class: "pane-close", on: { click: () => this.#on.close(this.person) } }),
    );
    this.about = el("span", {});
    this.empty = el("div", { class: "empty", hidden: true }, el("strong", {}, say("empty_title")), this.about);
    this.element = el(
      "section",
      {
        class: "pane",
        "aria-label": say("chat_with", { name: fullName(known) }),
        data: { testid: "pane", person: this.person },
        on: {
          focusin: () => this.#on.focus(this.person),
          pointerdown: () => this.#on.focus(this.person),
          dragover: (event) => event.preventDefault(),
          drop: (event) => this.#dropped(event),
        },
      },
      this.header,
      this.timeline.element,
      this.empty,
      this.composer.element,
      el("div", { class: "notices", role: "status", "aria-live": "polite" }),
    );
  }

  /** Loads the chat where it is not known yet, and draws it. */
  async open() {
    if (!this.#chat.loaded) {
      this.timeline.list.setAttribute("aria-busy", "true");
      await this.#try(this.#desk.open(this.person));
      this.timeline.list.removeAttribute("aria-busy");
    }
    this.draw();
    this.timeline.toBottom();
  }

  close() {
    this.timeline.close();
    this.element.remove();
  }

  draw() {
    const known = this.#desk.person(this.person);
    if (!known) return;
    const doing = this.#chat.action;
    this.subtitle.textContent = doing ? sayOr(`action_${doing}`, say("action_typing")) : [known.channel ? "" : fullName(known), labelOf(known)].filter(Boolean).join(" · ");
    this.subtitle.classList.toggle("doing", Boolean(doing));
    this.about.textContent = this.#chat.description || say("empty_text");
    this.empty.hidden = !this.#chat.loaded || this.#chat.messages.length > 0;
    this.timeline.draw();
    this.composer.draw(known);
  }

  /** Shows the bot's pop-up answer to a tap. */
  answer({ text, show_alert: asAlert, url }) {
    if (url) this.#link(url);
    if (!text) return;
    if (asAlert) alert(this.element, text);
    else notice(this.element, text);
  }

  async #try(request) {
    try {
      return await request;
    } catch (refusal) {
      explain(this.element, refusal);
      return null;
    }
  }

  async #send(content) {
    const replyTo = this.#chat.replyTo;
    this.#chat.replyTo = null;
    this.timeline.toBottom();
    const sent = await this.#try(api.send(this.person, replyTo ? { ...content, reply_to: replyTo } : content));
    if (!sent && content.text && !this.composer.input.value) {
      this.composer.input.value = content.text;
      this.#chat.draft = content.text;
    }
    this.#desk.changed(this.person);
  }

  #start(payload) {
    this.timeline.toBottom();
    return this.#try(api.start(this.person, payload));
  }

  #press(message, key, row, column) {
    if (key.url) this.#link(key.url);
    else if (key.copy_text) this.#copy(key.copy_text.text);
    else this.#try(this.#desk.press(this.person, message.message_id, row, column));
  }

  async #link(url) {
    const target = /^(?:https?:\/\/)?(?:t|telegram)\.me\/(\w+)(?:\?start=([\w-]*))?$/i.exec(url) || /^tg:\/\/resolve\?domain=(\w+)(?:&start=([\w-]*))?$/i.exec(url);
    if (target && target[1].toLowerCase() === this.#desk.bot.username.toLowerCase()) {
      await this.#start(target[2] || undefined);
      return;
    }
    if (!/^(https?|mailto|tel):/i.test(url)) return;
    if (await confirm(this.element, say("link_ask"), say("link_open"), url)) window.open(url, "_blank", "noopener,noreferrer");
  }

  async #copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      notice(this.element, say("copied"));
    } catch (refusal) {
      explain(this.element, refusal);
    }
  }

  #menu(anchor) {
    const known = this.#desk.person(this.person);
    const start = { icon: "play", text: "/start", on: () => this.#start() };
    const block = { icon: "ban", text: say("block"), testid: "block", danger: true, on: () => this.#try(api.block(this.person)) };
    const unblock = { icon: "check", text: say("unblock"), on: () => this.#try(api.unblock(this.person)) };
    if (known.channel) return;
    openMenu(anchor, known.blocked ? [unblock] : [start, block], { name: say("chat_menu") });
  }

  #messageMenu(message, anchor) {
    const text = message.text || message.caption;
    openMenu(
      anchor,
      [
        { icon: "reply", text: say("reply"), testid: "reply", on: () => this.#write("reply", message) },
        !message.outgoing && message.text && { icon: "edit", text: say("edit"), testid: "edit", on: () => this.#write("edit", message) },
        text && { icon: "copy", text: say("copy"), on: () => this.#copy(text) },
      ],
      { name: say("message_menu") },
    );
  }

  #write(how, message) {
    this.composer[how](message);
    this.#desk.changed(this.person);
  }

  #attach(anchor) {
    const with_ = (asked) => async () => {
      const content = await asked(this.element, this.person);
      if (content) await this.#send(content);
    };
    const items = attachItems({
      file: (kind) => this.#files(kind),
      location: with_(askLocation),
      contact: with_(askContact),
      forward: with_(askForward),
      sticker: () => this.#send({ sticker: true }),
    });
    openMenu(anchor, items, { name: say("attach") });
  }

  async #files(kind, given) {
    const chosen = await askFiles(this.element, kind, given);
    if (!chosen) return;
    this.timeline.toBottom();
    const replyTo = this.#chat.replyTo;
    this.#chat.replyTo = null;
    await this.#try(api.sendFiles(this.person, chosen.kind, chosen.files, chosen.caption, replyTo));
    this.#desk.changed(this.person);
  }

  #dropped(event) {
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    if (files.length > 0 && !this.composer.row.hidden) this.#files(kindOf(files), files);
  }

  async #replyKey(key) {
    if (key.request_location) {
      const content = await askLocation(this.element);
      if (content) await this.#send(content);
    } else if (key.request_contact) {
      const number = inventedNumber(this.person);
      const agreed = await confirm(this.element, say("phone_ask"), say("send"), `${number}. ${say("phone_invented")}`);
      if (agreed) await this.#send({ contact: { phone_number: number, own: true } });
    } else await this.#send({ text: key.text });
  }
}
