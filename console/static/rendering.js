// Draws a phone's thread, and what the line knows of the conversation with it.

import { element, tag } from "./drawing.js";
import { TIME, moment } from "./times.js";
import { visitRows } from "./timeline.js";

const AT_THE_END = 40; // pixels: whoever reads further up is left where they are
const STATES = { accepted: "on its way", sent: "sent", delivered: "delivered", failed: "not delivered" };

export function renderThread(section, texts, zone) {
  const thread = section.querySelector(".thread");
  const follows = thread.scrollHeight - thread.scrollTop - thread.clientHeight < AT_THE_END;
  // Only what is new is drawn, so that a reader of the screen hears each text once.
  texts.map((text) => bubble(text, zone)).forEach((made, index) => {
    const drawn = thread.children[index];
    if (!drawn) thread.append(made);
    else if (drawn.dataset.id !== made.dataset.id) drawn.replaceWith(made);
    else if (!drawn.isEqualNode(made)) drawn.lastElementChild.replaceWith(made.lastElementChild);
  });
  while (thread.children.length > texts.length) thread.lastElementChild.remove();
  if (follows) scrollToEnd(section);
}

export function scrollToEnd(section) {
  const thread = section.querySelector(".thread");
  thread.scrollTop = thread.scrollHeight;
}

function bubble(text, zone) {
  const item = element("li", "", `bubble ${text.direction}`);
  item.dataset.id = text.id;
  const parts = text.segments === 1 ? "1 segment" : `${text.segments} segments`;
  const below = element("small", `${moment(text.at, TIME, zone)} · ${parts}`);
  below.title = text.encoding;
  if (text.direction === "to_phone") {
    below.append(" · ", element("span", STATES[text.state] ?? text.state, text.state));
  }
  item.append(element("p", text.text), below);
  return item;
}

export function renderRecord(section, state, timeline) {
  const rows = [...visitRows(timeline), ...facts(state ?? {})];
  const shown = rows.length ? rows : [["Record", "none yet"]];
  section.querySelector("dl").replaceChildren(...shown.flatMap(pair));
}

function pair([name, value, label, tone]) {
  const described = element("dd", value ?? "");
  if (label) described.append(" ", tag(label, tone));
  return [element("dt", name), described];
}

const TONES = { granted: "good", revoked: "bad" };

function facts(state) {
  const found = [];
  if (state.consent) {
    const standing = state.consent.standing ?? "assumed";
    found.push(["Consent", state.consent.how ?? "", standing, TONES[standing] ?? "open"]);
  }
  const awaiting = state.awaiting?.what ?? "nothing";
  if (awaiting !== "nothing") found.push(["Awaits", awaiting.replaceAll("_", " ")]);
  if (state.case) found.push(["Case", state.case.why, state.case.claimed_by || "open", "open"]);
  if (state.language) found.push(["Language", state.language]);
  return found;
}
