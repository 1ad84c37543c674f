/**
 * Telegram on your desk: the page that shows the sandbox's chats.
 *
 * Hooks that tests may rely on:
 *
 * [data-testid=person-picker]            the list of people
 *   [data-testid=person][data-person=ID]   opens that person's chat; [data-testid=unread] holds the count
 *   [data-testid=open-beside][data-person=ID], [data-testid=side-by-side], [data-testid=person-add]
 * [data-testid=pane][data-person=ID]     one chat; everything below is inside it
 *   [data-testid=message][data-message-id=N][data-from=bot|person]; an album is one message with
 *     [data-album], its parts are [data-message-id=N] within; [data-testid=edited] when edited
 *   [data-testid=inline-button][data-row][data-column], aria-busy while it waits for the answer
 *   [data-testid=reply-keyboard] [data-testid=reply-button]
 *   [data-testid=composer] [data-testid=send] [data-testid=attach] [data-testid=commands] [data-testid=command]
 *   [data-testid=start] [data-testid=unblock] [data-testid=to-bottom] [data-testid=pane-menu]
 *   [data-testid=toast] an answer to a tap, [data-testid=alert] one with show_alert, [data-testid=error]
 *   [data-testid=photo] [data-testid=document] [data-testid=location]
 *   [data-testid=attach-dialog] with file-input, sample, caption; dialog-yes confirms any dialog
 * [data-testid=menu]                     the open menu: attach-photo, attach-album, attach-video,
 *   attach-document, attach-voice, attach-location, attach-contact, attach-sticker, attach-forward,
 *   block, reply, edit, faults
 * [data-testid=lightbox]                 the enlarged photo
 * [data-testid=clock]                    <time datetime=UTC>; below 1180 px a click on it unfolds
 *   [data-testid=clock-hour|clock-day|clock-next-morning|clock-custom]
 * [data-testid=page-language], [data-testid=theme], [data-testid=more]
 * body[data-live=live|lost]              whether events are being received
 *
 * The address may say ?people=ID,ID,ID&lang=kk|ru&theme=light|dark.
 */

import { ClockBar } from "./clock.js";
import { Desk } from "./desk.js";
import { notice } from "./dialogs.js";
import { button, el, icon, iconButton } from "./dom.js";
import { askForFault } from "./faults.js";
import { Live } from "./live.js";
import { openMenu } from "./menu.js";
import { Pane } from "./pane.js";
import { Picker } from "./picker.js";
import { language, remember, remembered, say, setLanguage } from "./words.js";

const TWO_PANES = matchMedia("(min-width: 760px)");
const THREE_PANES = matchMedia("(min-width: 1100px)");
const SIDE_BY_SIDE = ["citizen", "operator", "bureau"];

class Page {
  #desk = new Desk();
  #panes = new Map();
  /** Ids of the people whose chats are open, from left to right. */
  #open = [];
  #active = null;

