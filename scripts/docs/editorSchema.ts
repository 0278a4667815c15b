/** JSON Schemas of a playbook and of the taxonomy, for editors: completion, hovers and faults while somebody types. */
import * as z from 'zod';
import {
  MAILS_WHEN,
  playbookSchema,
  practiceSchema,
  taxonomySchema,
  type Verdict,
  WORDS_WHEN,
} from '../../src/playbook/schema';

/** By path. Each file of the folder names its own in its first line. */
export const SCHEMAS: Readonly<Record<string, () => string>> = {
  'playbooks/playbook.schema.json': () => schemaOf(playbookSchema, 'A playbook of Lostdeal'),
  'playbooks/practice.schema.json': () => schemaOf(practiceSchema, 'Whom reps practice with'),
  'playbooks/taxonomy.schema.json': () => schemaOf(taxonomySchema, 'The reasons for losing a deal'),
};

const VERDICTS_MEAN: Readonly<Record<Verdict, string>> = {
  pulse: 'They would reconsider, have not signed, and let us ask the manager.',
  keep_talking: 'They would reconsider, and the rep can do it alone.',
  signed: 'They have signed with somebody else.',
  no_pulse: 'Our offer would not have changed their choice.',
  declined_to_say: 'They would rather not say.',
  no_check: 'They would reconsider, but do not let us ask.',
  postponed: 'Nobody won. They look again later.',
  not_over: 'It is not lost: keep selling. It counts in no figure.',
  unreached: 'Nobody answered. The rep tries again.',
};

/** What an editor shows on the keys of each part of a playbook whose keys are fixed words. */
const KEYS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  endings: VERDICTS_MEAN,
  words: sentences(WORDS_WHEN),
  mails: sentences(MAILS_WHEN),
  they_say: sentences(WORDS_WHEN),
};

function sentences(phrases: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(phrases).map(([key, phrase]) => [key, `${phrase[0]?.toUpperCase()}${phrase.slice(1)}.`]),
  );
}

/** Draft 7, which every editor reads. */
function schemaOf(schema: z.ZodType, title: string): string {
  const json = z.toJSONSchema(schema, {
    target: 'draft-7',
    io: 'input',
    // An editor completes and explains `properties`, which a record does not have.
    override: ({ jsonSchema, path }) => {
      const keys = KEYS[String(path.at(-1))];
      const { propertyNames: _, additionalProperties: value, ...rest } = jsonSchema;
      if (keys === undefined || jsonSchema.propertyNames === undefined || typeof value !== 'object') return;
      for (const key of Object.keys(jsonSchema)) delete jsonSchema[key as keyof typeof jsonSchema];
      Object.assign(jsonSchema, rest, {
        properties: Object.fromEntries(
          Object.entries(keys).map(([key, description]) => [key, { ...value, description }]),
        ),
        additionalProperties: false,
      });
    },
  });
  return `${JSON.stringify({ ...json, title }, null, 2)}\n`;
}
