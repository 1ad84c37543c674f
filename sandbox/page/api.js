/** The sandbox's control API, one function per call. Failures reject with `Refusal`. */

/** The sandbox refused or could not be reached; `message` is fit to show. `status` 0: no answer. */
export class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function call(method, path, body) {
  const request = { method, headers: {} };
  if (body instanceof FormData) request.body = body;
  else if (body !== undefined) {
    request.headers["Content-Type"] = "application/json";
    request.body = JSON.stringify(body);
  }
  let response;
  try {
    response = await fetch(`api/${path}`, request);
  } catch {
    throw new Refusal(0, "");
  }
  const text = await response.text();
  const answer = text ? parsed(text) : {};
  if (!response.ok) throw new Refusal(response.status, answer.error || `${response.status}`);
  return answer;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return { error: text.slice(0, 200) };
  }
}

export const state = () => call("GET", "state");
export const chat = (person) => call("GET", `chats/${person}`);
export const addPerson = (person) => call("POST", "people", person);
export const send = (person, content) => call("POST", `chats/${person}/messages`, content);
export const edit = (person, messageId, text) => call("PATCH", `chats/${person}/messages/${messageId}`, { text });
export const press = (person, tap) => call("POST", `chats/${person}/press`, tap);
export const start = (person, payload) => call("POST", `chats/${person}/start`, payload ? { payload } : {});
export const block = (person) => call("POST", `chats/${person}/block`, {});
export const unblock = (person) => call("POST", `chats/${person}/unblock`, {});
export const moveClock = (change) => call("POST", "clock", change);
export const orderFault = (fault) => call("POST", "faults", fault);
export const clearFaults = () => call("DELETE", "faults");
/** The newest event's number; with `after`, without waiting for one. */
export const lastEvent = (after) =>
  call("GET", `events?format=json&wait=0${after === undefined ? "" : `&after=${after}`}`).then((answer) => answer.last);

/** Sends files of one kind; several become one album. */
export function sendFiles(person, kind, files, caption, replyTo) {
  const form = new FormData();
  form.append("kind", kind);
  if (caption) form.append("caption", caption);
  if (replyTo) form.append("reply_to", replyTo);
  for (const file of files) form.append("file", file, file.name);
  return call("POST", `chats/${person}/messages`, form);
}

export const fileUrl = (fileId) => `api/files/${encodeURIComponent(fileId)}`;
