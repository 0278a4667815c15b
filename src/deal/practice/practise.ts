/** What a rep does in a practice call, as pure steps from one state to the next; and the deal that its screens show. */
import { targetOf } from '../../playbook/practice/answers';
import { mistakeOf } from '../../playbook/practice/mistakes';
import type { PracticeReply, Prospect } from '../../playbook/practice/prospects';
import type { Playbook } from '../../playbook/schema';
import { sourceAndFact, stepOf } from '../../playbook/walk';
import { apply } from '../evolve/evolve';
import type { Deal, SuggestedTimes } from '../model/deal';
import type { Practice, PracticeState, Tapped } from '../model/practice';

export type PracticeMove =
  /** *I've said it*: the reply shows. */
  | { readonly do: 'say' }
  | ({ readonly do: 'tap' } & Tapped)
  /** Back to the reply after an answer that the prospect did not give. */
  | { readonly do: 'try_again' }
  /** On with that answer. */
  | { readonly do: 'go_on' }
  | { readonly do: 'back' };

export type NewPractice = Pick<Practice, 'id' | 'tenant' | 'rep' | 'prospect' | 'seed'> & {
  readonly playbook: Playbook;
  readonly at: number;
  readonly isPreview?: boolean;
};

export function beginPractice({ playbook, at, isPreview = false, ...given }: NewPractice): Practice {
  return {
    ...given,
    isPreview,
    playbook: { id: playbook.id, hash: playbook.hash },
    startedAt: at,
    endedAt: null,
    revision: 1,
    state: {
      position: { stepId: playbook.start, visit: 1 },
      trail: [],
      visits: 1,
      heard: false,
      doubted: null,
      misheard: [],
      suggestedTimes: null,
      verdict: null,
    },
  };
}

/** The how-manieth showing of its step the present screen is on this path, from 1. */
export const showingOf = ({ position, trail }: PracticeState): number =>
  1 + trail.filter(({ stepId }) => stepId === position?.stepId).length;

/**
 * The practice after a move; the same one when the move does not fit its screen.
 * @param reply what the prospect says at the present step
 * @param at ms UTC
 */
export function practised(
  practice: Practice,
  playbook: Playbook,
  reply: PracticeReply,
  move: PracticeMove,
  at: number,
): Practice {
  const { state } = practice;
  const { position, heard, doubted } = state;
  if (position === null) return practice;
  switch (move.do) {
    case 'say':
      return heard ? practice : moved(practice, { heard: true });
    case 'tap': {
      const { tap, answer } = move;
      if (mistakeOf(stepOf(playbook, position.stepId), reply.means, tap) === null)
        return answered(practice, playbook, move, at);
      const missed = { stepId: position.stepId, showing: showingOf(state) };
      const isNew = state.misheard.every(
        ({ stepId, showing }) => stepId !== missed.stepId || showing !== missed.showing,
      );
      return moved(practice, {
        heard: true,
        doubted: { tap, answer },
        misheard: isNew ? [...state.misheard, missed] : state.misheard,
      });
    }
    case 'try_again':
      return doubted === null ? practice : moved(practice, { doubted: null });
    case 'go_on':
      return doubted === null ? practice : answered(practice, playbook, doubted, at);
    case 'back': {
      const last = state.trail.at(-1);
      if (last === undefined) return practice;
      const visit = state.visits + 1;
      return moved(practice, {
        position: { stepId: last.stepId, visit },
        trail: state.trail.slice(0, -1),
        visits: visit,
        heard: true,
        doubted: null,
      });
    }
  }
}

/** With the hours that its screen offers. */
export const withTimes = (practice: Practice, suggestedTimes: SuggestedTimes): Practice => ({
  ...practice,
  state: { ...practice.state, suggestedTimes },
});

const moved = (practice: Practice, state: Partial<PracticeState>): Practice => ({
  ...practice,
  revision: practice.revision + 1,
  state: { ...practice.state, ...state },
});

function answered(practice: Practice, playbook: Playbook, { tap, answer }: Tapped, at: number): Practice {
  const { position, trail, visits } = practice.state;
  if (position === null) return practice;
  const step = stepOf(playbook, position.stepId);
  const next = targetOf(playbook, step.id, tap);
  const after = {
    trail: [...trail, { ...position, answer, ...sourceAndFact(step, answer), at }],
    heard: false,
    doubted: null,
    suggestedTimes: null,
  };
  if ('verdict' in next) {
    return { ...moved(practice, { ...after, position: null, verdict: next.verdict }), endedAt: at };
  }
  const visit = visits + 1;
  return moved(practice, { ...after, position: { stepId: next.step, visit }, visits: visit });
}

/**
 * The deal that the screens of a practice show. Nothing stores it.
 * @param zone the rep's IANA zone
 */
export function dealOfPractice(practice: Practice, prospect: Prospect, zone: string): Deal {
  const { id, tenant, rep, playbook, startedAt: at, state } = practice;
  const { position, trail, visits, verdict, suggestedTimes } = state;
  const { deal } = apply(
    null,
    [
      {
        type: 'started',
        id,
        tenant,
        rep,
        manager: null,
        account: prospect.company,
        business: prospect.business,
        playbook,
        firstStep: position?.stepId ?? '',
        zone,
      },
    ],
    { at, by: rep },
  );
  const details = { ...deal.details, prospect: spokenName(prospect.name), competitor: prospect.competitor };
  return { ...deal, details, position, trail, visits, verdict, suggestedTimes };
}

/** As a rep says it on the phone: "Jane" of Jane Porter, and the whole of "Ms. Porter". */
function spokenName(name: string): string {
  const [first = ''] = name.split(' ');
  return first.endsWith('.') ? name : first;
}
