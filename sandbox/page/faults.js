/** For the curious: what goes wrong with Telegram next. */

import * as api from "./api.js";
import { ask, explain, field, notice, yesAndNo } from "./dialogs.js";
import { button, el } from "./dom.js";
import { say } from "./words.js";

const KINDS = ["429", "500", "timeout", "drop_after", "duplicate", "out_of_order"];
const OF_CALLS = new Set(["429", "500", "timeout", "drop_after"]);

/** Opens the dialog and orders what was chosen in it. */
export async function askForFault() {
  const fault = await ask(document.body, { title: say("faults"), text: say("faults_about"), testid: "faults", build: form });
  if (!fault) return;
  try {
    if (fault === "clear") await api.clearFaults();
    else await api.orderFault(fault);
    notice(document.body, say(fault === "clear" ? "fault_cleared" : "fault_ordered"));
  } catch (refusal) {
    explain(document.body, refusal);
  }
}

function form(done) {
  const kind = el("select", { autofocus: true, data: { testid: "fault-kind" } }, KINDS.map((name) => el("option", { value: name }, say(`fault_${name}`))));
  const count = el("input", { type: "number", min: 1, max: 1000, value: 1, data: { testid: "fault-count" } });
  const method = el("input", { type: "text", placeholder: "sendMessage", autocomplete: "off", spellcheck: "false" });
  const retry = el("input", { type: "number", min: 1, max: 600, value: 5 });
  const methodField = field(say("fault_method"), method);
  const retryField = field(say("fault_retry"), retry);
  const fit = () => {
    methodField.hidden = !OF_CALLS.has(kind.value);
    retryField.hidden = kind.value !== "429";
  };
  kind.addEventListener("change", fit);
  fit();
  const value = () => ({
    kind: kind.value,
    count: Number(count.value) || 1,
    ...(OF_CALLS.has(kind.value) && method.value.trim() ? { method: method.value.trim() } : {}),
    ...(kind.value === "429" ? { retry_after: Number(retry.value) || 1 } : {}),
  });
  const clear = button({ class: "plain danger", on: { click: () => done("clear") } }, say("fault_clear"));
  return {
    body: [field(say("fault_kind"), kind), el("div", { class: "two" }, field(say("fault_count"), count), retryField), methodField],
    actions: [clear, ...yesAndNo(done, say("fault_order"), value)],
  };
}
