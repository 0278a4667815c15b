import type { InputBlock } from '@slack/types';
import { ACTIONS } from '../../ids';
import { plain } from '../../text';
import type { Field, Option } from '../form';

/** Up to ten boxes to tick, all in sight. */
export function manyBoxes(
  field: Field & { readonly options: readonly Option[]; readonly initial: readonly string[] },
): InputBlock {
  const options = field.options.map(({ value, label }) => ({ value, text: plain(label, 75) }));
  const chosen = options.filter(({ value }) => field.initial.includes(value));
  return {
    type: 'input',
    block_id: field.block,
    label: plain(field.label, 150),
    optional: field.required !== true,
    element: {
      type: 'checkboxes',
      action_id: ACTIONS.input,
      options,
      ...(chosen.length === 0 ? {} : { initial_options: chosen }),
    },
  };
}
