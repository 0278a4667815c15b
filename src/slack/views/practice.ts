/** The screens of a practice call: what can be practiced, one step at a time, and the end. */
import type { AnyBlock, ModalView } from '@slack/types';
import type { NextPractice, PracticeOffer, PracticeScene } from '../../coach/practice';
import type { AnswerValue } from '../../playbook/answer';
import type { PracticeAnswer } from '../../playbook/practice/answers';
import { mistakeOf } from '../../playbook/practice/mistakes';
import type { PracticeReply, Prospect } from '../../playbook/practice/prospects';
import { FACT_KINDS, type Reason, type Step } from '../../playbook/schema';
import { stepOf } from '../../playbook/walk';
import { ACTIONS, practiceAction, type Ref, VIEWS } from '../ids';
import {
  type ButtonOptions,
  buttons,
  cut,
  feedbackPieces,
  line,
  mistakeParts,
  momentLabel,
  paragraph,
  plainLine,
  quote,
  rich,
  spoken,
  strong,
} from '../text';
import { answerFields } from './answerFields';
import { divider, heading, quiet } from './blocks';
import { hints, linesToSay, placeText, readStep } from './call';
import { modal } from './modal';
import { choiceButtons, PREVIEW } from './playbooks';
import type { ViewValues } from './values';

const PRACTICE = 'Practice. Nothing is posted, and nobody gets a message.';

/** Playbooks that one screen offers: each takes three of Slack's 100 blocks. */
const MOST_PLAYBOOKS = 20;

/** Whom the rep can practice with now. */
export function practiceIntro({ id, next, unfinished, wantsAdvice }: PracticeOffer): ModalView {
  return modal({
    id: VIEWS.practice,
    title: 'Practice',
    blocks: [
      quiet(PRACTICE),
      paragraph([
        'Read each line aloud. Listen to the reply, then tap what it means. It takes three minutes.',
      ]),
      ...(unfinished === null
        ? []
        : [
            divider(),
            paragraph([`You were on with ${nameOf(unfinished.prospect)}. Pick up where you left off?`]),
            buttons({
              action: ACTIONS.practiceResume,
              label: 'Resume',
              ref: { practice: unfinished.practice.id },
            }),
          ]),
      ...next.slice(0, MOST_PLAYBOOKS).flatMap((it): AnyBlock[] => [
        divider(),
        rich(
          line({ bold: it.playbook.title }),
          line(whoComes("You'll talk to", it)),
          ...(it.met === 0 ? [] : [line({ italic: howMany(it) })]),
        ),
        buttons({
          action: ACTIONS.practiceStart,
          label: 'Start practice',
          about: it.playbook.title,
          ref: { practice: id, playbook: it.playbook.id },
        }),
      ]),
      ...(wantsAdvice
        ? []
        : [
            divider(),
            paragraph(["You don't read what went well after your calls."]),
            buttons({ action: ACTIONS.adviceAgain, label: 'Show it again' }),
          ]),
      quiet("Is Practice a company? Type /lostdeal and then the company's name."),
    ],
  });
}

const nameOf = ({ name, company }: Prospect): string => `${cut(name, 80)} of ${cut(company, 80)}`;

const whoComes = (verb: string, { prospect }: NextPractice): string =>
  `${verb} ${nameOf(prospect)}. ${cut(prospect.about, 300)}`;

const howMany = ({ met, outOf }: NextPractice): string =>
  met === outOf ? `You've met all ${outOf}.` : `You've met ${met} of ${outOf}.`;

/** The screen of a real call, with the prospect's reply beneath once the rep has said the line. */
export function practiceStep(
  { practice, playbook, prospect, deal }: PracticeScene,
  reply: PracticeReply,
  reasons: readonly Reason[],
): ModalView {
  const { position, heard, doubted } = practice.state;
  if (position === null) throw new Error('The practice is not on a screen');
  const current = stepOf(playbook, position.stepId);
  const ref = { practice: practice.id, step: position.stepId, visit: position.visit };
  const answers = heard && doubted === null;
  const goesOn = answers && current.next !== undefined && !asksForTime(current);
  const mistake = doubted === null ? null : mistakeOf(current, reply.means, doubted.tap);
  return modal({
    id: VIEWS.practiceStep,
    title: plainLine(current.title, deal),
    // *Said it* is the button before.
    submit: goesOn ? plainLine(nextLabel(current), deal) : null,
    close: practice.isPreview ? 'Close' : 'Finish later',
    ref,
    blocks: [
      quiet(`${headOf(practice)}\n${placeText(deal, playbook, position)}`),
      rich(line({ bold: 'You say' }), ...linesToSay(current, deal, playbook)),
      ...(heard
        ? [heardBlock(prospect, reply)]
        : [
            ...hints(current, deal, playbook, { why: true }),
            buttons({ action: ACTIONS.practiceSaid, label: "I've said it", ref, style: 'primary' }),
          ]),
      ...(doubted === null
        ? []
        : [
            rich(line(...(mistake === null ? [] : mistakeParts(mistake, current, reply)))),
            buttons(
              { action: ACTIONS.practiceTryAgain, label: 'Try again', ref },
              { action: ACTIONS.practiceGoOn, label: 'Go on anyway', ref },
            ),
          ]),
      ...(goesOn ? answerFields(current, deal, { visit: position.visit, reasons, screen: 'call' }) : []),
      ...(answers ? answerRow(current, deal, ref) : []),
      divider(),
      toolRow(current, deal, ref),
    ],
  });
}

