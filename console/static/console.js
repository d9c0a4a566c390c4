// The console's page: phones to text from, and what the line knows and decided beside each.

import { ask, tell } from "./asking.js";
import { renderRecord, renderThread } from "./rendering.js";
import { openers } from "./dialogs.js";

const QUICK = ["C", "R", "X", "Yes!", "Cancel", "STOP"];
const LINE_ANSWERS_WITHIN = [300, 1500, 4000]; // milliseconds: when to look at the record again

const phones = new Map(); // by number: what the stream told last, and the card

function card(known) {
  const section = document.querySelector("#phone").content.firstElementChild.cloneNode(true);
  const path = `/api/phones/${encodeURIComponent(known.phone)}`;
  section.id = `phone-${known.phone}`;
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
  tab.addEventListener("click", () => show(known.phone));
  document.querySelector("#tabs").append(tab);
  document.querySelector("#phones").append(section);
  return { section, tab, path, revision: -1, timers: [], texts: [], zone: undefined };
}

function show(number) {
  for (const [phone, { section, tab }] of phones) {
    section.classList.toggle("shown", phone === number);
    tab.setAttribute("aria-selected", String(phone === number));
  }
  openers.shown = number;
}

async function refreshRecord(phone) {
  const conversation = await ask(`${phone.path}/conversation`);
  const zone = conversation.state?.state.zone || undefined; // times are shown on the patient's clock
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
  phone.texts = await ask(`${phone.path}/texts`);
  renderThread(phone.section, phone.texts, phone.zone);
}

function hear(news) {
  const now = new Date(news.now);
  document.querySelector("#now").textContent = now.toLocaleString(undefined, {
    weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit",
    timeZone: news.zone,
  });
  const days = news.offset_seconds / 86400;
  document.querySelector("#offset").textContent =
    days ? `${days.toFixed(days % 1 ? 1 : 0)} days ahead` : "on time";

  const first = phones.size === 0;
  for (const known of news.phones) {
    if (!phones.has(known.phone)) phones.set(known.phone, card(known));
    const phone = phones.get(known.phone);
    phone.section.querySelector("h2").textContent = known.name || "A phone";
    phone.tab.textContent = known.name || known.phone;
    if (phone.revision !== known.revision) {
      phone.revision = known.revision;
      refresh(phone);
    }
  }
  if (first && news.phones.length) show(news.phones[0].phone);
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
  const known = [...phones].map(([phone, { revision, section }]) =>
    ({ phone, revision, name: section.querySelector("h2").textContent }));
  hear({ ...clock, zone: openers.zone, phones: known });
}

openers.start(show);
ask("/health").then(({ line }) => { document.querySelector("#line").textContent = line; });
setInterval(() => { if (!document.hidden) phones.forEach(refreshRecord); }, 10000);
listen();
