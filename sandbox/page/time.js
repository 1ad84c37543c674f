/** Times as people in Kazakhstan read them. The offset is fixed: browsers older than 2024 still believe in UTC+6. */

import { month, say, weekday } from "./words.js";

const ALMATY = 5 * 3600 * 1000;
const two = (number) => String(number).padStart(2, "0");
const local = (milliseconds) => new Date(milliseconds + ALMATY);
const dayNumber = (milliseconds) => Math.floor((milliseconds + ALMATY) / 86400000);

/** "08:30" */
export function hours(milliseconds) {
  const at = local(milliseconds);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** "6 наурыз", with the year when it is not the year of `now`. */
export function date(milliseconds, now) {
  const at = local(milliseconds);
  const year = at.getUTCFullYear();
  const dayAndMonth = `${at.getUTCDate()} ${month(at.getUTCMonth())}`;
  return year === local(now).getUTCFullYear() ? dayAndMonth : `${dayAndMonth} ${year}`;
}

/** "дүйсенбі, 9 наурыз" */
export const fullDate = (milliseconds, now) => `${weekday(local(milliseconds).getUTCDay())}, ${date(milliseconds, now)}`;

/** "Бүгін", "Кеше" or the date. */
export function day(milliseconds, now) {
  const ago = dayNumber(now) - dayNumber(milliseconds);
  if (ago === 0) return say("today");
  return ago === 1 ? say("yesterday") : date(milliseconds, now);
}

export const sameDay = (one, other) => dayNumber(one) === dayNumber(other);

/** For `<input type="datetime-local">`. */
export const toInput = (milliseconds) => local(milliseconds).toISOString().slice(0, 16);
export const fromInput = (value) => new Date(`${value}:00+05:00`).toISOString();

/** "1:05" */
export const duration = (seconds) => `${Math.floor(seconds / 60)}:${two(Math.floor(seconds % 60))}`;

/** "1,4 МБ" */
export function size(bytes) {
  if (bytes < 1024) return `${bytes} ${say("bytes")}`;
  if (bytes < 1048576) return `${Math.round(bytes / 1024)} ${say("kilobytes")}`;
  return `${(bytes / 1048576).toFixed(1).replace(".", ",")} ${say("megabytes")}`;
}
