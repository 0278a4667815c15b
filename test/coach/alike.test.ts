import { alike } from '../../src/coach/alike';

const NAMES = [
  { name: 'Globex', deals: 5 },
  { name: 'Initech', deals: 9 },
  { name: 'Globex Pharma', deals: 1 },
  { name: 'GLOBEX', deals: 2 },
  { name: 'Umbrella', deals: 7 },
];

it.each([
  ['Globx', ['Globex']],
  ['golbex', ['Globex']],
  ['glob', ['Globex', 'Globex Pharma']],
  ['globex', ['Globex', 'Globex Pharma']],
  ['Globex Pharma Inc', ['Globex Pharma', 'Globex']],
  ['Innitech', ['Initech']],
  ['umbrela', ['Umbrella']],
  ['Hooli', []],
  ['U', []],
])('of “%s” the names meant are %p', (typed, names) => {
  expect(alike(typed, NAMES)).toEqual(names);
});
