/** Inline keyboards under a message and reply keyboards under the composer. */

import { button, el, icon } from "./dom.js";

/**
 * The inline keyboard of a message. `pressed(row, column)` tells whether the button is waiting for
 * its answer; `on(button, row, column)` is called for a tap.
 */
export const inlineKeyboard = (message, pressed, on) =>
  el(
    "div",
    { class: "inline-keyboard" },
    message.reply_markup.inline_keyboard.map((row, y) =>
      el(
        "div",
        { class: "keyboard-row" },
        row.map((key, x) => inlineButton(key, y, x, pressed(y, x), on)),
      ),
    ),
  );

function inlineButton(key, row, column, waiting, on) {
  const mark = key.url || key.web_app || key.login_url ? "link" : key.copy_text ? "copy" : null;
  return button(
    {
      class: `inline-button${waiting ? " waiting" : ""}${key.style ? ` ${key.style}` : ""}`,
      "aria-busy": waiting ? "true" : null,
      data: { testid: "inline-button", row, column },
      on: { click: () => on(key, row, column) },
    },
    el("span", {}, key.text),
    mark && icon(mark),
  );
}

/** The reply keyboard; `on(key)` is called for a tap, a key being `{ text, request_contact?, … }`. */
export const replyKeyboard = (markup, on) =>
  el(
    "div",
    { class: `reply-keyboard${markup.resize_keyboard ? "" : " tall"}` },
    markup.keyboard.map((row) =>
      el(
        "div",
        { class: "keyboard-row" },
        row.map((raw) => {
          const key = typeof raw === "string" ? { text: raw } : raw;
          return button(
            { class: `reply-button${key.style ? ` ${key.style}` : ""}`, data: { testid: "reply-button" }, on: { click: () => on(key) } },
            key.text,
          );
        }),
      ),
    ),
  );
