/** Ready files for somebody without any at hand, made in the browser: nothing is downloaded. */

const SAMPLES = {
  photo: () => [picture(0)],
  album: () => [picture(0), picture(1), picture(2)],
  document: () => [Promise.resolve(note())],
  voice: () => [Promise.resolve(hum("voice.wav"))],
  audio: () => [Promise.resolve(hum("audio.wav"))],
};

export const hasSample = (kind) => kind in SAMPLES;

/** The sample files of the kind. */
export const samples = (kind) => Promise.all(SAMPLES[kind]());

const SKIES = [
  ["#9fd0e8", "#f6e7c1", "#7d9b6a"],
  ["#f0b98d", "#f8e3c8", "#8a7f62"],
  ["#7fa8d1", "#dfeaf3", "#93a57c"],
];

/** A drawn steppe road with a hole in it. */
function picture(variant) {
  const canvas = document.createElement("canvas");
  canvas.width = 960;
  canvas.height = 720;
  const pen = canvas.getContext("2d");
  const [sky, haze, grass] = SKIES[variant];
  const air = pen.createLinearGradient(0, 0, 0, 330);
  air.addColorStop(0, sky);
  air.addColorStop(1, haze);
  pen.fillStyle = air;
  pen.fillRect(0, 0, 960, 720);
  shape(pen, "#8fa7b5", [[0, 330], [180, 230], [330, 300], [520, 190], [700, 290], [840, 240], [960, 320], [960, 340], [0, 340]]);
  shape(pen, grass, [[0, 325], [960, 325], [960, 720], [0, 720]]);
  shape(pen, "#5d6166", [[430, 325], [500, 325], [880, 720], [60, 720]]);
  for (let part = 0; part < 4; part += 1) {
    const top = 350 + part * part * 26;
    shape(pen, "#e9e4d4", [[464, top], [469, top], [471 + part * 3, top + 18 + part * 12], [460 - part, top + 18 + part * 12]]);
  }
  hole(pen, 330 + variant * 130, 590 - variant * 40);
  return new Promise((resolve) => {
    canvas.toBlob((blob) => resolve(new File([blob], `photo-${variant + 1}.jpg`, { type: "image/jpeg" })), "image/jpeg", 0.85);
  });
}

function shape(pen, colour, points) {
  pen.fillStyle = colour;
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.fill();
}

function hole(pen, x, y) {
  for (const [colour, wide, high] of [["#45484c", 120, 38], ["#2b2d30", 100, 28], ["#6f8794", 62, 13]]) {
    pen.fillStyle = colour;
    pen.beginPath();
    pen.ellipse(x, y, wide, high, -0.06, 0, Math.PI * 2);
    pen.fill();
  }
}

const note = () =>
  new File(["Өтінішке қосымша. Үлгі құжат.\nПриложение к обращению. Пример документа.\n"], "qosymsha.txt", { type: "text/plain" });

/** Two seconds of a soft tone. */
function hum(name) {
  const rate = 8000;
  const length = rate * 2;
  const view = new DataView(new ArrayBuffer(44 + length));
  const write = (at, text) => [...text].forEach((letter, index) => view.setUint8(at + index, letter.charCodeAt(0)));
  write(0, "RIFF");
  view.setUint32(4, 36 + length, true);
  write(8, "WAVEfmt ");
  view.setUint32(16, 16, true);
  view.setUint16(20, 1, true);
  view.setUint16(22, 1, true);
  view.setUint32(24, rate, true);
  view.setUint32(28, rate, true);
  view.setUint16(32, 1, true);
  view.setUint16(34, 8, true);
  write(36, "data");
  view.setUint32(40, length, true);
  for (let index = 0; index < length; index += 1) {
    const fade = Math.sin((Math.PI * index) / length);
    view.setUint8(44 + index, 128 + 40 * fade * Math.sin((2 * Math.PI * 330 * index) / rate));
  }
  return new File([view], name, { type: "audio/wav" });
}
