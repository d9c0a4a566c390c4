// The dialogs: book a visit, close for a day, add a phone, ask for faults.

import { ask, tell } from "./asking.js";

const TWO_DAYS = 2 * 86400 * 1000;
const SOON = 60 * 1000; // so that the reminder of two days before is due in a minute

// Writes a moment as the form's field wants it, on the practice's clock. Swedish writes ISO 8601.
function local(moment) {
  return moment.toLocaleString("sv", { timeZone: openers.zone }).replace(" ", "T").slice(0, 16);
}

function fields(form) {
  return Object.fromEntries([...new FormData(form)].filter(([, value]) => value !== ""));
}

// Runs `act` when the form is sent; the dialog stays open with what is wrong, if something is.
function onSent(id, act) {
  const dialog = document.getElementById(id);
  const form = dialog.querySelector("form");
  const wrong = dialog.querySelector(".wrong");
  dialog.querySelector("[data-closes]").addEventListener("click", () => dialog.close());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      await act(form);
      wrong.hidden = true;
      dialog.close();
    } catch (error) {
      wrong.textContent = error.message;
      wrong.hidden = false;
    }
  });
}

const before = {
  booking(dialog) {
    dialog.querySelector("[name=phone]").value = openers.shown;
    const start = dialog.querySelector("[name=start]");
    start.value = local(new Date(openers.now.getTime() + TWO_DAYS + 2 * SOON));
    const zone = dialog.querySelector("[name=time_zone]");
    zone.value = openers.zoneOf(openers.shown) ?? openers.zone;
    if (!zone.value) zone.value = openers.zone; // the list has not got theirs
  },
  closing(dialog) {
    const visits = openers.now.getTime() + TWO_DAYS; // when the demo's visits are
    dialog.querySelector("[name=day]").value = local(new Date(visits)).slice(0, 10);
  },
  async faulting() {
    const { left, meanings } = await ask("/api/faults");
    const rows = Object.entries(left).map(([name, count]) => {
      const label = document.createElement("label");
      const input = Object.assign(document.createElement("input"), {
        name, type: "number", min: 0, max: 1000, value: count,
      });
      const title = Object.assign(document.createElement("b"), {
        textContent: name.replaceAll("_", " "),
      });
      const small = Object.assign(document.createElement("small"), { textContent: meanings[name] });
      label.append(title, small, input);
      return label;
    });
    document.querySelector("#faults").replaceChildren(...rows);
  },
};

export const openers = {
  now: new Date(), // on the local stack's clock
  zone: undefined, // the practice's
  shown: "", // the phone that is in front
  zoneOf: () => undefined, // the clock that a phone's patient lives by, once it is known

  known(phones) {
    document.querySelector("#known").replaceChildren(...phones.map(({ phone, name }) =>
      Object.assign(document.createElement("option"), { value: phone, textContent: name })));
  },

  start(show) {
    for (const button of document.querySelectorAll("[data-opens]")) {
      button.addEventListener("click", async () => {
        const dialog = document.getElementById(button.dataset.opens);
        await before[dialog.id]?.(dialog);
        dialog.showModal();
      });
    }
    onSent("booking", async (form) => {
      const { phone } = await tell("/api/appointments", fields(form));
      show(phone);
    });
    onSent("closing", (form) => tell("/api/closings", fields(form)));
    onSent("adding", async (form) => {
      const { phone } = await tell("/api/phones", fields(form));
      show(phone);
      form.reset();
    });
    onSent("faulting", async (form) => {
      const wanted = Object.entries(fields(form)).map(([name, count]) => [name, Number(count)]);
      await tell("/api/faults", Object.fromEntries(wanted));
    });
  },
};
