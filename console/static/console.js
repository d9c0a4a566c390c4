// The console's page: phones to text from, and what the line knows and decided beside each.

import { ask, tell } from "./asking.js";
import { openers } from "./dialogs.js";
import { hearClock, startClock } from "./playing.js";
import { renderRecord, renderThread, scrollToEnd } from "./rendering.js";
import { hearPauses, startPauses } from "./pausing.js";
import { renderTimeline } from "./timeline.js";

const QUICK = ["C", "R", "X", "Yes!", "Cancel", "STOP"];

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
  return { section, tab, path, known, revision: -1, record: "", texts: [], zone: undefined };
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
  const { record } = phone;
  const [{ state }, timeline] = await Promise.all(
    [ask(`${phone.path}/conversation`), ask(`${phone.path}/timeline`)]);
  if (record !== phone.record) return; // a later look is under way
  renderRecord(phone.section, state?.state, timeline);
  renderTimeline(phone.section, timeline);
  if (timeline.zone !== phone.zone) { // times are on the patient's clock
    phone.zone = timeline.zone;
    renderThread(phone.section, phone.texts, phone.zone);
  }
}

async function refresh(phone) {
  const { revision } = phone;
  const texts = await ask(`${phone.path}/texts`);
  if (revision !== phone.revision) return; // a later look is under way
  phone.texts = texts;
  renderThread(phone.section, phone.texts, phone.zone ?? openers.zone);
}

function hear(news) {
  hearClock(news);
  hearPauses(news);
  const now = new Date(news.now);
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
    const record = `${known.version} ${news.pauses} ${news.offset_seconds}`;
    if (phone.record !== record) {
      phone.record = record;
      refreshRecord(phone);
    }
  }
  arrange(news.phones);
  if (first && news.phones.length) show(news.phones[0].phone);
  if (phones.has(wanted)) {
    show(wanted);
    wanted = "";
  }
  openers.now = now;
  openers.zone = news.zone;
  openers.known(news.phones);
}

// Puts the cards in the order told. Whoever is told of no longer goes, but for the phone in front.
function arrange(told) {
  const numbers = new Set(told.map(({ phone }) => phone));
  for (const [number, { section, tab }] of phones) {
    if (numbers.has(number) || number === openers.shown) continue;
    section.remove();
    tab.remove();
    phones.delete(number);
  }
  const [cards, tabs] = ["#phones", "#tabs"].map((id) => document.querySelector(id).children);
  told.forEach(({ phone }, index) => {
    const { section, tab } = phones.get(phone);
    if (cards[index] === section) return; // what is moved loses its place and the keyboard
    cards[index].before(section);
    tabs[index].before(tab);
  });
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

document.querySelector("#tabs").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const numbers = [...document.querySelectorAll("#phones > section")].map(({ id }) => id.replace("phone-", ""));
  const next = numbers.at((numbers.indexOf(openers.shown) + step) % numbers.length);
  show(next);
  phones.get(next).tab.focus();
});

openers.zoneOf = (number) => phones.get(number)?.zone;
openers.start(showSoon);
ask("/health").then(({ line }) => { document.querySelector("#line").textContent = line; });
startClock();
startPauses();
listen();
