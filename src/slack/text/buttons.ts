/** Buttons, for screens and messages alike. */
import type { ActionsBlock, AnyBlock, Button } from '@slack/types';
import { encodeRef, type Ref } from '../ids';
import { cut, wellFormed } from './encode';
import { plain } from './rich';

export interface ButtonOptions {
  readonly action: string;
  readonly label: string;
  /** What it is about, for people who hear the screen: *Open* is read as *Open: Acme*. */
  readonly about?: string | undefined;
  readonly ref?: Ref;
  readonly style?: 'primary' | 'danger' | undefined;
  /** Slack asks the person to confirm the tap. */
  readonly confirm?: {
    readonly title: string;
    readonly text: string;
    readonly yes: string;
    /** Default: *Cancel*. */
    readonly no?: string;
  };
}

/** Slack's limit for what a button says and for what is read out in its place, characters. */
const LABEL_MAX = 75;

/** A button. Its label is at most 75 characters. */
export function button(options: ButtonOptions): Button {
  return {
    type: 'button',
    action_id: options.action,
    text: plain(options.label, LABEL_MAX),
    value: encodeRef(options.ref ?? {}),
    ...(options.about === undefined
      ? {}
      : { accessibility_label: cut(wellFormed(`${options.label}: ${options.about}`), LABEL_MAX) }),
    ...(options.style === undefined ? {} : { style: options.style }),
    ...(options.confirm === undefined
      ? {}
      : {
          confirm: {
            title: plain(options.confirm.title, 100),
            text: plain(options.confirm.text, 300),
            confirm: plain(options.confirm.yes, 30),
            deny: plain(options.confirm.no ?? 'Cancel', 30),
          },
        }),
  };
}

/** A row of buttons. */
export function buttons(...all: readonly ButtonOptions[]): ActionsBlock {
  return { type: 'actions', elements: all.slice(0, 25).map(button) };
}

/**
 * The blocks of one screen, on which no two buttons are read out the same: two deals may have one name, so the second
 * *Open: Acme* becomes *Open: Acme (2)*. A button that is alone with its label stays as it is.
 */
export function toldApart(blocks: readonly AnyBlock[]): AnyBlock[] {
  const times = new Map<string, number>();
  return blocks.map((block) => {
    if (!isRow(block)) return block;
    const elements = block.elements.map((element) => {
      if (element.type !== 'button') return element;
      const name = element.accessibility_label ?? element.text.text;
      const time = (times.get(name) ?? 0) + 1;
      times.set(name, time);
      return time === 1 ? element : { ...element, accessibility_label: numbered(name, time) };
    });
    return { ...block, elements };
  });
}

const isRow = (block: AnyBlock): block is ActionsBlock => block.type === 'actions';

function numbered(name: string, time: number): string {
  const number = ` (${time})`;
  return `${cut(name, LABEL_MAX - number.length)}${number}`;
}
