// The end of the audit log, where the server offers it, and whether it is whole.

import { byId, clock, cut, make, say } from './dom.js';
import { Problem } from './api.js';

const SHOWN = 50;

/** The audit tail, for the role admin. */
export class Audit {
  #api;
  #last = -1;

  constructor(api, who) {
    this.#api = api;
    byId('audit').hidden = !who.roles.includes('admin');
  }

  /** @param last number of the latest record, from the status */
  async refresh(last) {
    if (byId('audit').hidden || last === this.#last) return;
    try {
      this.#show(await this.#api.get(`/v1/audit?after=${Math.max(0, last - SHOWN)}&limit=${SHOWN}`));
      this.#last = last;
    } catch (problem) {
      if (!(problem instanceof Problem)) throw problem;
      byId('audit-table').hidden = true;
      say(byId('audit-state'), `This server does not show its audit here (${problem.message}). \`gatehouse audit verify\` checks it where it is kept.`);
      this.#last = last;
    }
  }

  #show(page) {
    say(byId('audit-state'), verified(page.verification));
    byId('audit-state').classList.toggle('problem', page.verification?.result !== 'intact');
    byId('audit-table').hidden = false;
    byId('audit-rows').replaceChildren(...page.records.slice().reverse().map((record) => make('tr', '',
      make('td', 'seq', String(record.seq)),
      make('td', '', clock(record.ts)),
      make('td', '', record.event),
      make('td', '', record.actor?.caller ?? ''),
      make('td', '', what(record)))));
  }
}

function what(record) {
  const decision = record.decision ? `${record.decision.behavior} (${record.decision.code})` : '';
  const outcome = typeof record.outcome === 'string' ? record.outcome : record.outcome && JSON.stringify(record.outcome);
  const call = record.tool && `${record.tool} ${record.arguments ? JSON.stringify(record.arguments) : ''}`;
  return cut([call, decision, outcome, record.task].filter(Boolean).join(' · '), 300);
}

/** How the server says that the chain is whole; this page does not check that for itself. */
function verified(verification) {
  if (!verification) return 'The server does not say whether the chain is whole.';
  const { result, what, seq, head_seq, lost } = verification;
  if (result !== 'intact') return `NOT INTACT: ${result}${what ? `, ${what}` : ''}${seq ? ` at record ${seq}` : ''}.`;
  return ['The server has checked these records: the chain is intact.',
    head_seq === undefined ? '' : `The signed head stands at record ${head_seq}.`,
    lost ? `RECORDS WERE LOST: ${lost}.` : ''].filter(Boolean).join(' ');
}
