/**
 * Text with Telegram's entities as DOM nodes. Offsets and lengths count UTF-16 code units, which
 * is how JavaScript counts too. Entities nest; one that would cross its parent's end is cut there.
 */

import { button, el } from "./dom.js";
import { say } from "./words.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
};
const LINKS = {
  url: (text) => (/^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${text}`),
  email: (text) => `mailto:${text}`,
  phone_number: (text) => `tel:${text.replace(/[^+\d]/g, "")}`,
  mention: (text) => `https://t.me/${text.slice(1)}`,
  text_link: (_, entity) => entity.url,
};
const BLOCKS = ["blockquote", "expandable_blockquote", "pre"];
const COLLAPSED_LENGTH = 160;

/**
 * Nodes for the text. `act.link(url)` is called for a tapped link, `act.command(text)` for a
 * tapped command.
 */
export function richText(text, entities = [], act) {
  const ordered = [...entities].sort((one, other) => one.offset - other.offset || other.length - one.length);
  return nodes(text, ordered, 0, text.length, act);
}

function nodes(text, entities, from, to, act) {
  const out = [];
  let at = from;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const start = Math.max(entity.offset, at);
    const end = Math.min(entity.offset + entity.length, to);
    index += 1;
    if (start >= end) continue;
    if (start > at) out.push(text.slice(at, start));
    const inner = [];
    while (index < entities.length && entities[index].offset < end) {
      inner.push(entities[index]);
      index += 1;
    }
    out.push(wrap(entity, text.slice(start, end), nodes(text, inner, start, end, act), act));
    // What reached past this entity goes on after it.
    entities = [...entities.slice(0, index), ...inner.filter((one) => one.offset + one.length > end), ...entities.slice(index)];
    // A block ends its own line.
    at = BLOCKS.includes(entity.type) && text[end] === "\n" ? end + 1 : end;
  }
  if (at < to) out.push(text.slice(at, to));
  return out;
}

function wrap(entity, text, children, act) {
  const { type } = entity;
  if (type in TAGS) return el(TAGS[type], {}, children);
  if (type in LINKS) return link(LINKS[type](text, entity), children, act);
  if (type === "bot_command") return tappable("command", children, () => act.command(text));
  if (type === "spoiler") return spoiler(children);
  if (type === "blockquote") return el("blockquote", {}, children);
  if (type === "expandable_blockquote") return expandable(text, children);
  if (type === "pre") return pre(entity, children);
  if (type === "hashtag" || type === "cashtag" || type === "text_mention") return el("span", { class: "tag" }, children);
  return el("span", {}, children);
}

const tappable = (name, children, on) => button({ class: `inline-link ${name}`, on: { click: on } }, children);

function link(url, children, act) {
  return el(
    "a",
    {
      href: /^(https?|mailto|tel|tg):/i.test(url) ? url : "#",
      rel: "noopener noreferrer",
      on: {
        click: (event) => {
          event.preventDefault();
          act.link(url);
        },
      },
    },
    children,
  );
}

function spoiler(children) {
  const hidden = el("span", { class: "spoiler-text" }, children);
  const cover = el("span", { class: "spoiler", role: "button", tabindex: "0", "aria-label": say("spoiler") }, hidden);
  const open = (event) => {
    if (event.type === "keydown" && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    cover.classList.add("open");
    for (const name of ["role", "tabindex", "aria-label"]) cover.removeAttribute(name);
    cover.removeEventListener("click", open, true);
    cover.removeEventListener("keydown", open, true);
  };
  cover.addEventListener("click", open, true);
  cover.addEventListener("keydown", open, true);
  return cover;
}

function expandable(text, children) {
  const quote = el("blockquote", { class: "expandable" }, el("div", { class: "quoted" }, children));
  const lines = text.split("\n").length;
  if (lines <= 3 && text.length < COLLAPSED_LENGTH) return quote;
  const toggle = button({ class: "expand", "aria-expanded": "false" }, say("expand"));
  toggle.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = say(open ? "collapse" : "expand");
  });
  quote.append(toggle);
  return quote;
}

function pre(entity, children) {
  const block = el("pre", {}, el("code", {}, children));
  if (entity.language) block.dataset.language = entity.language;
  return block;
}
