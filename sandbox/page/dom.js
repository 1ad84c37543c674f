/**
 * Builds DOM nodes. Text only ever enters the page as text nodes, so nothing a bot or a person
 * writes can become markup.
 */

const SVG = "http://www.w3.org/2000/svg";

/**
 * An element of this tag. `props`: `class`, `data` (dataset), `on` (listeners by event name); a
 * boolean becomes a bare attribute or none; everything else is set as an attribute. Children are
 * nodes, strings, or arrays of them; null, undefined and false are left out.
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "on") listen(node, value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

function listen(node, listeners) {
  for (const [event, listener] of Object.entries(listeners)) node.addEventListener(event, listener);
}

/** A button that never submits a form by accident. */
export const button = (props, ...children) => el("button", { type: "button", ...props }, ...children);

const PATHS = {
  send: "M3.4 20.4 21 12 3.4 3.6 3.4 10.1 15 12 3.4 13.9z",
  attach: "M16.5 6.5v9a4.5 4.5 0 0 1-9 0V6a3 3 0 0 1 6 0v9a1.5 1.5 0 0 1-3 0V7",
  close: "M6 6l12 12M18 6 6 18",
  down: "M6 9.5l6 6 6-6",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  keyboard: "M3 6.5h18v11H3zM6.5 10h.01M10 10h.01M14 10h.01M17.5 10h.01M7.5 14h9",
  photo: "M3 5h18v14H3zM3 16l5-5 4 4 3-3 6 6M15.5 9h.01",
  video: "M3 6h12v12H3zM15 10l6-3v10l-6-3",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  voice: "M12 3.5a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0v-5a3 3 0 0 1 3-3zM5.5 11.5a6.5 6.5 0 0 0 13 0M12 18v3",
  album: "M3 3h11v11H3zM8 17.5V21h13V8h-3.5",
  place: "M12 21s-7-6.2-7-11.2a7 7 0 0 1 14 0C19 14.8 12 21 12 21zM12 12a2.3 2.3 0 1 0 0-4.6 2.3 2.3 0 0 0 0 4.6z",
  contact: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-4 3.7-6 7.5-6s6.9 2 7.5 6",
  sticker: "M4 4h16v9l-7 7H4zM20 13h-7v7M8.5 9h.01M14.5 9h.01",
  forward: "M13 6l7 6-7 6v-4C8 14 5.5 15.5 3.5 19c0-6 3-9 9.5-9z",
  reply: "M11 6l-7 6 7 6v-4c5 0 7.5 1.5 9.5 5 0-6-3-9-9.5-9z",
  edit: "M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19zM14.5 6l3.5 3.5",
  copy: "M8 8h12v12H8zM16 8V4H4v12h4",
  check: "M4.5 12.5l5 5 10-11",
  plus: "M12 5v14M5 12h14",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2.5v2M12 19.5v2M2.5 12h2M19.5 12h2M5.3 5.3l1.4 1.4M17.3 17.3l1.4 1.4M5.3 18.7l1.4-1.4M17.3 6.7l1.4-1.4",
  clock: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM12 7.5V12l3 2",
  bolt: "M13 3 5.5 13.5H11L10 21l8-11h-5.5z",
  ban: "M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17zM6 6l12 12",
  play: "M8 5.5v13l10.5-6.5z",
  pause: "M8 5.5v13M16 5.5v13",
  download: "M12 4v11M7 10.5l5 5 5-5M5 20h14",
  link: "M9 15 20 4M13 4h7v7",
  columns: "M3.5 5h17v14h-17zM9.2 5v14M14.8 5v14",
  lock: "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3",
  person: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.6-4 3.7-6 7.5-6s6.9 2 7.5 6",
  menu: "M4.5 7h15M4.5 12h15M4.5 17h15",
};

const SOLID = new Set(["send", "play"]);

/** A line drawing of 24 by 24, invisible to assistive technology. */
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", SOLID.has(name) ? "icon solid" : name === "more" ? "icon dots" : "icon");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

/** A round button with an icon; its name is read aloud and shown as a tooltip. */
export const iconButton = (name, label, props = {}) =>
  button({ ...props, class: `icon-button ${props.class || ""}`.trim(), "aria-label": label, title: label }, icon(name));
