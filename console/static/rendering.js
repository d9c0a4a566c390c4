// Draws a phone's thread, and the line's record of the conversation with it.

const AT_THE_END = 40; // pixels: whoever reads further up is left where they are
const STATES = { accepted: "on its way", sent: "sent", delivered: "delivered", failed: "not delivered" };

function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

const TIME = { weekday: "short", hour: "numeric", minute: "2-digit" };
const VISIT = { month: "short", day: "numeric", hour: "numeric", minute: "2-digit" };

// Writes a moment on the clock of `timeZone`, or of this browser when that is not known.
function moment(iso, form, timeZone) {
  return new Date(iso).toLocaleString(undefined, { ...form, timeZone });
}

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

export function renderRecord(section, { state, turns }, zone) {
  section.querySelector("dl").replaceChildren(...facts(state?.state ?? {}, zone).flatMap(pair));
  section.querySelector(".turns").replaceChildren(...turns.map((entry) => turn(entry, zone)));
}

function pair([name, value, tag, tone]) {
  const described = element("dd", value ?? "");
  if (tag) described.append(" ", element("span", tag, `tag ${tone}`));
  return [element("dt", name), described];
}

const TONES = { confirmed: "good", granted: "good", cancelled: "bad", revoked: "bad" };

function facts(state, zone) {
  const found = [];
  for (const visit of state.appointments ?? []) {
    const status = visit.status ?? "booked";
    const provider = visit.provider ? ` · ${visit.provider}` : "";
    found.push(["Visit", moment(visit.start, VISIT, zone) + provider, status, TONES[status] ?? "open"]);
  }
  if (state.consent) {
    const standing = state.consent.standing ?? "assumed";
    found.push(["Consent", state.consent.how ?? "", standing, TONES[standing] ?? "open"]);
  }
  const awaiting = state.awaiting?.what ?? "nothing";
  if (awaiting !== "nothing") found.push(["Awaits", awaiting.replaceAll("_", " ")]);
  if (state.case) found.push(["Case", state.case.why, state.case.claimed_by || "open", "open"]);
  for (const timer of state.timers ?? []) {
    found.push(["Timer", `${moment(timer.due, VISIT, zone)} · ${(timer.step ?? timer.kind).replaceAll("_", " ")}`]);
  }
  if (state.language) found.push(["Language", state.language]);
  return found.length ? found : [["Record", "none yet"]];
}

function turn(entry, zone) {
  const item = document.createElement("li");
  const time = element("time", moment(entry.at, TIME, zone));
  time.dateTime = entry.at;
  item.append(time, element("span", entry.reason));
  return item;
}
