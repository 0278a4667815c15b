/** *I'm out*: who decides meanwhile; and passing on the asks that wait now. */
import type { ModalView } from '@slack/types';
import type { StandIn } from '../../coach/settings/settingsSchema';
import type { Deal, UserId } from '../../deal/model/deal';
import { ACTIONS, VIEWS } from '../ids';
import { buttons, cut, line, list, paragraph, rich } from '../text';
import { dateField, personField, type Read, type ViewValues } from './form';
import { modal } from './modal';
import { Reading } from './settings/form';
import { readStandIn, STAND_IN, spanText } from './settings/standIns';
import { quiet } from './small';

export interface OutOptions {
  readonly viewer: UserId;
  /** What is set for this manager already, with dates. */
  readonly current: StandIn | null;
  /** The calendar day it is for them. */
  readonly today: string;
}

export function out({ current, today }: OutOptions): ModalView {
  return modal({
    id: VIEWS.out,
    title: 'When I am out',
    submit: 'Save',
    close: 'Cancel',
    blocks: [
      ...(current === null
        ? [paragraph(['Asks go to your stand-in on these days, and come back to you after the last one.'])]
        : [
            paragraph([
              { user: current.standIn },
              ` stands in for you, ${spanText(current.from, current.until)}.`,
            ]),
            buttons({ action: ACTIONS.backAgain, label: 'I am back', ref: {} }),
          ]),
      personField({
        block: STAND_IN.standIn,
        label: 'Who is asked meanwhile?',
        required: true,
        initial: current?.standIn ?? null,
      }),
      dateField({
        block: STAND_IN.from,
        label: 'First day out',
        required: true,
        initial: current?.from ?? today,
      }),
      dateField({
        block: STAND_IN.until,
        label: 'Last day out',
        hint: 'Empty: until you say that you are back.',
        initial: current?.until ?? null,
      }),
    ],
  });
}

export function readOut(values: ViewValues, { viewer, today }: Omit<OutOptions, 'current'>): Read<StandIn> {
  const reading = new Reading();
  const { standIn, from, until } = readStandIn(
    reading,
    values,
    viewer,
    'Please choose somebody other than yourself.',
  );
  if (until !== null && until < today) {
    reading.fail(STAND_IN.until, 'That day has passed. Please pick a later one.');
  }
  return reading.done({ manager: viewer, standIn, from: from ?? today, until });
}

const SHOWN = 10;

/** Asks that wait for somebody who is out from now on. */
export function passAsks(deals: readonly Deal[], standIn: UserId): ModalView {
  return modal({
    id: VIEWS.passAsks,
    title: 'Before you go',
    submit: 'Pass them on',
    close: 'Keep them',
    blocks: [
      rich(
        line('These wait for you now. Shall ', { user: standIn }, ' decide?'),
        list(
          deals
            .slice(0, SHOWN)
            .map((deal) => [
              { bold: cut(deal.account, 200) },
              ...(deal.ask === null ? [] : ['; answer by ', { date: deal.ask.deadline }]),
            ]),
        ),
      ),
      ...(deals.length > SHOWN ? [quiet(`And ${deals.length - SHOWN} more.`)] : []),
    ],
  });
}
