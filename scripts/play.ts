/** How a rep and a manager play a deal, as people would: used by the story in the terminal and by the tests. */
import type { Modal, PersonDriver } from 'slack-sandbox';

export type Business = 'A prospect we did not win' | 'Our customer';

/** `/lostdeal Acme` and the first screen's two required fields. Leaves the rep on the first step. */
export async function beginCall(
  rep: PersonDriver,
  account: string,
  options: { readonly business?: string; readonly playbook?: string; readonly command?: string } = {},
): Promise<Modal> {
  await rep.slash(`/lostdeal ${options.command ?? ''}${account}`);
  const intake = await rep.modal();
  await intake.fill({
    'Who is it?': options.business ?? 'A prospect we did not win',
    ...(options.playbook === undefined ? {} : { Playbook: options.playbook }),
  });
  await intake.submit();
  return rep.modal();
}

/** One screen: a button by its label, or `submit` for the one at the foot; what is typed first, by label. */
export type Tap =
  | string
  | { readonly type: Readonly<Record<string, string | string[] | number>>; readonly tap: string };

/**
 * Taps through screens, one after the other, waiting for each next one.
 * @param read takes the words of each screen that is left, in order
 */
export async function tapThrough(
  rep: PersonDriver,
  taps: readonly Tap[],
  read: (words: string) => void = () => undefined,
): Promise<Modal> {
  let modal = await rep.modal();
  for (const tap of taps) {
    read(modal.text());
    const label = typeof tap === 'string' ? tap : tap.tap;
    if (typeof tap !== 'string') await modal.fill(tap.type);
    const before = modal.text();
    if (label === 'submit') await modal.submit();
    else await modal.click(label);
    modal = await changed(rep, before);
  }
  return modal;
}

async function changed(rep: PersonDriver, before: string): Promise<Modal> {
  // A screen differs from the one before in its title line at least.
  return rep.modal(new RegExp(`^(?!${literally(before)}$)`, 'u'));
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');

/** The shortest way through `heartbeat` to a pulse: no text, not signed, no date known. */
export const TO_A_PULSE: readonly Tap[] = [
  'submit', // thanks: Said it
  'Already told me', // attraction
  'submit', // picture is whole
  'Yes', // would have kept
  'Nothing else', // obstacle
  'Not yet', // signed
  'Yes, check', // may check
  "Don't know", // signing date
  "Don't know", // promise
];
