/** Buttons, for screens and messages alike. */
import type { ActionsBlock, Button } from '@slack/types';
import { encodeRef, type Ref } from '../ids';
import { plain } from './rich';

export interface ButtonOptions {
  readonly action: string;
  readonly label: string;
  readonly ref?: Ref;
  readonly style?: 'primary' | 'danger' | undefined;
  /** Slack asks the person to confirm the tap. */
  readonly confirm?: { readonly title: string; readonly text: string; readonly yes: string };
}

/** A button. Its label is at most 75 characters. */
export function button(options: ButtonOptions): Button {
  return {
    type: 'button',
    action_id: options.action,
    text: plain(options.label, 75),
    value: encodeRef(options.ref ?? {}),
    ...(options.style === undefined ? {} : { style: options.style }),
    ...(options.confirm === undefined
      ? {}
      : {
          confirm: {
            title: plain(options.confirm.title, 100),
            text: plain(options.confirm.text, 300),
            confirm: plain(options.confirm.yes, 30),
            deny: plain('Cancel', 30),
          },
        }),
  };
}

/** A row of buttons. */
export function buttons(...all: readonly ButtonOptions[]): ActionsBlock {
  return { type: 'actions', elements: all.slice(0, 25).map(button) };
}
