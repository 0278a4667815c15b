/** What App Home offers beside a deal: the next action of each person at each stage. */
import { nextActions } from '../../../src/deal/decide/nextActions';
import type { Actor } from '../../../src/deal/model/commands';
import { ADMIN, COLLEAGUE, DECLINE, MANAGER, MATCH, REP, STAND_IN, STRANGER, World } from '../world';

const PEOPLE = {
  rep: REP,
  manager: MANAGER,
  standIn: STAND_IN,
  admin: ADMIN,
  colleague: COLLEAGUE,
  stranger: STRANGER,
};
type Person = keyof typeof PEOPLE;

const asked = (manager: string | null = MANAGER.userId) => new World().start(manager).reach('pulse');
const questioned = () => {
  const world = asked();
  world.accepted({ type: 'ask_rep', text: 'Who signs?' }, MANAGER);
  return world;
};
const filledIn = () => {
  const world = asked();
  world.accepted({ type: 'fill_in', manager: null, details: {}, written: [], ledger: null });
  return world;
};
const signed = () => {
  const world = asked();
  world.accepted({ type: 'report_signed' });
  return world;
};
const closed = () => {
  const world = asked().decided(MATCH);
  world.accepted({ type: 'report_outcome', outcome: { kind: 'lost', reason: null } });
  return world;
};

const STAGES: readonly (readonly [
  stage: string,
  make: () => World,
  next: Partial<Record<Person, readonly string[]>>,
])[] = [
  ['on the call', () => new World().start(), { rep: ['resume', 'log_call', 'not_lost'] }],
  ['not reached', () => new World().start().reach('unreached'), { rep: ['try_again', 'not_lost'] }],
  ['waiting for the manager', asked, { rep: ['nudge', 'fill_in'], manager: ['decide'], standIn: ['decide'] }],
  ['waiting, with the facts', filledIn, { rep: ['nudge'], manager: ['decide'], standIn: ['decide'] }],
  [
    'waiting for the rep’s answer',
    questioned,
    { rep: ['answer', 'fill_in'], manager: ['decide'], standIn: ['decide'] },
  ],
  ['waiting for nobody', () => asked(null), { rep: ['name_decider', 'fill_in'], admin: ['name_decider'] }],
  ['going back with a yes', () => asked().decided(MATCH), { rep: ['won_back', 'still_lost'] }],
  ['calling back with a no', () => asked().decided(DECLINE), { rep: ['won_back', 'still_lost'] }],
  ['signed with the other company', signed, { rep: ['still_lost'] }],
  ['keep talking', () => new World().start().reach('keep_talking'), { rep: ['won_back', 'still_lost'] }],
  ['closed', closed, {}],
  ['not a loss', () => new World().start().reach('not_over'), {}],
];

describe.each(STAGES)('%s', (_stage, make, next) => {
  it.each(Object.entries(PEOPLE) as [Person, Actor][])('%s', (name, actor) => {
    expect(nextActions(make().it, actor)).toEqual(next[name] ?? []);
  });
});
