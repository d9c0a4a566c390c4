// The console's page: phones to text from, and what the line knows and decided beside each.

import { ask, tell } from "./asking.js";
import { renderRecord, renderThread, scrollToEnd } from "./rendering.js";
import { openers } from "./dialogs.js";

const QUICK = ["C", "R", "X", "Yes!", "Cancel", "STOP"];
const LINE_ANSWERS_WITHIN = [300, 1500, 4000]; // milliseconds: when to look at the record again

const phones = new Map(); // by number: what the stream told last, and the card
let wanted = ""; // the phone to bring to the front, once the stream has told of it

function card(known) {
  const section = document.querySelector("#phone").content.firstElementChild.cloneNode(true);
  const path = `/api/phones/${encodeURIComponent(known.phone)}`;
  section.id = `phone-${known.phone}`;
  section.querySelector("h2").id = `${section.id}-name`;
  section.setAttribute("aria-labelledby", `${section.id}-name`);
  section.querySelector(".number").textContent = known.phone;

  const send = async (text) => {
    if (text.trim()) await tell(`${path}/texts`, { text });
  };
  for (const answer of QUICK) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = answer;
    button.addEventListener("click", () => send(answer));
    section.querySelector(".quick").append(button);
  }
  section.querySelector(".compose").addEventListener("submit", (event) => {
    event.preventDefault();
    const { text } = event.target.elements;
    const typed = text.value;
    text.value = "";
    send(typed).catch(() => { text.value = typed; });
  });

  const tab = document.createElement("button");
  tab.type = "button";
  tab.role = "tab";
  tab.setAttribute("aria-controls", section.id);
  tab.addEventListener("click", () => show(known.phone));
  document.querySelector("#tabs").append(tab);
  document.querySelector("#phones").append(section);
  return { section, tab, path, known, revision: -1, timers: [], texts: [], zone: undefined };
}

function show(number) {
  for (const [phone, { section, tab }] of phones) {
    section.classList.toggle("shown", phone === number);
    tab.setAttribute("aria-selected", String(phone === number));
    tab.tabIndex = phone === number ? 0 : -1; // one stop for the Tab key; arrows move between
  }
  const { section, tab } = phones.get(number);
  const front = tab.checkVisibility() ? tab : section;
  front.scrollIntoView({ block: "nearest", inline: "nearest" });
  scrollToEnd(section); // a thread that was hidden could not follow its texts
  openers.shown = number;
}

function showSoon(number) {
  if (phones.has(number)) show(number);
  else wanted = number;
}

async function refreshRecord(phone) {
  const conversation = await ask(`${phone.path}/conversation`);
  const zone = conversation.state?.state.zone || openers.zone; // times are on the patient's clock
  renderRecord(phone.section, conversation, zone);
  if (zone !== phone.zone) {
    phone.zone = zone;
    renderThread(phone.section, phone.texts, zone);
  }
}

function refreshRecordSoon(phone) {
  phone.timers.forEach(clearTimeout);
  phone.timers = LINE_ANSWERS_WITHIN.map((wait) => setTimeout(() => refreshRecord(phone), wait));
}

async function refresh(phone) {
  refreshRecordSoon(phone);
  const { revision } = phone;
  const texts = await ask(`${phone.path}/texts`);
  if (revision !== phone.revision) return; // a later look is under way
  phone.texts = texts;
  renderThread(phone.section, phone.texts, phone.zone ?? openers.zone);
}

function ahead(seconds) {
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const parts = [days && `${days} d`, hours && `${hours} h`].filter(Boolean);
  return parts.length ? `${parts.join(" ")} ahead` : "on time";
}

function hear(news) {
  const now = new Date(news.now);
  document.querySelector("#now").textContent = now.toLocaleString(undefined, {
    weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit",
    timeZone: news.zone,
  });
  document.querySelector("#offset").textContent = ahead(news.offset_seconds);

  const first = phones.size === 0;
  for (const known of news.phones) {
    if (!phones.has(known.phone)) phones.set(known.phone, card(known));
    const phone = phones.get(known.phone);
    phone.known = known;
    phone.section.querySelector("h2").textContent = known.name || "A phone";
    phone.section.querySelector("input").ariaLabel = `Text from ${known.name || known.phone}`;
    phone.tab.textContent = known.name || known.phone;
    if (phone.revision !== known.revision) {
      phone.revision = known.revision;
      refresh(phone);
    }
  }
  if (first && news.phones.length) show(news.phones[0].phone);
  if (phones.has(wanted)) {
    show(wanted);
    wanted = "";
  }
  openers.now = now;
  openers.zone = news.zone;
  openers.known(news.phones);
}

function listen() {
  const stream = new EventSource("/api/stream");
  const notice = document.querySelector("#notice");
  stream.addEventListener("message", (event) => {
    notice.hidden = true;
    hear(JSON.parse(event.data));
  });
  stream.addEventListener("error", () => {
    notice.textContent = "The console does not answer. It comes back with `make run`.";
    notice.hidden = false;
  });
}

for (const button of document.querySelectorAll("[data-forward]")) {
  button.addEventListener("click", async () => {
    hearClock(await tell("/api/clock", { forward: button.dataset.forward }));
    phones.forEach(refreshRecordSoon);
  });
}

function hearClock(clock) {
  hear({ ...clock, zone: openers.zone, phones: [...phones.values()].map(({ known }) => known) });
}

document.querySelector("#tabs").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const numbers = [...phones.keys()];
  const next = numbers.at((numbers.indexOf(openers.shown) + step) % numbers.length);
  show(next);
  phones.get(next).tab.focus();
});

openers.start(showSoon);
ask("/health").then(({ line }) => { document.querySelector("#line").textContent = line; });
setInterval(() => { if (!document.hidden) phones.forEach(refreshRecord); }, 10000);
listen();