/** Their words; a line in parentheses is a sound or a silence. */
function heardBlock({ name }: Prospect, { says }: PracticeReply): AnyBlock {
  const words = cut(says, 600);
  return words.startsWith('(')
    ? rich(line({ bold: 'You hear' }), line({ italic: words.replace(/^\(|\)$/gu, '') }))
    : rich(line({ bold: `${cut(name, 80)} answers` }), line(`“${words}”`));
}

/** Reads the inputs of a practice screen; null when nothing was typed. */
export function readPracticeStep(values: ViewValues, { step, visit }: Ref): AnswerValue | null {
  return step === undefined || visit === undefined ? null : readStep(values, { stepId: step, visit });
}

const nextLabel = ({ record, next_label = 'Next' }: Step): string =>
  record === undefined ? 'Go on' : next_label;

const kindOf = ({ record }: Step) => (record === undefined ? null : FACT_KINDS[record.fact]);

/** A day or an hour is one tap here, without a picker. */
const asksForTime = (current: Step): boolean => ['date', 'datetime'].includes(kindOf(current) ?? '');

/** The buttons of the real screen; a day that no button names has one, too. */
function answerRow(current: Step, deal: PracticeScene['deal'], ref: Ref): AnyBlock[] {
  const answer = (tap: PracticeAnswer, label: string): ButtonOptions => ({
    action: practiceAction(tap),
    label: plainLine(label, deal),
    ref,
  });
  const goesOn = current.next !== undefined;
  const row: ButtonOptions[] = [
    ...(goesOn && kindOf(current) === 'datetime' ? hourButtons(deal, ref) : []),
    ...(goesOn ? (current.one_tap ?? []) : []).map(({ id, label }) => answer({ day: id }, label)),
    ...(goesOn && kindOf(current) === 'date'
      ? [answer({ next: true }, current.one_tap === undefined ? 'They named a day' : 'Another day')]
      : []),
    ...(current.choices ?? []).map(({ id, label }) => answer({ choice: id }, label)),
    ...(current.again_label === undefined ? [] : [answer({ again: true }, current.again_label)]),
    ...(goesOn && asksForTime(current)
      ? [answer({ unknown: true }, current.unknown_label ?? "Don't know")]
      : []),
  ];
  return row.length === 0 ? [] : [buttons(...row)];
}

function hourButtons({ suggestedTimes, zone }: PracticeScene['deal'], ref: Ref): ButtonOptions[] {
  if (suggestedTimes === null) return [];
  const { at, others, madeAt } = suggestedTimes;
  return [at, ...others].slice(0, 2).map((hour, index) => ({
    action: practiceAction({ hour: true }, index > 0),
    label: momentLabel(hour, { zone: zone ?? 'UTC', from: madeAt }),
    ref: { ...ref, at: hour },
  }));
}

function toolRow(current: Step, { trail }: PracticeScene['deal'], ref: Ref): AnyBlock {
  return buttons(
    ...(trail.length === 0 ? [] : [{ action: ACTIONS.practiceBack, label: 'Back', ref }]),
    ...(current.they_say === undefined ? [] : [{ action: ACTIONS.practiceTheySay, label: 'They say…', ref }]),
    { action: ACTIONS.practiceScript, label: 'Whole script', ref },
  );
}

const headOf = ({ isPreview }: PracticeScene['practice']): string => (isPreview ? PREVIEW : PRACTICE);

/**
 * How the call ended, with the last words to say, and who comes next.
 * @param id of the practice that begins from here
 * @param next null: a preview
 */
export function practiceEnd(
  { practice, playbook, deal, feedback, waits }: PracticeScene,
  id: string,
  next: NextPractice | null,
): ModalView {
  const { isPreview } = practice;
  const { verdict } = practice.state;
  const pieces = feedbackPieces(feedback, deal, playbook);
  const ending = verdict === null ? undefined : playbook.endings[verdict];
  return modal({
    id: VIEWS.practiceEnd,
    title: 'How it ended',
    submit: isPreview ? 'Walk through again' : 'Practice again',
    close: 'Done',
    ref: { practice: id, playbook: playbook.id, ...(isPreview ? { version: playbook.hash } : {}) },
    blocks: [
      // Longer than the title of a screen may be.
      ...(ending === undefined ? [] : [heading(plainLine(ending.title, deal))]),
      quiet(headOf(practice)),
      ...((ending?.say ?? []).length === 0
        ? []
        : [
            rich(
              line({ bold: 'You say' }),
              ...(ending?.say ?? []).map((template) =>
                quote(...strong(spoken(template, deal, { atOnce: true, of: playbook }))),
              ),
            ),
          ]),
      // Nobody reminds of a practice that reached nobody.
      ...(ending === undefined || ending.say.length === 0
        ? []
        : [quiet(plainLine(ending.why, deal, playbook))]),
      ...(pieces.length === 0 ? [] : [divider(), rich(...pieces)]),
      ...(next === null
        ? []
        : [
            divider(),
            rich(
              line(
                { bold: howMany(next) },
                ' ',
                whoComes(next.met === next.outOf ? 'Again:' : 'Next:', next),
              ),
            ),
            quiet('Only you see this.'),
          ]),
      ...(waits ? [divider(), buttons(...choiceButtons(playbook))] : []),
    ],
  });
}
