// Draws a conversation in time: its visits, what is planned, what stands still, what happened.

import { element, tag, time } from "./drawing.js";
import { DAY_AND_TIME, TIME, moment, onTheirClock, place } from "./times.js";

const TONES = { confirmed: "good", cancelled: "bad" };

// The rows about visits, for the list of what the line knows.
export function visitRows(told) {
  const rows = told.visits.map((visit) => {
    const provider = visit.provider ? ` · ${visit.provider}` : "";
    const over = visit.over ? " · over" : "";
    return ["Visit", onTheirClock(visit.start, DAY_AND_TIME, told) + provider + over,
      visit.status, TONES[visit.status] ?? "open"];
  });
  if (told.zone !== told.practice_zone) rows.push(["Clock", place(told.zone)]);
  return rows;
}

export function renderTimeline(section, told) {
  const planned = section.querySelector(".planned");
  const open = new Set([...planned.querySelectorAll("li:has(details[open])")].map((li) => li.dataset.id));
  planned.replaceChildren(...told.planned.map((item) => plan(item, told, open.has(item.id))));
  section.querySelector(".turns").replaceChildren(...told.happened.map((each) => turn(each, told)));
}

function plan(item, told, isOpen) {
  const made = element("li", "");
  made.dataset.id = item.id;
  const body = element("div", "");
  if (item.step) body.append(element("strong", item.step), ": ");
  body.append(element("span", item.does, "does"));
  for (const note of notes(item, told)) body.append(" ", note);
  if (item.text) body.append(preview(item, isOpen));
  made.append(time(item.at, onTheirClock(item.at, DAY_AND_TIME, told)), body);
  return made;
}

function notes(item, told) {
  const found = [];
  if (item.not_told) found.push(tag(`not told: ${item.not_told}`, "bad"));
  if (item.held) found.push(tag("stands still", "open"));
  if (item.waits_since) {
    found.push(tag(`waits since ${moment(item.waits_since, TIME, told.zone)}`, "open"));
  }
  if (told.visits.length > 1 && item.visit) {
    const visit = told.visits.find(({ id }) => id === item.visit);
    const when = visit ? onTheirClock(visit.start, DAY_AND_TIME, told) : "one that is gone";
    found.push(element("small", `for the visit of ${when}`));
  }
  return found;
}

function preview({ text, not_told: notTold }, isOpen) {
  const details = element("details", "");
  details.open = isOpen;
  details.append(element("summary", `what it ${notTold ? "would" : "will"} say`), element("p", text));
  return details;
}

function turn(each, told) {
  const item = element("li", "");
  const what = element("div", "");
  if (each.outcome) what.append(tag(each.outcome, each.tone), " ");
  if (each.step) what.append(element("strong", each.step), ": ");
  what.append(element("span", each.reason, "reason"));
  if (each.due) what.append(" ", element("small", `due ${moment(each.due, TIME, told.zone)}`));
  item.append(time(each.at, moment(each.at, TIME, told.zone)), what);
  return item;
}
