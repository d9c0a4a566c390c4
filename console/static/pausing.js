// What stands still on the line, and the button that lets it.

import { tell } from "./asking.js";
import { DAY_AND_TIME, moment } from "./times.js";

const still = document.querySelector("#still");
const button = document.querySelector("#pause");

export function hearPauses({ standing_still: pauses, zone }) {
  if (!pauses) return;
  const words = pauses.map(({ what, until, how }) => {
    const end = until ? `until ${moment(until, DAY_AND_TIME, zone)}` : "until they are resumed";
    return `${what === "all" ? "All texts but replies" : capital(what)} stand still ${end}`
      + (how ? ` (${how})` : "");
  });
  const said = words.length ? `${words.join(". ")}. What comes due waits.` : "";
  if (still.textContent !== said) still.textContent = said;
  still.hidden = !said;
  const isPaused = pauses.some(({ what }) => what === "reminders");
  button.dataset.paused = String(isPaused);
  button.textContent = isPaused ? "Resume reminders" : "Pause reminders";
}

const capital = (word) => word[0].toUpperCase() + word.slice(1);

export function startPauses() {
  button.addEventListener("click", () =>
    tell("/api/pauses", { what: "reminders", paused: button.dataset.paused !== "true" }));
}
