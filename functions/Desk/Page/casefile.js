// A case opened: facts, timeline, documents, and what can be decided now.
import * as api from './api.js';
import { h } from './dom.js';
import { moment, say, title, value } from './words.js';

const seconds = ['confirm_proposal', 'refuse_proposal'];

/** @param decided is given the case as it stands after a decision. */
export function casefile(file, { staff, now, late, decided, back }) {
  const it = file.case;
  const heading = h('h2', { tabindex: '-1', id: 'case-title' }, `${say(it.kind)}: ${title(it.title)}`);
  const element = h('article', { 'aria-labelledby': 'case-title' },
    h('button', { type: 'button', class: 'back', onclick: back }, `← ${say('ui_back')}`),
    heading,
    h('p', { class: 'quiet' }, say(it.state), it.waitsFor ? ` · ${say('ui_waits_for', { who: say(`waits_${it.waitsFor}`) })}` : '', ' · ', late(it)),
    h('dl', { class: 'facts' }, file.facts.map((fact) => [h('dt', {}, say(fact.label)), h('dd', {}, value(fact.value, fact.shape))])),
    file.proposal && proposal(file.proposal),
    decisions(file, staff, decided),
    h('h3', {}, say('ui_timeline')),
    h('ol', { class: 'timeline' }, file.timeline.map((step) =>
      h('li', {}, `${say(step.what)} · ${moment(step.at)}`, step.by ? ` · ${step.by === 'customer' ? say('waits_customer') : step.by}` : ''))),
    file.documents.length > 0 && [h('h3', {}, say('ui_documents')), h('div', { class: 'documents' }, file.documents.map(documentOf))]);
  return { element, heading };
}

function proposal(it) {
  return h('section', { class: 'proposal', 'aria-label': say('ui_proposal') },
    h('strong', {}, say('ui_proposed', { who: it.by, what: say(it.decision) })),
    h('div', { class: 'quiet' }, moment(it.at)),
    Object.entries(it.fields).map(([name, text]) => h('div', {}, `${say(name)}: ${text}`)),
    it.reason && h('div', {}, `${say('reason')}: ${it.reason}`));
}

function decisions(file, staff, decided) {
  if (file.proposal && file.proposal.by === staff) return h('p', { class: 'quiet' }, say('ui_own_proposal'));
  if (file.decisions.length === 0) return null;
  return h('section', { 'aria-label': say('ui_decision') },
    h('h3', {}, say('ui_decision')),
    file.decisions.map((choice) => form(file.case, choice, decided)));
}

function form(it, choice, decided) {
  // One key for as long as this form says the same: pressed twice, it is one decision.
  let [key, sent] = [crypto.randomUUID(), ''];
  const inputs = choice.fields.map((field) => ({ field, ...input(choice, field) }));
  const reason = choice.needsReason && h('textarea', { id: `${choice.code}-reason`, rows: 2, required: true, maxlength: 300 });
  const faults = h('p', { class: 'fault', role: 'alert' });
  const button = h('button', { type: 'submit', class: choice.code.includes('reject') || choice.code.includes('refuse') ? null : 'main' },
    choice.needsSecondPerson ? say('ui_propose', { what: say(choice.code) }) : say(choice.code));
  return h('form', {
    'data-decision': choice.code,
    async onsubmit(event) {
      event.preventDefault();
      const body = {
        decision: choice.code,
        fields: inputs.map(({ field, read }) => ({ name: field.name, value: read() })).filter((field) => field.value),
        ...(reason ? { reason: reason.value.trim() } : {}),
      };
      if (sent && sent !== JSON.stringify(body)) key = crypto.randomUUID();
      sent = JSON.stringify(body);
      button.disabled = true;
      faults.textContent = '';
      try {
        decided(await api.decide(it.queue, it.id, key, body), choice);
      } catch (refusal) {
        faults.textContent = [refusal.message, ...(refusal.faults ?? []).map((fault) => `${say((fault.pointer ?? '').split('/').pop())}: ${fault.detail ?? ''}`)].join(' ');
        button.disabled = false;
        button.focus();
      }
    },
  }, h('fieldset', {},
    h('legend', {}, say(choice.code)),
    inputs.map(({ element }) => element),
    reason && [h('label', { for: reason.id }, say('reason')), reason],
    choice.needsSecondPerson && !seconds.includes(choice.code) && h('p', { class: 'quiet' }, say('ui_second_person')),
    faults,
    h('div', { class: 'actions' }, button)));
}

function input(choice, field) {
  const id = `${choice.code}-${field.name}`;
  const common = { id, required: field.isRequired };
  const label = h('label', { for: id }, say(field.name), field.isRequired ? '' : ` (${say('ui_optional')})`);
  if (field.shape === 'code') {
    const select = h('select', common, field.options.map((option) => h('option', { value: option, selected: option === field.suggested }, say(option))));
    return { element: [label, select], read: () => select.value };
  }

  if (field.shape === 'moment') {
    const shown = field.suggested ? local(field.suggested) : '';
    const time = h('input', { ...common, type: 'datetime-local', value: shown });
    // Untouched it is what the bank has suggested, to the second.
    return { element: [label, time], read: () => time.value === shown ? field.suggested : time.value && new Date(time.value).toISOString() };
  }

  const text = h('input', {
    ...common, type: field.shape === 'date' ? 'date' : 'text', value: field.suggested ?? '', autocomplete: 'off', inputmode: field.shape === 'number' ? 'decimal' : null,
  });
  return { element: [label, text], read: () => text.value.trim() };
}

/** As datetime-local has it, in the browser's own zone. */
function local(text) {
  const at = new Date(text);
  return new Date(at - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function documentOf(it) {
  const place = h('div', {});
  place.append(h('button', {
    type: 'button',
    async onclick(event) {
      const address = URL.createObjectURL(await api.document_(it.address));
      if (it.contentType.startsWith('image/')) {
        event.target.replaceWith(h('figure', {}, h('figcaption', {}, say(it.title)), h('img', { src: address, alt: say(it.title) })));
        return;
      }

      // Saved, not shown: what a partner has made runs nowhere near the desk.
      h('a', { href: address, download: `${it.name}.${it.contentType === 'application/pdf' ? 'pdf' : 'bin'}` }).click();
      URL.revokeObjectURL(address);
    },
  }, say('ui_open', { what: say(it.title) })));
  return place;
}
