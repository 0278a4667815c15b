import type { AnyBlock, ModalView } from '@slack/types';
import type { Deal } from '../../deal/model/deal';
import type { Playbook, Step } from '../../playbook/schema';
import { wholeScript } from '../../playbook/walk';
import { VIEWS } from '../ids';
import { line, list, plainLine, quote, type RichPiece, rich, spoken } from '../text';
import { modal } from './modal';
import { quiet } from './small';

const MOST_BLOCKS = 90;

/** *Whole script*: every line of the playbook in order, to look ahead or to find the way back. */
export function script(playbook: Playbook, deal: Deal): ModalView {
  const steps = wholeScript(playbook);
  const perBlock = Math.max(1, Math.ceil(steps.length / MOST_BLOCKS));
  const blocks: AnyBlock[] = [];
  for (let start = 0; start < steps.length; start += perBlock) {
    blocks.push(rich(...steps.slice(start, start + perBlock).flatMap((step) => piecesOf(step, deal))));
  }
  return modal({
    id: VIEWS.script,
    title: 'Whole script',
    close: 'Back to the call',
    ref: { deal: deal.id },
    blocks: [quiet(`${playbook.title}. ${playbook.summary}`), ...blocks],
  });
}

function piecesOf(step: Step, deal: Deal): RichPiece[] {
  const here = deal.position?.stepId === step.id ? ' (you are here)' : '';
  const answers = (step.choices ?? []).map((choice) => plainLine(choice.label, deal));
  return [
    line({ bold: `${plainLine(step.title, deal)}${here}` }),
    ...step.say.map((template) => quote(...spoken(template, deal))),
    list((step.prompts ?? []).map((prompt) => spoken(prompt, deal))),
    ...(answers.length === 0 ? [] : [line({ italic: answers.join(' · ') })]),
  ];
}
