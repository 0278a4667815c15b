/** Block Kit objects that several tests send, in the SDK's types. */
import type { ActionsBlock, Button, ModalView } from '@slack/types';

export const plainText = (text: string) => ({ type: 'plain_text' as const, text });

export const mrkdwnText = (text: string) => ({ type: 'mrkdwn' as const, text });

/** An option whose value is its label in lower case. */
export const option = (label: string) => ({ text: plainText(label), value: label.toLowerCase() });

/** A button whose action_id is its label in lower case. */
export const button = (label: string, more: Partial<Button> = {}): Button => ({
  type: 'button',
  action_id: label.toLowerCase(),
  text: plainText(label),
  ...more,
});

export const actionsBlock = (...elements: ActionsBlock['elements']): ActionsBlock => ({
  type: 'actions',
  elements,
});

/** A modal with a submit button. */
export const modalView = (title: string, more: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  title: plainText(title),
  submit: plainText('Go'),
  blocks: [],
  ...more,
});
