/** What a message can carry besides text. Pictures reserve their space, so nothing moves when they load. */

import { fileUrl } from "./api.js";
import { enlarge } from "./dialogs.js";
import { button, el, icon } from "./dom.js";
import { nearest, placeName } from "./places.js";
import { duration, size } from "./time.js";
import { say } from "./words.js";

/** The message's attachment as a node, or null. */
export function attachment(message) {
  for (const [kind, show] of SHOWN) if (message[kind]) return show(message[kind], message);
  return null;
}

/** A word for the attachment in quotes and lists, or "". */
export function attachmentWord(message) {
  const known = ["photo", "video", "voice", "audio", "sticker", "location", "contact", "poll"];
  const kind = known.find((name) => message[name]);
  if (kind) return say(kind);
  return message.document ? message.document.file_name || say("file") : "";
}

/** True when the attachment fills the bubble to its edges. */
export const fillsBubble = (message) => Boolean(message.photo || message.video || message.animation || message.location);

/** Several photos and videos as one grid. */
export const albumGrid = (messages) =>
  el(
    "div",
    { class: `album count-${Math.min(messages.length, 10)}` },
    messages.map((message) => {
      const tile = attachment(message);
      tile.dataset.messageId = message.message_id;
      return tile;
    }),
  );

function photo(sizes, message) {
  const largest = sizes[sizes.length - 1];
  const source = fileUrl(largest.file_id);
  const image = el("img", {
    src: source,
    alt: message.caption || say("photo"),
    width: largest.width,
    height: largest.height,
    decoding: "async",
  });
  const frame = button(
    {
      class: `photo${message.has_media_spoiler ? " veiled" : ""}`,
      "aria-label": say("photo_enlarge"),
      data: { testid: "photo" },
      on: {
        click: () => {
          if (frame.classList.contains("veiled")) frame.classList.remove("veiled");
          else enlarge(source, message.caption || say("photo"));
        },
      },
    },
    image,
  );
  shape(frame, largest.width, largest.height);
  return frame;
}

function shape(frame, width, height) {
  const ratio = Math.min(2.2, Math.max(0.7, (width || 4) / (height || 3)));
  frame.style.setProperty("--ratio", ratio);
}

function video(file) {
  const frame = el("div", { class: "video" });
  frame.append(
    el("video", { src: fileUrl(file.file_id), controls: true, preload: "metadata", playsinline: true, "aria-label": file.file_name || say("video") }),
  );
  shape(frame, file.width, file.height);
  return frame;
}

const videoNote = (file) =>
  el("div", { class: "video round" }, el("video", { src: fileUrl(file.file_id), controls: true, preload: "metadata", "aria-label": say("video") }));

function sound(file, name) {
  const player = el("audio", { src: fileUrl(file.file_id), preload: "none" });
  const along = el("input", { type: "range", min: 0, max: 1000, value: 0, "aria-label": say("position") });
  const clock = el("span", { class: "small" }, duration(file.duration || 0));
  const toggle = button({ class: "round-action", "aria-label": `${say("play")}: ${name}` }, icon("play"));
  const total = () => (Number.isFinite(player.duration) && player.duration ? player.duration : file.duration || 1);
  const drawn = () => {
    along.value = (player.currentTime / total()) * 1000;
    along.style.setProperty("--done", `${along.value / 10}%`);
    clock.textContent = duration(player.currentTime || file.duration || 0);
  };
  const turned = () => {
    toggle.replaceChildren(icon(player.paused ? "play" : "pause"));
    toggle.setAttribute("aria-label", `${say(player.paused ? "play" : "pause")}: ${name}`);
  };
  toggle.addEventListener("click", () => (player.paused ? player.play().catch(turned) : player.pause()));
  along.addEventListener("input", () => {
    player.currentTime = (along.value / 1000) * total();
  });
  player.addEventListener("timeupdate", drawn);
  for (const event of ["play", "pause", "ended"]) player.addEventListener(event, turned);
  const detail = file.file_size ? el("span", { class: "small" }, `\u00a0· ${size(file.file_size)}`) : null;
  return el(
    "div",
    { class: "row-attachment sound" },
    player,
    toggle,
    el("div", { class: "row-text" }, el("div", { class: "file-name" }, name), along, el("div", {}, clock, detail)),
  );
}

function documentRow(file) {
  const name = file.file_name || say("file");
  const ending = name.includes(".") ? name.split(".").pop().slice(0, 4) : "";
  return el(
    "a",
    {
      class: "row-attachment document",
      href: fileUrl(file.file_id),
      download: name,
      "aria-label": say("download", { name }),
      data: { testid: "document" },
    },
    el("span", { class: "round-action" }, ending ? el("span", { class: "ending" }, ending) : icon("file"), icon("download")),
    el(
      "span",
      { class: "row-text" },
      el("span", { class: "file-name" }, name),
      el("span", { class: "small" }, file.file_size ? size(file.file_size) : ""),
    ),
  );
}

const sticker = (file) => el("div", { class: "sticker", role: "img", "aria-label": say("sticker") }, file.emoji || say("sticker"));

function location({ latitude, longitude }, venue) {
  const city = nearest(latitude, longitude);
  const where = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
  return el(
    "div",
    { class: "location", data: { testid: "location" } },
    el("div", { class: "ground", "aria-hidden": "true" }, icon("place")),
    el(
      "div",
      { class: "location-text" },
      venue && el("strong", {}, venue.title),
      venue && el("span", {}, venue.address),
      el("span", {}, where),
      city && !venue && el("span", { class: "small" }, say("near", { city: placeName(city) })),
    ),
  );
}

const contact = (card) =>
  el(
    "div",
    { class: "row-attachment contact" },
    el("span", { class: "round-action" }, icon("person")),
    el(
      "span",
      { class: "row-text" },
      el("span", { class: "file-name" }, [card.first_name, card.last_name].filter(Boolean).join(" ")),
      el("span", { class: "small" }, card.phone_number),
    ),
  );

const poll = (asked) =>
  el(
    "div",
    { class: "poll" },
    el("strong", {}, asked.question),
    el("ul", {}, asked.options.map((option) => el("li", {}, el("span", {}, option.text), el("span", { class: "small" }, `${option.voter_count}`)))),
  );

const SHOWN = [
  ["photo", photo],
  ["video", video],
  ["animation", video],
  ["video_note", videoNote],
  ["voice", (voice) => sound(voice, say("voice"))],
  ["audio", (audio) => sound(audio, audio.title || audio.file_name || say("audio"))],
  ["document", documentRow],
  ["sticker", sticker],
  ["venue", (venue) => location(venue.location, venue)],
  ["location", (point) => location(point)],
  ["contact", contact],
  ["poll", poll],
  ["dice", (dice) => el("div", { class: "sticker" }, `${dice.emoji} ${dice.value}`)],
];
