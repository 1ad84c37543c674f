/** The list of people: a column on wide windows, a strip of faces on narrow ones. */

import * as api from "./api.js";
import { ask, explain, field, yesAndNo } from "./dialogs.js";
import { button, el, icon, iconButton } from "./dom.js";
import { attachmentWord } from "./media.js";
import { aboutOf, avatar, fullName, labelOf } from "./person.js";
import { say } from "./words.js";

export class Picker {
  #desk;
  #on;
  #rows = new Map();
  #shown = null;

  /** `on`: open(person), beside(person), three(). */
  constructor(desk, on) {
    this.#desk = desk;
    this.#on = on;
    this.list = el("ul", { class: "people-list" });
    this.element = el(
      "nav",
      { class: "people", "aria-label": say("people"), data: { testid: "person-picker" } },
      el(
        "div",
        { class: "people-head" },
        el("h2", {}, say("people")),
        iconButton("columns", say("side_by_side"), { class: "three", data: { testid: "side-by-side" }, on: { click: on.three } }),
        iconButton("plus", say("person_add"), { data: { testid: "person-add" }, on: { click: () => this.#add() } }),
      ),
      this.list,
      el("p", { class: "local-only" }, icon("lock"), el("span", {}, say("local_only"))),
    );
  }

  /** Draws the people whose line changed; `open` have chats on the desk, `active` is in use. */
  draw(open, active, room) {
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset : null;
    const rows = this.#desk.people.map((person) => {
      const { unread, last } = this.#desk.chat(person.id);
      const look = JSON.stringify([person, unread, last?.message_id, last?.edit_date, open.includes(person.id), person.id === active, room]);
      const known = this.#rows.get(person.id);
      const row = known?.look === look ? known.row : this.#row(person, open, active, room);
      this.#rows.set(person.id, { look, row });
      return row;
    });
    if (rows.length === this.list.children.length && rows.every((row, index) => row === this.list.children[index])) return;
    const { scrollLeft, scrollTop } = this.list;
    this.list.replaceChildren(...rows);
    this.list.scrollTo(scrollLeft, scrollTop);
    this.#bringIntoView(active);
    if (!focused) return;
    this.list.querySelector(`button[data-testid="${focused.testid}"][data-person="${focused.person}"]`)?.focus({ preventScroll: true });
  }

  /** Scrolls to the person whose chat has just come into use. */
  #bringIntoView(active) {
    if (active === this.#shown) return;
    this.#shown = active;
    this.list.querySelector(".active")?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  #row(person, open, active, room) {
    const { unread, last } = this.#desk.chat(person.id);
    const name = fullName(person);
    const isOpen = open.includes(person.id);
    const beside = room && !isOpen;
    return el(
      "li",
      { class: `${isOpen ? "open" : ""}${person.id === active ? " active" : ""}` },
      button(
        {
          class: "person",
          "aria-current": isOpen ? "true" : null,
          "aria-label": [say("open_chat", { name }), labelOf(person), unread && say("unread", { n: unread })].filter(Boolean).join(", "),
          title: aboutOf(person) || name,
          data: { testid: "person", person: person.id },
          on: { click: () => this.#on.open(person.id) },
        },
        avatar(person),
        el(
          "span",
          { class: "person-text" },
          el("span", { class: "person-name" }, name),
          el("span", { class: "person-line" }, last ? last.text || last.caption || attachmentWord(last) : labelOf(person)),
        ),
        el("span", { class: "short-name" }, person.first_name),
        el("span", { class: "badge", data: { testid: "unread" } }, unread ? (unread > 99 ? "99+" : `${unread}`) : ""),
      ),
      beside &&
        iconButton("columns", say("open_beside", { name }), {
          class: "beside",
          data: { testid: "open-beside", person: person.id },
          on: { click: () => this.#on.beside(person.id) },
        }),
    );
  }

  async #add() {
    const person = await ask(document.body, { title: say("person_add"), testid: "person-dialog", build: form });
    if (!person) return;
    try {
      const added = await api.addPerson(person);
      await this.#desk.load();
      this.#on.open(added.id);
    } catch (refusal) {
      explain(document.body, refusal);
    }
  }
}

function form(done) {
  const first = el("input", { type: "text", maxlength: 64, required: true, autofocus: true, autocomplete: "off", data: { testid: "first-name" } });
  const last = el("input", { type: "text", maxlength: 64, autocomplete: "off" });
  const code = el("select", {}, el("option", { value: "kk" }, "Қазақша"), el("option", { value: "ru" }, "Русский"), el("option", { value: "en" }, "English"));
  const label = el("select", {}, ["citizen", "operator", "bureau"].map((name) => el("option", { value: name }, say(`label_${name}`))));
  const [no, yes] = yesAndNo(done, say("add"), () => ({
    first_name: first.value.trim(),
    ...(last.value.trim() ? { last_name: last.value.trim() } : {}),
    language_code: code.value,
    label: label.value,
  }));
  const fit = () => {
    yes.disabled = first.value.trim() === "";
  };
  first.addEventListener("input", fit);
  fit();
  return {
    body: [
      el("div", { class: "two" }, field(say("first_name"), first), field(say("last_name"), last)),
      el("div", { class: "two" }, field(say("person_language"), code), field(say("person_label"), label)),
    ],
    actions: [no, yes],
  };
}
