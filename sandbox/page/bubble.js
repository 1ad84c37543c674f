/** One message, or one album, as a bubble. */

import { el, icon, iconButton } from "./dom.js";
import { inlineKeyboard } from "./keyboards.js";
import { albumGrid, attachment, attachmentWord, fillsBubble } from "./media.js";
import { richText } from "./richtext.js";
import { hours } from "./time.js";
import { say } from "./words.js";

const EMOJI_ONLY = /^(?:\p{Extended_Pictographic}(?:\uFE0F|\u200D|\p{Emoji_Modifier}|\p{Extended_Pictographic})*\s*){1,3}$/u;

/**
 * The bubble of `messages` (one message, or the parts of an album). `look`: `first` and `last` of
 * a run by one author, `read` (the bot has seen it). `act`: `link`, `command`, `press`, `pressed`,
 * `menu(message, anchor)`, `jump(messageId)`.
 */
export function bubble(messages, look, act) {
  const message = messages[messages.length - 1];
  const worded = messages.find((part) => part.text || part.caption) || message;
  const text = worded.text || worded.caption || "";
  const inner = el("div", { class: classes(messages, text) });
  inner.append(...[forwarded(message), quoted(messages[0], act), body(messages)].filter(Boolean));
  const about = meta(message, look, messages.some((part) => part.edit_date));
  const isTextBubble = text !== "";
  if (isTextBubble) {
    const entities = worded.entities || worded.caption_entities;
    inner.append(el("div", { class: "text", dir: "auto" }, richText(text, entities, act), about));
  } else inner.append(about);
  const keyed = messages.find((part) => part.reply_markup?.inline_keyboard?.length);
  return el(
    "article",
    {
      class: `message ${message.outgoing ? "in" : "out"}${keyed ? " keyed" : ""}${look.first ? " first" : ""}${look.last ? " last" : ""}`,
      tabindex: "-1",
      data: {
        testid: "message",
        messageId: message.message_id,
        from: message.outgoing ? "bot" : "person",
        ...(message.media_group_id ? { album: message.media_group_id } : {}),
      },
    },
    el("div", { class: "line" }, inner, moreButton(worded, act)),
    keyed && inlineKeyboard(keyed, (row, column) => act.pressed(keyed, row, column), (key, row, column) => act.press(keyed, key, row, column)),
  );
}

function classes(messages, text) {
  const names = ["bubble"];
  const [message] = messages;
  if (messages.every(fillsBubble)) names.push("filled", text ? "captioned" : "bare");
  if (message.sticker || (message.text && !message.entities?.length && EMOJI_ONLY.test(text))) names.push("big");
  return names.join(" ");
}

function body(messages) {
  if (messages.length === 1) return attachment(messages[0]) || service(messages[0]);
  if (messages.every((part) => part.photo || part.video)) return albumGrid(messages);
  return el(
    "div",
    { class: "stack" },
    messages.map((part) => el("div", { data: { messageId: part.message_id } }, attachment(part))),
  );
}

const service = (message) => (message.text ? null : el("div", { class: "service" }, say("service")));

function forwarded(message) {
  const origin = message.forward_origin;
  if (!origin) return null;
  const person = origin.sender_user || origin.sender_chat || origin.chat;
  const name = origin.sender_user_name || person?.title || [person?.first_name, person?.last_name].filter(Boolean).join(" ") || say("someone");
  return el("div", { class: "forwarded" }, say("forwarded", { name }));
}

function quoted(message, act) {
  const to = message.reply_to_message;
  if (!to) return null;
  return el(
    "button",
    { type: "button", class: "quoted-message", on: { click: () => act.jump(to.message_id) } },
    to.text || to.caption || attachmentWord(to) || say("message"),
  );
}

function meta(message, look, edited) {
  const parts = [];
  if (edited) parts.push(el("span", { data: { testid: "edited" } }, say("edited")));
  parts.push(el("time", { datetime: new Date(message.date * 1000).toISOString() }, hours(message.date * 1000)));
  if (!message.outgoing) parts.push(ticks(look.read));
  return el("span", { class: "meta" }, parts);
}

const ticks = (read) =>
  el("span", { class: `ticks${read ? " read" : ""}`, role: "img", "aria-label": say(read ? "read" : "sent") }, icon("check"), read && icon("check"));

const moreButton = (message, act) =>
  iconButton("more", say("message_menu"), {
    class: "more",
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    on: { click: (event) => act.menu(message, event.currentTarget) },
  });
