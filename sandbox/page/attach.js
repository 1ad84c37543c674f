/** The attach menu and its dialogs. Each resolves with what to send, or null. */

import { ask, field, yesAndNo } from "./dialogs.js";
import { button, el, icon, iconButton } from "./dom.js";
import { PLACES, placeName } from "./places.js";
import { hasSample, samples } from "./samples.js";
import { size } from "./time.js";
import { say } from "./words.js";

const ACCEPTED = { photo: "image/*", album: "image/*,video/*", video: "video/*", voice: "audio/*", audio: "audio/*", document: "" };
const ICONS = { photo: "photo", album: "album", video: "video", document: "file", voice: "voice", audio: "voice" };

/** The menu's entries; `acts`: file(kind), location(), contact(), sticker(), forward(). */
export const attachItems = (acts) => [
  ...["photo", "album", "video", "document", "voice"].map((kind) => ({
    icon: ICONS[kind],
    text: say(`attach_${kind}`),
    testid: `attach-${kind}`,
    on: () => acts.file(kind),
  })),
  { icon: "place", text: say("attach_location"), testid: "attach-location", on: acts.location },
  { icon: "contact", text: say("attach_contact"), testid: "attach-contact", on: acts.contact },
  { icon: "sticker", text: say("attach_sticker"), testid: "attach-sticker", on: acts.sticker },
  { icon: "forward", text: say("attach_forward"), testid: "attach-forward", on: acts.forward },
];

/** Which kind of message suits the files: photos, videos or documents. */
export function kindOf(files) {
  if (files.every((file) => file.type.startsWith("image/"))) return files.length > 1 ? "album" : "photo";
  return files.every((file) => file.type.startsWith("video/")) ? "video" : "document";
}

/** Asks for files of the kind and a caption: `{ kind, files, caption }`. */
export function askFiles(host, kind, given = []) {
  const files = [...given];
  const chosen = el("ul", { class: "chosen", "aria-live": "polite" });
  const hint = el("p", { class: "note" }, say("nothing_chosen"));
  const many = kind === "album" || kind === "document" || kind === "photo";
  const input = el("input", { type: "file", accept: ACCEPTED[kind], multiple: many, class: "visually-hidden", tabindex: "-1", "aria-hidden": "true", data: { testid: "file-input" } });
  const caption = el("input", { type: "text", maxlength: 1024, autocomplete: "off", data: { testid: "caption" } });
  const draw = (yes) => {
    hint.hidden = files.length > 0;
    yes.disabled = files.length === 0;
    chosen.replaceChildren(...files.map((file) => chosenFile(file, () => {
      files.splice(files.indexOf(file), 1);
      draw(yes);
    })));
  };
  return ask(host, {
    title: say(`attach_${kind}`),
    testid: "attach-dialog",
    build: (done) => {
      const [no, yes] = yesAndNo(done, say("send"), () => ({ kind: kind === "album" ? "photo" : kind, files, caption: caption.value.trim() }));
      const add = (more) => {
        files.push(...(many ? more : more.slice(0, 1)));
        if (!many) files.splice(0, files.length - 1);
        draw(yes);
      };
      input.addEventListener("change", () => {
        add([...input.files]);
        input.value = "";
      });
      const choose = button({ class: "plain", autofocus: true, on: { click: () => input.click() } }, icon(ICONS[kind]), say(many ? "choose_files" : "choose_file"));
      const sample =
        hasSample(kind) &&
        button({ class: "plain", data: { testid: "sample" }, on: { click: async () => add(await samples(kind)) } }, say("sample"));
      draw(yes);
      return { body: [input, chosen, hint, el("div", { class: "choices" }, choose, sample), field(say("caption"), caption)], actions: [no, yes] };
    },
  });
}

function chosenFile(file, remove) {
  const picture = file.type.startsWith("image/") ? el("img", { alt: "" }) : icon("file");
  if (picture.tagName === "IMG") {
    picture.src = URL.createObjectURL(file);
    picture.addEventListener("load", () => URL.revokeObjectURL(picture.src), { once: true });
  }
  return el(
    "li",
    {},
    picture,
    el("span", { class: "row-text" }, el("span", { class: "file-name" }, file.name), el("span", { class: "small" }, size(file.size))),
    iconButton("close", say("remove_file", { name: file.name }), { on: { click: remove } }),
  );
}

/** Asks for a place: `{ location: { latitude, longitude } }`. */
export function askLocation(host) {
  const number = (value, limit, testid) =>
    el("input", { type: "number", step: "any", min: -limit, max: limit, value, inputmode: "decimal", data: { testid } });
  const latitude = number(PLACES[0][2], 90, "latitude");
  const longitude = number(PLACES[0][3], 180, "longitude");
  const city = el("select", { autofocus: true, data: { testid: "place" } }, PLACES.map((place, index) => el("option", { value: index }, placeName(place))));
  city.addEventListener("change", () => {
    [, , latitude.value, longitude.value] = PLACES[city.value];
  });
  return ask(host, {
    title: say("attach_location"),
    build: (done) => ({
      body: [field(say("place"), city), el("div", { class: "two" }, field(say("latitude"), latitude), field(say("longitude"), longitude))],
      actions: yesAndNo(done, say("send"), () => ({
        location: { latitude: Number(latitude.value), longitude: Number(longitude.value) },
      })),
    }),
  });
}

/** A number that belongs to nobody, always the same for one person. */
export const inventedNumber = (person) => `+7700${String(person % 10000000).padStart(7, "0")}`;

/** Asks for a contact: `{ contact: { phone_number, own } }`. */
export function askContact(host, person) {
  const phone = el("input", { type: "tel", value: inventedNumber(person), autofocus: true, data: { testid: "phone" } });
  const own = el("input", { type: "checkbox", checked: true });
  return ask(host, {
    title: say("attach_contact"),
    build: (done) => ({
      body: [field(say("phone"), phone), el("label", { class: "tick" }, own, say("phone_own")), el("p", { class: "note" }, say("phone_invented"))],
      actions: yesAndNo(done, say("send"), () => ({ contact: { phone_number: phone.value.trim(), own: own.checked } })),
    }),
  });
}

/** Asks for a forwarded message: `{ forward: { text, from } }`. */
export function askForward(host) {
  const from = el("input", { type: "text", value: say("forward_name") });
  const text = el("textarea", { rows: 3, autofocus: true, data: { testid: "forward-text" } });
  return ask(host, {
    title: say("attach_forward"),
    build: (done) => ({
      body: [field(say("forward_from"), from), field(say("forward_text"), text)],
      actions: yesAndNo(done, say("send"), () => ({ forward: { text: text.value, from: from.value } })),
    }),
  });
}
