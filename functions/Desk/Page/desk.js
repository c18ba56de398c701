// The desk: queues, the cases of one, a case. The address says where one is: #/treasury, #/treasury/<case>.
import * as api from './api.js';
import { casefile } from './casefile.js';
import { h } from './dom.js';
import * as signin from './signin.js';
import { language, load, say, span, title } from './words.js';

const app = document.getElementById('app');
const refreshEvery = 30_000;
const note = h('div', { role: 'status', 'aria-live': 'polite' });
let desk = null;
let clockAhead = 0;
let cases = [];
let cursor = null;
let shown = '';

const now = () => Date.now() + clockAhead;
const place = () => location.hash.replace(/^#\/?/, '').split('/');

async function begin() {
  await load();
  try {
    await signin.finish();
  } catch {
    return welcome(say('ui_signin_failed'));
  }

  return signin.token() ? enter() : welcome();
}

function welcome(trouble) {
  signin.forget();
  app.replaceChildren(h('div', { class: 'welcome panel' },
    h('h1', {}, say('ui_title')), languages(), trouble && h('p', { class: 'fault', role: 'alert' }, trouble),
    h('button', { type: 'button', class: 'main', onclick: () => signin.start().catch(() => welcome(say('ui_signin_failed'))) }, say('ui_signin'))));
}

async function enter() {
  await guard(async () => {
    await readQueues();
    if (!desk.queues.some((queue) => queue.name === place()[0])) history.replaceState(null, '', `#/${desk.queues[0]?.name ?? ''}`);
    await show();
  });
}

/** What fails for want of a token leads back to the door; anything else is said. */
async function guard(work) {
  try {
    await work();
  } catch (failure) {
    if (failure.status === 401) return welcome(say('ui_signed_out'));
    if (!desk) return welcome(failure.status === 403 ? say('ui_no_role') : say('ui_failed'));
    return tell(failure.message || say('ui_failed'), 'bad');
  }
}

async function readQueues() {
  desk = await api.queues();
  clockAhead = Date.parse(desk.now) - Date.now();
}

async function show() {
  const [queue, id] = place();
  if (!queue) return frame(queue, null);
  const page = await api.cases(queue);
  [cases, cursor] = [page.items, page.nextCursor];
  const file = id ? await api.file(queue, id) : null;
  const moved = shown !== location.hash;
  shown = location.hash;
  frame(queue, file, moved);
}

function frame(queue, file, moved) {
  const opened = file && casefile(file, { staff: desk.staff, late, decided, back: () => go(queue) });
  const main = h('main', { id: 'main', tabindex: '-1', class: file ? 'open' : null },
    h('section', { class: 'cases', 'aria-label': say('ui_cases') },
      cases.length === 0 ? h('p', { class: 'panel' }, say('ui_nothing_waits')) : h('ul', { class: 'list' }, cases.map((it) => line(queue, it, file))),
      cursor && h('button', { type: 'button', onclick: () => guard(more) }, say('ui_more'))),
    h('section', { class: 'file panel' }, opened ? opened.element : h('p', { class: 'quiet' }, say('ui_choose'))));
  app.replaceChildren(
    h('a', { class: 'skip button', href: '#main', onclick: (event) => { event.preventDefault(); main.focus(); } }, say('ui_skip')),
    h('header', { class: 'bar' }, h('h1', {}, say('ui_title')), languages(), h('span', { class: 'who' }, desk.staff),
      h('button', { type: 'button', onclick: () => { desk = null; welcome(); } }, say('ui_sign_out'))),
    h('nav', { 'aria-label': say('ui_queues') }, h('ul', { class: 'queues' }, desk.queues.map((one, place) => h('li', {},
      h('button', { type: 'button', 'aria-current': one.name === queue ? 'true' : null, 'aria-keyshortcuts': String(place + 1), onclick: () => go(one.name) },
        `${say(`queue_${one.name}`)} (${one.waiting}${one.isMore ? '+' : ''})`,
        one.overdue > 0 && h('span', { class: 'late' }, ` ${say('ui_overdue', { count: one.overdue })}`)))))),
    note, main,
    h('p', { class: 'note quiet' }, say('ui_keys')));
  if (opened && moved) opened.heading.focus();
}

function line(queue, it, file) {
  return h('li', {}, h('button', {
    type: 'button', 'data-case': it.id, 'aria-current': file?.case.id === it.id ? 'true' : null, onclick: () => go(queue, it.id),
  }, h('span', { class: 'title' }, title(it.title)), h('span', {}, `${say(it.kind)} · ${say(it.state)}`), h('span', { class: 'quiet' }, late(it))));
}

/** Age, and how long there is left. */
function late(it) {
  const left = it.deadline ? Date.parse(it.deadline) - now() : null;
  return h('span', {}, say('ui_age', { span: span(now() - Date.parse(it.openedAt)) }),
    left !== null && ' · ', left !== null && h('span', { class: left < 15 * 60_000 ? 'late' : null }, say(left < 0 ? 'ui_overdue_since' : 'ui_left', { span: span(left) })));
}

async function more() {
  const page = await api.cases(place()[0], cursor);
  cases.push(...page.items);
  cursor = page.nextCursor;
  frame(place()[0], null);
}

async function decided(file, choice) {
  tell(say(choice.needsSecondPerson ? 'ui_was_proposed' : 'ui_was_decided', { what: say(choice.code) }), 'good');
  await guard(async () => {
    await readQueues();
    await show();
  });
  document.getElementById('case-title')?.focus();
}

function tell(text, kind) {
  note.replaceChildren(h('p', { class: `note ${kind}` }, text));
}

function languages() {
  const select = h('select', { id: 'language', onchange: async () => {
    await load(select.value);
    desk ? await guard(show) : welcome();
  } }, [['sq', 'Shqip'], ['en', 'English']].map(([code, name]) => h('option', { value: code, selected: code === language }, name)));
  return h('label', { class: 'quiet' }, `${say('ui_language')} `, select);
}

function go(queue, id) {
  note.replaceChildren();
  location.hash = id ? `#/${queue}/${id}` : `#/${queue}`;
}

addEventListener('hashchange', () => desk && guard(show));
addEventListener('keydown', (event) => {
  if (!desk || event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
  const lines = [...document.querySelectorAll('[data-case]')];
  const at = lines.indexOf(document.activeElement);
  const step = { j: 1, ArrowDown: 1, k: -1, ArrowUp: -1 }[event.key];
  if (step && lines.length > 0) {
    event.preventDefault();
    lines[at < 0 ? 0 : Math.min(Math.max(at + step, 0), lines.length - 1)].focus();
  } else if (event.key === 'Escape' && place()[1]) {
    go(place()[0]);
  } else if (/^[1-9]$/.test(event.key) && desk.queues[event.key - 1]) {
    go(desk.queues[event.key - 1].name);
  } else if (event.key === 'd') {
    const first = document.querySelector('form[data-decision] input, form[data-decision] textarea, form[data-decision] button');
    if (first) {
      event.preventDefault();
      first.focus();
    }
  }
});

// Nobody's half-written decision is disturbed, nor who is reading by keyboard.
setInterval(() => desk && !document.hidden && !place()[1] && !document.activeElement?.closest?.('main, form') && guard(async () => {
  await readQueues();
  await show();
}), refreshEvery);

await begin();
