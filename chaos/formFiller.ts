/** What somebody puts into an input: words that nobody else types, and anything that fits elsewhere. */
import type { ElementState, StateValues } from 'slack-sandbox';
import { isObject, stringIn } from './json';
import type { Random } from './random';
import { type Fillable, optionsOf } from './screen';

const SAYINGS = [
  'Ninety days to pay',
  'A portal their people like',
  'Delivery within the week',
  'They know the founder, and trust her',
  'Half the price in the first year – "no strings" <they say> & a *named* contact',
  'Sie waren zuerst da 🙂',
];
const DAY = 24 * 60 * 60_000;

export interface Filled {
  readonly state: StateValues;
  /** What was typed and must be found again. */
  readonly words: readonly string[];
}

export class FormFiller {
  private count = 0;

  constructor(
    private readonly person: string,
    private readonly chance: Random,
    /** Ids of those who may be named to decide. */
    private readonly managers: readonly string[],
  ) {}

  /** Words with a mark of their own, so that they are found wherever they went. */
  words(): string {
    this.count += 1;
    return `${this.chance.pick(SAYINGS)} (${this.person}:${this.count})`;
  }

  /** Required inputs always, the others often. What stands there already mostly stays. */
  fill(inputs: readonly Fillable[], complained: ReadonlySet<string>): Filled {
    const state: Record<string, Record<string, ElementState>> = {};
    const words: string[] = [];
    for (const input of inputs) {
      if (complained.has(input.blockId) && input.optional) {
        state[input.blockId] = { [input.actionId]: empty(input.type) };
        continue;
      }
      const wanted = input.optional ? this.chance.roll(0.5) : true;
      if (!wanted || (input.filled && !complained.has(input.blockId))) continue;
      const given = this.value(input);
      if (given === null) continue;
      state[input.blockId] = { [input.actionId]: given };
      if (isWords(input)) words.push(stringIn(given.value));
    }
    return { state, words };
  }

  private value(input: Fillable): ElementState | null {
    const { chance } = this;
    const { type } = input;
    switch (type) {
      case 'plain_text_input':
        return { type, value: isWords(input) ? this.words() : String(chance.between(1, 90) * 1000) };
      case 'static_select':
      case 'radio_buttons':
        return { type, selected_option: chance.pick(optionsOf(input)) };
      case 'multi_static_select':
      case 'checkboxes':
        return { type, selected_options: optionsOf(input).filter(() => chance.roll(0.3)) };
      case 'users_select':
        return { type, selected_user: chance.pick(this.managers) };
      case 'datepicker':
        return { type, selected_date: new Date(this.later()).toISOString().slice(0, 10) };
      case 'datetimepicker':
        return { type, selected_date_time: Math.floor(this.later() / 1000) };
      case 'number_input':
        return { type, value: String(chance.between(1, 9)) };
      default:
        return null;
    }
  }

  private later(): number {
    return Date.now() + this.chance.between(2, 200) * DAY;
  }
}

/** Amounts are numbers; a company's name is made of the words of the command. */
const isWords = ({ type, label, element }: Fillable): boolean =>
  type === 'plain_text_input' &&
  !/worth|amount|cost/iu.test(label) &&
  !isObject(element.dispatch_action_config);

function empty(type: string): ElementState {
  switch (type) {
    case 'static_select':
    case 'radio_buttons':
      return { type, selected_option: null };
    case 'multi_static_select':
    case 'checkboxes':
      return { type, selected_options: [] };
    case 'users_select':
      return { type, selected_user: null };
    case 'datepicker':
      return { type, selected_date: null };
    case 'datetimepicker':
      return { type, selected_date_time: null };
    default:
      return { type, value: null };
  }
}