  constructor() {
    this.#furnish();
    for (const [type, draw] of [
      ["people", () => this.#peopleChanged()],
      ["chat", (event) => this.#chatChanged(event.detail)],
      ["clock", () => this.#clockMoved()],
      ["answer", (event) => this.#panes.get(event.detail.person)?.answer(event.detail)],
    ]) {
      this.#desk.addEventListener(type, draw);
    }
    for (const query of [TWO_PANES, THREE_PANES]) query.addEventListener?.("change", () => this.#arrange());
    document.addEventListener("visibilitychange", () => this.#panes.forEach((pane) => pane.draw()));
    setInterval(() => this.clock.draw(), 1000);
    new Live(this.#desk, (state) => this.#connection(state)).begin();
  }

  get #room() {
    return THREE_PANES.matches ? 3 : TWO_PANES.matches ? 2 : 1;
  }

  #furnish() {
    document.documentElement.lang = language();
    document.title = say("title");
    this.clock = new ClockBar(this.#desk);
    this.picker = new Picker(this.#desk, {
      open: (person) => this.#show(person),
      beside: (person) => this.#beside(person),
      three: () => this.#three(),
    });
    this.panes = el("main", { class: "panes" });
    document.body.replaceChildren(
      el("header", { class: "bar" }, this.#brand(), this.clock.element, this.#tools()),
      el("p", { class: "local-strip" }, icon("lock"), el("span", {}, say("local_short"))),
      el("div", { class: "desk" }, this.picker.element, this.panes),
      el("div", { class: "notices page-notices", role: "status", "aria-live": "polite" }),
      el("div", { class: "lost", role: "status" }, say("reconnecting")),
    );
  }

  #brand() {
    this.brand = el("h1", { class: "brand" }, el("span", { class: "brand-mark", "aria-hidden": "true" }), el("span", { class: "brand-name" }, this.#desk.bot.first_name), el("span", { class: "brand-what" }, say("title")));
    return this.brand;
  }

  #tools() {
    const other = language() === "kk" ? ["ru", "Русский", "РУС"] : ["kk", "Қазақша", "ҚАЗ"];
    this.themeButton = iconButton("moon", "", { data: { testid: "theme" }, on: { click: () => this.#turnTheme() } });
    this.#drawTheme();
    return el(
      "div",
      { class: "tools" },
      button({ class: "text-button", lang: other[0], title: other[1], "aria-label": other[1], data: { testid: "page-language" }, on: { click: () => this.#speak(other[0]) } }, other[2]),
      this.themeButton,
      iconButton("menu", say("more"), {
        "aria-haspopup": "menu",
        "aria-expanded": "false",
        data: { testid: "more" },
        on: { click: (event) => openMenu(event.currentTarget, [{ icon: "bolt", text: say("faults"), testid: "faults", on: askForFault }], { name: say("more") }) },
      }),
    );
  }

  #speak(code) {
    setLanguage(code);
    for (const pane of this.#panes.values()) pane.close();
    this.#panes.clear();
    this.#furnish();
    this.#arrange();
    document.querySelector(".text-button").focus();
  }

  #turnTheme() {
    const root = document.documentElement;
    root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark";
    remember("desk.theme", root.dataset.theme);
    this.#drawTheme();
  }

  #drawTheme() {
    const dark = document.documentElement.dataset.theme === "dark";
    const name = say(dark ? "theme_light" : "theme_dark");
    this.themeButton.replaceChildren(icon(dark ? "sun" : "moon"));
    this.themeButton.title = name;
    this.themeButton.setAttribute("aria-label", name);
  }

  #connection(state) {
    document.body.dataset.live = state === "lost" ? "lost" : "live";
    if (state === "restarted") notice(document.body, say("restarted"));
  }

  #peopleChanged() {
    this.brand.querySelector(".brand-name").textContent = this.#desk.bot.first_name;
    const known = this.#open.filter((id) => this.#desk.person(id));
    if (known.length !== this.#open.length || known.length === 0) {
      this.#open = known.length > 0 ? known : this.#first();
      this.#arrange();
      return;
    }
    for (const pane of this.#panes.values()) pane.draw();
    this.#drawPicker();
  }

  /** Whose chats to open first: those of the address, those of the last visit, or one of each kind. */
  #first() {
    const asked = new URLSearchParams(location.search).get("people") || remembered("desk.people") || "";
    const known = asked.split(",").map(Number).filter((id) => this.#desk.person(id)).slice(0, 3);
    return known.length > 0 ? known : this.#oneOfEach();
  }

  #oneOfEach() {
    const { people } = this.#desk;
    const chosen = SIDE_BY_SIDE.map((label) => people.find((person) => person.label === label)).filter(Boolean);
    return (chosen.length > 0 ? chosen : people.slice(0, 3)).map((person) => person.id);
  }

  #show(person) {
    if (!this.#open.includes(person)) {
      const at = Math.max(0, this.#open.indexOf(this.#active));
      this.#open.splice(at, 1, person);
    }
    this.#active = person;
    this.#arrange();
    // On a touch screen the keyboard would cover the chat that was just opened.
    if (matchMedia("(hover: hover)").matches) this.#panes.get(person)?.composer.focus();
  }

  #beside(person) {
    this.#open = [...this.#visible().filter((id) => id !== person), person].slice(-this.#room);
    this.#active = person;
    this.#arrange();
  }

  #three() {
    this.#open = this.#oneOfEach();
    [this.#active] = this.#open;
    this.#arrange();
  }

  #close(person) {
    this.#open = this.#open.filter((id) => id !== person);
    this.#arrange();
  }

  /** The open chats that there is room for; the active one is always among them. */
  #visible() {
    const room = this.#room;
    const at = Math.max(0, this.#open.indexOf(this.#active));
    const from = Math.max(0, Math.min(at - room + 1, this.#open.length - room));
    return this.#open.slice(from, from + room);
  }

  #arrange() {
    if (!this.#open.includes(this.#active)) [this.#active = null] = this.#open;
    const visible = this.#visible();
    for (const [person, pane] of this.#panes) {
      if (visible.includes(person)) continue;
      pane.close();
      this.#panes.delete(person);
    }
    visible.forEach((person, index) => this.#place(person, index));
    this.panes.dataset.count = visible.length;
    this.#drawPicker();
    if (!new URLSearchParams(location.search).has("people")) remember("desk.people", this.#open.join());
  }

  #place(person, index) {
    const known = this.#panes.get(person);
    const pane = known || new Pane(this.#desk, person, { close: (id) => this.#close(id), focus: (id) => this.#focus(id) });
    if (this.panes.children[index] !== pane.element) this.panes.insertBefore(pane.element, this.panes.children[index] || null);
    if (known) return;
    this.#panes.set(person, pane);
    pane.open();
  }

  #focus(person) {
    if (this.#active === person) return;
    this.#active = person;
    this.#drawPicker();
  }

  /** Yesterday's messages no longer stand under «today». */
  #clockMoved() {
    this.clock.draw();
    this.#panes.forEach((pane) => pane.draw());
  }

  #chatChanged(person) {
    this.#panes.get(person)?.draw();
    this.#drawPicker();
  }

  #drawPicker() {
    for (const [person, pane] of this.#panes) pane.element.classList.toggle("active", person === this.#active);
    this.picker.draw(this.#visible(), this.#active, this.#room > 1);
  }
}

new Page();
