// Moments as the page writes them.

export const TIME = { weekday: "short", hour: "numeric", minute: "2-digit" };
export const DAY_AND_TIME = { weekday: "short", month: "short", day: "numeric", hour: "numeric", minute: "2-digit" };
const YEAR = { year: "numeric" };

// Writes a moment on the clock of `timeZone`, or of this browser when that is not known.
export function moment(iso, form, timeZone) {
  return new Date(iso).toLocaleString(undefined, { ...form, timeZone });
}

// Writes a moment on the contact's clock, with the zone's name where it is not the practice's, and
// with the year where it is not the one of `now`.
export function onTheirClock(iso, form, { zone, practice_zone: practice, now }) {
  const year = moment(iso, YEAR, zone) === moment(now, YEAR, zone) ? {} : YEAR;
  const clock = zone === practice ? {} : { timeZoneName: "short" };
  return moment(iso, { ...form, ...year, ...clock }, zone);
}

// "America/New_York" is New York.
export function place(zone) {
  return zone.split("/").at(-1).replaceAll("_", " ");
}
