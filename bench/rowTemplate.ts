/** A template of a life: its rows, with places for values that differ from deal to deal. */
import { type Life, type Row, STOOD_IN } from './dealTemplates';

export type Value = string | number | null;

export interface Print {
  readonly id: string;
  readonly team: string;
  readonly rep: string;
  readonly manager: string;
  readonly account: string;
  readonly competitor: string;
  /** The time by which the deal happened after the life that we played, ms. */
  readonly shift: number;
}

export interface Stamp {
  readonly columns: readonly string[];
  /** The values of a row, in the order of the columns. */
  print(to: Print): Value[];
}

const YEAR = 365 * 24 * 60 * 60_000;
/** Ids, names and moments, wherever they stand in a text. */
const PLACES = new RegExp(
  `(${STOOD_IN.team}|${STOOD_IN.rep}|${STOOD_IN.manager}|${STOOD_IN.account}|${STOOD_IN.competitor}|` +
    `${STOOD_IN.competitor.toLowerCase()}|D0LIFE\\d+|\\b1[56]\\d{11}\\b)`,
  'u',
);

export function stampOf(row: Row): Stamp {
  const columns = Object.keys(row);
  const makers = Object.values(row).map(makerOf);
  return { columns, print: (to) => makers.map((make) => make(to)) };
}

type Maker = (to: Print) => Value;

function makerOf(value: Value): Maker {
  if (typeof value === 'number') return isMoment(value) ? ({ shift }) => value + shift : () => value;
  if (value === null) return () => null;
  // Every second piece is a place to fill.
  const pieces = value.split(PLACES);
  if (pieces.length === 1) return () => value;
  const places = pieces.map((piece, index) => (index % 2 === 0 ? () => piece : placeOf(piece)));
  return (to) => {
    let text = '';
    for (const place of places) text += place(to);
    return text;
  };
}

const isMoment = (value: number): boolean => value >= STOOD_IN.start && value < STOOD_IN.start + 2 * YEAR;

function placeOf(piece: string): (to: Print) => string {
  switch (piece) {
    case STOOD_IN.team:
      return ({ team }) => team;
    case STOOD_IN.rep:
      return ({ rep }) => rep;
    case STOOD_IN.manager:
      return ({ manager }) => manager;
    case STOOD_IN.account:
      return ({ account }) => account;
    case STOOD_IN.competitor:
      return ({ competitor }) => competitor;
    case STOOD_IN.competitor.toLowerCase():
      return ({ competitor }) => competitor.toLowerCase();
    default:
      return piece.startsWith('D') ? ({ id }) => id : ({ shift }) => String(Number(piece) + shift);
  }
}

/** Chooses a life by the shares of the lives; the same number always gives the same life. */
export function chooserOf<T extends Pick<Life, 'share'>>(lives: readonly T[]): (index: number) => T {
  const hundred = lives.flatMap((life) => Array.from({ length: life.share }, () => life));
  // 37 has no divisor in common with 100, so all lives come in turn, mixed.
  return (index) => {
    const found = hundred[(index * 37) % hundred.length];
    if (found === undefined) throw new Error('there are no lives');
    return found;
  };
}
