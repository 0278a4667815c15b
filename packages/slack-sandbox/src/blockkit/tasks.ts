import { block } from './blockRule';
import { list, object, oneOf, string, url } from './checks';
import { richText } from './richText';

/** https://docs.slack.dev/reference/block-kit/blocks/task-card-block and plan-block. Their titles are strings. */

const source = object({ type: oneOf('url'), url: url(), text: string({ min: 1 }) });
const status = oneOf('pending', 'in_progress', 'complete', 'error');

/** Slack refuses the status `pending` for a task outside of a plan, although its documents allow it. */
const taskFields = { task_id: string({ min: 1 }), title: string({ min: 1 }) };
const taskDetails = { details: richText, output: richText, sources: list(source) };
export const taskCard = block('task_card', taskFields, {
  ...taskDetails,
  status: oneOf('in_progress', 'complete', 'error'),
});
const plannedTask = object(taskFields, {
  ...taskDetails,
  status,
  type: oneOf('task_card'),
  block_id: string({ min: 1, max: 255 }),
});

export const plan = block(
  'plan',
  { title: string({ min: 1 }) },
  { tasks: list(plannedTask, { max: 50 }), status },
);
