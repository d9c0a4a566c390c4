// The clock: to the next thing that happens, an hour or a day on, or a day played slowly. Each thing
// on the way comes at its own time.

import { tell } from "./asking.js";
import { DAY_AND_TIME, TIME, moment, onTheirClock } from "./times.js";

const HOUR = 3600 * 1000; // milliseconds, as all that follows
const SPANS = { hour: HOUR, day: 24 * HOUR };
// When a day is played: how long each thing is to be seen, and how fast the hours between go by.
const TO_SEE_IT = 1500;
const TO_SEE_THE_CLOCK = 300;
const AT_A_GLANCE = 2 * HOUR;

const pause = (wait) => new Promise((resolve) => { setTimeout(resolve, wait); });
let running = false;
let news = { now: new Date().toISOString(), phones: [] };

export function hearClock(heard) {
  news = heard;
  const now = document.querySelector("#now");
  now.textContent = moment(heard.now, DAY_AND_TIME, heard.zone);
  now.dateTime = heard.now;
  const practice = { zone: heard.zone, practice_zone: heard.zone, now: heard.now };
  document.querySelector("#offset").textContent = ahead(heard.offset_seconds);
  document.querySelector("#next").textContent = heard.next
    ? `Next: ${onTheirClock(heard.next, DAY_AND_TIME, practice)}` : "Nothing is planned";
}

function ahead(seconds) {
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const parts = [days && `${days} d`, hours && `${hours} h`].filter(Boolean);
  return parts.length ? `${parts.join(" ")} ahead` : "on time";
}

function say(text) {
  document.querySelector("#played").textContent = text;
}

// Moves on until `span` milliseconds are through, from one thing to the next.
async function play(span, slowly) {
  const until = new Date(news.now).getTime() + span;
  for (let left = span; running && left > 0; left = until - new Date(news.now)) {
    const leap = slowly ? Math.min(left, AT_A_GLANCE) : left;
    const { happened } = await move({ within: `PT${Math.ceil(leap / 1000)}S` });
    if (slowly) await pause(happened.length ? TO_SEE_IT : TO_SEE_THE_CLOCK);
  }
}

async function move(how) {
  const clock = await tell("/api/clock/next", how);
  hearClock({ ...news, ...clock });
  const names = new Map(news.phones.map(({ phone, name }) => [phone, name]));
  const what = clock.happened.map(({ phone, reason }) => `${names.get(phone) || phone}: ${reason}`);
  if (what.length) say(`${moment(clock.now, TIME, news.zone)} · ${what.join("; ")}`);
  return clock;
}

async function next() {
  const clock = await move({});
  if (!clock.happened.length) say(clock.next ? "It is past; nothing came of it" : "Nothing is planned");
}

// Buttons stay where the keyboard is: while the clock moves they say that they cannot be used.
function show(button, isRunning) {
  running = isRunning;
  document.body.classList.toggle("playing", isRunning);
  for (const other of document.querySelectorAll("[data-play]")) {
    other.setAttribute("aria-disabled", String(isRunning && other !== button));
  }
  button.dataset.rest ??= button.textContent;
  button.textContent = isRunning && button.dataset.play !== "next" ? "Stop" : button.dataset.rest;
}

export function startClock() {
  for (const button of document.querySelectorAll("[data-play]")) {
    button.addEventListener("click", async () => {
      if (running) {
        if (button.getAttribute("aria-disabled") === "false") running = false; // it says Stop
        return;
      }
      show(button, true);
      say("");
      try {
        const { play: what } = button.dataset;
        if (what === "next") await next();
        else await play(SPANS[what], "slowly" in button.dataset);
        if ("slowly" in button.dataset) say(running ? "The day is through" : "Stopped");
      } finally {
        show(button, false);
      }
    });
  }
}
