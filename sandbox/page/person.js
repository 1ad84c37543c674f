/** How one person is shown wherever they appear. */

import { el } from "./dom.js";
import { language, sayOr } from "./words.js";

const COLOURS = 7;
const LANGUAGES = { kk: "ҚАЗ", ru: "РУС", en: "ENG" };

export const fullName = (person) => [person.first_name, person.last_name].filter(Boolean).join(" ");

/** "азамат", or the seed's own word where the page knows no other. */
export const labelOf = (person) => (person.label ? sayOr(`label_${person.label}`, person.label) : "");

/** The seed's sentence about the person in the page's language, or "". */
export const aboutOf = (person) => person[`about_${language()}`] || "";

export function avatar(person) {
  const initials = [person.first_name, person.last_name].filter(Boolean).map((name) => [...name][0]).join("");
  return el("span", { class: `avatar colour-${Math.abs(person.id) % COLOURS}`, "aria-hidden": "true" }, initials.toUpperCase());
}

export function languageBadge(person) {
  const code = (person.language_code || "").slice(0, 2);
  return code ? el("span", { class: "language", data: { testid: "language" } }, LANGUAGES[code] || code.toUpperCase()) : null;
}
