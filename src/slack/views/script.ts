/** Screens on top of a call: what to reply when the prospect says something else, and the whole script. */
import type { AnyBlock, ModalView } from '@slack/types';
import type { Deal } from '../../deal/model/deal';
import { decisionInForce } from '../../deal/model/inForce';
import type { Playbook, Reply, Step } from '../../playbook/schema';
import { wholeScript } from '../../playbook/walk';
import { cueOf, furtherHints, repliesTo, wordsOf } from '../../playbook/words';
import { VIEWS } from '../ids';
import { line, list, plainLine, quote, type RichPiece, rich, spoken, strong } from '../text';
import { divider, quiet } from './blocks';
import { modal } from './modal';

/** *They say…*: what the prospect may say instead of an answer, and the words that lead back to the question. */
export function theySay(current: Step, deal: Deal, playbook: Playbook): ModalView {
  return modal({
    id: VIEWS.theySay,
    title: 'They say…',
    close: 'Back to the call',
    ref: { deal: deal.id },
    blocks: [
      rich(...current.say.map((template) => quote(...spoken(template, deal, { of: playbook })))),
      divider(),
      ...(current.they_say ?? []).map((reply) => replyBlock(reply, deal, playbook)),
    ],
  });
}

/** *They say…* after the call: the words to go back with, and replies to what the prospect may say then. */
export function theySayBack(deal: Deal, playbook: Playbook): ModalView | null {
  const decision = decisionInForce(deal);
  if (decision === null) return null;
  return modal({
    id: VIEWS.theySay,
    title: 'They say…',
    ref: { deal: deal.id },
    blocks: [
      rich(
        ...wordsOf(playbook, decision.kind).map((template) =>
          quote(...spoken(template, deal, { of: playbook })),
        ),
      ),
      divider(),
      ...repliesTo(playbook, decision.kind).map((reply) => replyBlock(reply, deal, playbook)),
    ],
  });
}

const replyBlock = ({ hear, reply }: Reply, deal: Deal, of: Playbook): AnyBlock =>
  rich(line(`“${plainLine(hear, deal, of)}”`), quote(...strong(spoken(reply, deal, { of }))));

const MOST_BLOCKS = 90;

/** *Whole script*: every line of the playbook in order. The rep looks ahead or finds the way back. */
export function script(playbook: Playbook, deal: Deal): ModalView {
  const steps = wholeScript(playbook);
  const perBlock = Math.max(1, Math.ceil(steps.length / MOST_BLOCKS));
  const blocks: AnyBlock[] = [];
  for (let start = 0; start < steps.length; start += perBlock) {
    blocks.push(
      rich(...steps.slice(start, start + perBlock).flatMap((step) => piecesOf(step, deal, playbook))),
    );
  }
  return modal({
    id: VIEWS.script,
    title: 'Whole script',
    close: 'Back to the call',
    ref: { deal: deal.id },
    blocks: [quiet(`${playbook.title}. ${playbook.summary}`), ...blocks],
  });
}

function piecesOf(step: Step, deal: Deal, playbook: Playbook): RichPiece[] {
  const here = deal.position?.stepId === step.id ? ' (you are here)' : '';
  const answers = [...(step.one_tap ?? []), ...(step.choices ?? [])].map(({ label }) =>
    plainLine(label, deal),
  );
  const cue = cueOf(step);
  const cues = [...(cue === null ? [] : [cue]), ...furtherHints(step)].map((it) =>
    plainLine(it, deal, playbook),
  );
  const dont = dontOf(step);
  return [
    line({ bold: `${plainLine(step.title, deal)}${here}` }),
    ...step.say.map((template) => quote(...spoken(template, deal, { of: playbook }))),
    list((step.prompts ?? []).map((prompt) => spoken(prompt, deal, { of: playbook }))),
    ...(answers.length === 0 ? [] : [line({ italic: answers.join(' · ') })]),
    ...(cues.length === 0 ? [] : [line(`Listen for: ${cues.join(' · ')}`)]),
    ...(dont === null ? [] : [line(plainLine(dont, deal, playbook))]),
    line(`Why: ${plainLine(step.why, deal, playbook)}`),
  ];
}

/** What the rep leaves out; a playbook of an earlier release has a whole sentence. Null: nothing. */
export const dontOf = ({ dont, avoid }: Step): string | null =>
  dont === undefined ? (avoid ?? null) : `Don't ${dont}`;
