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

it.each([
  ['a name', 'Globexx'],
  ['a long name', 'Competitor of the Industries of the Nrth'],
  ['all that a command can hold', 'x'.repeat(3_000)],
])('looks among 5,000 names within a second for %s', (_, typed) => {
  const names = Array.from({ length: 5_000 }, (_, index) => ({
    name: `${index} Competitor of the Industries of the North West`.slice(0, 20 + (index % 30)),
    deals: 1,
  }));
  const from = performance.now();
  alike(typed, names);
  expect(performance.now() - from).toBeLessThan(1_000);
});
