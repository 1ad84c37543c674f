/** Cities of Kazakhstan as preset places: [Kazakh name, Russian name, latitude, longitude]. */

import { language } from "./words.js";

export const PLACES = [
  ["Астана", "Астана", 51.1282, 71.4307],
  ["Алматы", "Алматы", 43.2389, 76.8897],
  ["Шымкент", "Шымкент", 42.3417, 69.5901],
  ["Ақтау", "Актау", 43.651, 51.198],
  ["Ақтөбе", "Актобе", 50.2839, 57.167],
  ["Атырау", "Атырау", 47.0945, 51.9238],
  ["Жезқазған", "Жезказган", 47.7833, 67.7667],
  ["Көкшетау", "Кокшетау", 53.2871, 69.4044],
  ["Қарағанды", "Караганда", 49.8047, 73.1094],
  ["Қонаев", "Конаев", 43.858, 77.068],
  ["Қостанай", "Костанай", 53.2198, 63.6354],
  ["Қызылорда", "Кызылорда", 44.8488, 65.4823],
  ["Орал", "Уральск", 51.2278, 51.3865],
  ["Өскемен", "Усть-Каменогорск", 49.9483, 82.6275],
  ["Павлодар", "Павлодар", 52.2873, 76.9674],
  ["Петропавл", "Петропавловск", 54.8753, 69.1628],
  ["Семей", "Семей", 50.4111, 80.2275],
  ["Талдықорған", "Талдыкорган", 45.0156, 78.3739],
  ["Тараз", "Тараз", 42.9, 71.3667],
  ["Түркістан", "Туркестан", 43.2973, 68.2518],
];

const NEAR_KILOMETRES = 60;

export const placeName = (place) => place[language() === "ru" ? 1 : 0];

/** The preset city within 60 km of the point, or undefined. */
export function nearest(latitude, longitude) {
  const distance = ([, , lat, lon]) => {
    const north = (lat - latitude) * 111.2;
    const east = (lon - longitude) * 111.2 * Math.cos((latitude * Math.PI) / 180);
    return Math.hypot(north, east);
  };
  const [closest] = [...PLACES].sort((one, other) => distance(one) - distance(other));
  return distance(closest) <= NEAR_KILOMETRES ? closest : undefined;
}
