// What the desk says, in the reader's language; codes without words are read as they are written.
const api = document.documentElement.dataset.api;
const known = ['sq', 'en'];
let words = {};

export let language = pick();

function pick() {
  const chosen = localStorage.getItem('desk.language');
  return known.includes(chosen) ? chosen : navigator.languages.some((one) => one.startsWith('sq')) ? 'sq' : 'en';
}

export async function load(choice) {
  language = choice ?? language;
  if (choice) localStorage.setItem('desk.language', choice);
  const answer = await fetch(`${api}/desk/words/${language}`);
  words = answer.ok ? await answer.json() : {};
  document.documentElement.lang = language;
  document.title = say('ui_title');
}

/** `{name}` stands for what it is given. */
export function say(code, facts = {}) {
  const text = words[code] ?? humanise(code);
  return text.replace(/\{(\w+)\}/g, (place, name) => facts[name] ?? place);
}

function humanise(code) {
  const plain = code.replace(/^ui_/, '').replace(/([a-z])([A-Z])/g, '$1 $2').replaceAll('_', ' ').toLowerCase();
  return plain.charAt(0).toUpperCase() + plain.slice(1);
}

/** What a case is about: an amount as it is, codes in words. */
export function title(text) {
  return /^[a-z_]+( [a-z_]+)*$/.test(text) ? text.split(' ').map((code) => say(code)).join(', ') : text;
}

export function moment(text) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(text));
}

export function value(text, shape) {
  switch (shape) {
    case 'code': return say(text);
    case 'moment': return moment(text);
    case 'date': return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${text}T00:00:00Z`));
    case 'amount': return text.replace(/^-?\d+/, (whole) => BigInt(whole).toLocaleString(language)).replace(/(\d)\.(\d+) /, `$1${decimalSign()}$2 `);
    default: return text;
  }
}

function decimalSign() {
  return new Intl.NumberFormat(language).formatToParts(1.5).find((part) => part.type === 'decimal').value;
}

/** In the largest unit that is full: 3 hours. */
export function span(milliseconds) {
  const minutes = Math.floor(Math.abs(milliseconds) / 60_000);
  const [count, unit] = minutes < 60 ? [minutes, 'minute'] : minutes < 60 * 48 ? [Math.floor(minutes / 60), 'hour'] : [Math.floor(minutes / 1440), 'day'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(count);
}
