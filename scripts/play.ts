/** How people get through the screens of a call. */
import type { ActResult, InputValue, Modal, PersonDriver } from 'slack-sandbox';

/** `/lostdeal Acme` and the first screen's two required fields. Leaves the rep on the first step. */
export async function beginCall(
  rep: PersonDriver,
  account: string,
  options: { readonly business?: string; readonly playbook?: string; readonly command?: string } = {},
): Promise<Modal> {
  await rep.slash(`/lostdeal ${options.command ?? ''}${account}`);
  const intake = await rep.modal();
  await intake.fill({
    'New business or a customer?': options.business ?? "New business we didn't win",
    ...(options.playbook === undefined ? {} : { Playbook: options.playbook }),
  });
  await intake.submit();
  return rep.modal();
}

/** One screen: a button by its label, or `submit` for the one at the foot; what is typed first, by label. */
export type Tap = string | { readonly type: Readonly<Record<string, InputValue>>; readonly tap: string };

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
    await press(modal, label);
    modal = await changed(rep, before);
  }
  return modal;
}

const ENDING = 'How did it end?';

/** Fills in a form after a call: first how it ended, then *More* for fields that stand behind it. */
export async function fillNotes(
  screen: Modal,
  { [ENDING]: ending, ...notes }: Readonly<Record<string, InputValue>>,
): Promise<Modal> {
  if (ending !== undefined) {
    await screen.fill({ [ENDING]: ending });
    // Each ending has one of these.
    await screen.waitFor(/Loss reasons|Anything else worth keeping/u);
  }
  const [hidden] = Object.keys(notes).filter((label) => !screen.inputs().includes(label));
  if (hidden !== undefined && screen.buttons().includes('More')) {
    await screen.click('More');
    await screen.waitFor(hidden);
  }
  return screen.fill(notes);
}

/** Presses a button of a screen: one of its blocks, or the one at its foot by its label or as `submit`. */
export function press(modal: Modal, label: string): Promise<ActResult> {
  const { view } = modal;
  const foot = view.type === 'modal' ? view.submit?.text : undefined;
  return label === 'submit' || label === foot ? modal.submit() : modal.click(label);
}

async function changed(rep: PersonDriver, before: string): Promise<Modal> {
  // A screen differs from the one before in its title line at least.
  return rep.modal(new RegExp(`^(?!${literally(before)}$)`, 'u'));
}

const literally = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/gu, '\\$&');
