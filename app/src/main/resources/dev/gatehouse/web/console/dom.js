// Putting text on the page. Nothing that a server, a model or a robot says ever becomes markup.

/** The element with this id. */
export const byId = (id) => document.getElementById(id);

/** Characters that cannot be seen or that change how others are read, so that two different texts could look the same. */
const DECEPTIVE = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;

/** A text with nothing hidden in it. */
export const visible = (text) =>
  String(text).replace(DECEPTIVE, (found) => `\\u{${found.codePointAt(0).toString(16)}}`);

/** Writes a text into an element, if it is not there already: what is written again would be read out again. */
export function say(element, text) {
  const safe = visible(text);
  if (element.textContent !== safe) element.textContent = safe;
}

/** Writes a text into an element that is hidden while there is none. */
export function sayIfAny(element, text) {
  say(element, text);
  element.hidden = text === '';
}

/** A new element with a class, holding texts and other elements. */
export function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content.map((part) => (part instanceof Node ? part : visible(part))));
  return element;
}

/** The local time of day of a point in time. */
export function clock(time) {
  const date = new Date(time);
  return Number.isNaN(date.valueOf()) ? '' : date.toLocaleTimeString([], { hour12: false });
}

/** The beginning of a text. */
export const cut = (text, length) => (text.length > length ? `${text.slice(0, length - 1)}…` : text);
