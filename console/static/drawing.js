// The few pieces of markup that everything is drawn of. Texts are set as text, never as markup.

export function element(name, text, className = "") {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
}

export function tag(text, tone) {
  return element("span", text, `tag ${tone}`);
}

export function time(iso, written) {
  const made = element("time", written);
  made.dateTime = iso;
  return made;
}
