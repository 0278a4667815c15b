import { isObject, objectsOf } from '../json';
import { anySchema, boolean, type Check, list, object, oneOf, type Report, string, url } from './checks';

/** A plain_text object of 1 to `max` characters. */
export function plainText(max: number): Check {
  return object({ type: oneOf('plain_text'), text: string({ min: 1, max }) }, { emoji: boolean });
}

/** A plain_text or mrkdwn object of 1 to `max` characters. */
export function anyText(max = 3000): Check {
  const mrkdwn = object({ type: oneOf('mrkdwn'), text: string({ min: 1, max }) }, { verbatim: boolean });
  const plain = plainText(max);
  return anySchema((value, at, report) =>
    (isObject(value) && value.type === 'mrkdwn' ? mrkdwn : plain)(value, at, report),
  );
}

const optionFields = { value: string({ min: 1, max: 150 }) };

/** An option of a menu. Its text is plain. */
export const plainOption: Check = object(
  { text: plainText(75), ...optionFields },
  { description: plainText(75) },
);

/** An option of an overflow menu. It may be a link. */
export const overflowOption: Check = object(
  { text: plainText(75), ...optionFields },
  { description: plainText(75), url: url() },
);

/** An option of radio buttons or checkboxes. Its texts may be mrkdwn. */
export const richOption: Check = object({ text: anyText(75), ...optionFields }, { description: anyText(75) });

export const optionGroup: Check = object({
  label: plainText(75),
  options: list(plainOption, { min: 1, max: 100 }),
});

/** All four texts are required: https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export const confirm: Check = object(
  { title: plainText(100), text: anyText(300), confirm: plainText(30), deny: plainText(30) },
  { style: oneOf('primary', 'danger') },
);

export const dispatchConfig: Check = object(
  {},
  { trigger_actions_on: list(oneOf('on_enter_pressed', 'on_character_entered'), { min: 1, max: 2 }) },
);

const FILTERS = ['include', 'exclude_external_shared_channels', 'exclude_bot_users'];

export const conversationFilter: Check = object(
  {},
  {
    include: list(oneOf('im', 'mpim', 'private', 'public'), { min: 1 }),
    exclude_external_shared_channels: boolean,
    exclude_bot_users: boolean,
  },
  atLeastOneOf(...FILTERS),
);

export const slackFile: Check = object(
  {},
  { id: string({ min: 1 }), url: string({ min: 1 }) },
  (value, at, report) => {
    if ((value.id === undefined) === (value.url === undefined)) report.add('invalid slack file', at);
  },
);

/** The icons of https://docs.slack.dev/reference/block-kit/composition-objects/slack-icon-object */
const SLACK_ICONS =
  'archive book bookmark bot bug calendar call caret-left caret-right check clipboard code comment compass copy ' +
  'cube download edit email eye-closed eye-open file flag folder gear globe heart help image info key lightbulb ' +
  'link map mobile new-window pin plus refine refresh rocket save screen share sparkle star star-filled tag ' +
  'thumbs-down thumbs-up trash upload user warning';

export const slackIcon: Check = object({ type: oneOf('icon'), name: oneOf(...SLACK_ICONS.split(' ')) });

/** At least one of these fields must be present. */
export function atLeastOneOf(...keys: readonly string[]) {
  return (value: Readonly<Record<string, unknown>>, at: string, report: Report): void => {
    if (keys.every((key) => value[key] === undefined)) {
      report.add(`must provide at least one of: ${keys.join(', ')}`, at);
    }
  };
}

/** Exactly one of these fields must be present. */
export function exactlyOneOf(...keys: readonly string[]) {
  return (value: Readonly<Record<string, unknown>>, at: string, report: Report): void => {
    const given = keys.filter((key) => value[key] !== undefined);
    if (given.length !== 1) report.add(`must provide exactly one of: ${keys.join(', ')}`, at);
  };
}

/** Option values must be unique, and each initial option must equal one of the options. */
export function checkOptions(value: Readonly<Record<string, unknown>>, at: string, report: Report): void {
  const options = [
    ...objectsOf(value.options),
    ...objectsOf(value.option_groups).flatMap((group) => objectsOf(group.options)),
  ];
  const values = options.map((option) => option.value).filter((item) => item !== undefined);
  if (new Set(values).size < values.length) report.add('option values must be unique', at);
  const initial = isObject(value.initial_option) ? [value.initial_option] : objectsOf(value.initial_options);
  const known = new Set(options.map((option) => canonical(option)));
  for (const option of initial) {
    if (!known.has(canonical(option))) {
      report.add(
        'initial option must match one of the options',
        `${at}/${isObject(value.initial_option) ? 'initial_option' : 'initial_options'}`,
      );
    }
  }
}

/** Compares what a person can tell apart. Leaves out `emoji`, which defaults to true. */
function canonical(option: Readonly<Record<string, unknown>>): string {
  const text = (value: unknown) => (isObject(value) ? [value.type, value.text] : null);
  return JSON.stringify([text(option.text), option.value, text(option.description)]);
}
