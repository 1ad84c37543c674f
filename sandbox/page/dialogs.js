/** Dialogs and short notices. Those of a chat stay inside its pane, so that the others remain usable. */

import { button, el, iconButton } from "./dom.js";
import { say } from "./words.js";

const NOTICE_MILLISECONDS = 3500;

/** Shows a line for a few seconds inside `host`, which has a `.notices` region. */
export function notice(host, text, { testid = "toast" } = {}) {
  const region = host.querySelector(":scope > .notices");
  const line = el("div", { class: "notice", data: { testid } }, text);
  region.replaceChildren(line);
  setTimeout(() => line.remove(), NOTICE_MILLISECONDS + text.length * 40);
}

/** Shows why a request failed. */
export function explain(host, refusal) {
  notice(host, refusal.status === 0 ? say("unreachable") : say("failed", { why: refusal.message }), { testid: "error" });
}

/**
 * Opens a dialog in `host` (a pane, or `document.body` for the whole page) and resolves with what
 * `done(value)` was given; null when it was dismissed. `build(done)` returns `{ body, actions }`.
 */
export function ask(host, { title, text, testid = "dialog", role, build, className = "" }) {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const wholePage = host === document.body;
    const label = `dialog-${Math.random().toString(36).slice(2)}`;
    const frame = el("dialog", {
      class: `dialog ${wholePage ? "" : "in-pane"} ${className}`,
      role,
      "aria-modal": wholePage ? null : "true",
      "aria-labelledby": title || text ? label : null,
      data: { testid },
    });
    const done = (value = null) => {
      frame.remove();
      if (before?.isConnected) before.focus({ preventScroll: true });
      resolve(value);
    };
    const { body = [], actions = [] } = build(done);
    const card = el(
      "form",
      { class: "card", method: "dialog", novalidate: true },
      title && el("h2", { id: label }, title),
      text && el("p", { id: title ? null : label, class: "dialog-text" }, text),
      body,
      actions.length > 0 && el("div", { class: "dialog-actions" }, actions),
    );
    card.addEventListener("submit", (event) => {
      event.preventDefault();
      card.querySelector("[data-default]")?.click();
    });
    frame.append(card);
    frame.addEventListener("cancel", () => done());
    frame.addEventListener("click", (event) => event.target === frame && done());
    frame.addEventListener("keydown", (event) => keepInside(event, frame, done));
    host.append(frame);
    if (wholePage) frame.showModal();
    else frame.show();
    (frame.querySelector("[autofocus]") || frame.querySelector("[data-default]") || frame.querySelector("button"))?.focus();
  });
}

function keepInside(event, frame, done) {
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    done();
  }
  if (event.key !== "Tab") return;
  const stops = [...frame.querySelectorAll("button, input, select, textarea, a[href]")].filter((stop) => !stop.disabled);
  const edge = event.shiftKey ? stops[0] : stops[stops.length - 1];
  if (document.activeElement !== edge) return;
  event.preventDefault();
  stops[event.shiftKey ? stops.length - 1 : 0].focus();
}

/** The dialog's two usual buttons. `value()` is what the dialog resolves with. */
export const yesAndNo = (done, yes, value = () => true) => [
  button({ class: "plain", on: { click: () => done() } }, say("cancel")),
  button({ class: "primary", data: { default: "", testid: "dialog-yes" }, on: { click: () => done(value()) } }, yes),
];

/** Telegram's pop-up answer with `show_alert`. */
export const alert = (host, text) =>
  ask(host, {
    text,
    testid: "alert",
    role: "alertdialog",
    build: (done) => ({
      actions: [button({ class: "primary", data: { default: "" }, on: { click: () => done(true) } }, say("ok"))],
    }),
  });

export const confirm = (host, text, yes, note) =>
  ask(host, {
    text,
    build: (done) => ({ body: note ? [el("p", { class: "note" }, note)] : [], actions: yesAndNo(done, yes) }),
  });

/** A labelled form field. */
export const field = (label, control) => el("label", { class: "field" }, el("span", {}, label), control);

/** The photo, as large as the window. */
export const enlarge = (source, name) =>
  ask(document.body, {
    testid: "lightbox",
    className: "lightbox",
    build: (done) => ({
      body: [
        el("img", { src: source, alt: name, on: { click: () => done() } }),
        iconButton("close", say("close"), { on: { click: () => done() } }),
      ],
    }),
  });
