/**
 * The arrows of the house, as rules that run: docs/architecture.md draws them. A room or shelf imports what its row names,
 * and nothing else below src.
 */
const ROOMS = {
  playbook: [],
  deal: ['playbook/'],
  store: ['deal/', 'playbook/'],
  insights: ['store/store.ts', 'deal/', 'playbook/'],
  coach: ['insights/', 'store/store.ts', 'deal/', 'playbook/', 'log.ts'],
  slack: ['coach/', 'store/store.ts', 'deal/', 'playbook/', 'config.ts', 'log.ts'],
  reconciler: ['store/store.ts', 'deal/', 'log.ts'],
  // Tools for people who write playbooks; the app knows nothing of them.
  authoring: ['slack/views/', 'slack/ids.ts', 'deal/', 'playbook/'],
  // It is handed what it shows.
  http: [],
};

/** Inside a room: the shelves and files of the same room that each shelf imports. */
const SHELVES = {
  playbook: {
    checking: [
      'practice/',
      'answer.ts',
      'builtInWords.ts',
      'errors.ts',
      'line.ts',
      'schema.ts',
      'speech.ts',
      'walk.ts',
      'words.ts',
    ],
    practice: ['answer.ts', 'line.ts', 'schema.ts', 'speech.ts', 'walk.ts'],
  },
  deal: {
    model: [],
    evolve: ['model/'],
    asking: ['model/'],
    schedule: ['asking/', 'model/'],
    decide: ['evolve/', 'asking/', 'schedule/', 'model/'],
    practice: ['evolve/', 'model/'],
    preview: ['evolve/', 'asking/', 'model/'],
  },
  slack: {
    text: ['ids.ts'],
    views: ['text/', 'ids.ts'],
    messages: ['text/', 'ids.ts'],
    install: [],
    socketMode: ['install/'],
    listeners: ['views/', 'messages/slot.ts', 'text/', 'install/', 'ids.ts'],
    bolt: ['listeners/', 'socketMode/', 'install/'],
  },
  reconciler: {
    slackApi: ['types.ts'],
    pass: ['slackApi/', 'crashPoints.ts', 'timing.ts', 'types.ts'],
    loop: ['pass/', 'slackApi/', 'timing.ts', 'types.ts'],
  },
};

const pattern = (path) => `^src/${path.replace('.', '\\.')}${path.endsWith('/') ? '' : '$'}`;
const only = (name, from, to, allowed) => ({
  name,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: `^src/${to}`, pathNot: [`${from}/`, ...allowed].map(pattern) },
});
const arrows = [
  ...Object.entries(ROOMS).map(([room, allowed]) => only(`${room}-imports`, room, '', allowed)),
  ...Object.entries(SHELVES).flatMap(([room, shelves]) =>
    Object.entries(shelves).map(([shelf, allowed]) =>
      only(
        `${room}-${shelf}-imports`,
        `${room}/${shelf}`,
        `${room}/`,
        allowed.map((path) => `${room}/${path}`),
      ),
    ),
  ),
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...arrows,
    {
      name: 'store-one-database',
      comment: 'SQLite and PostgreSQL know nothing of each other; who opens or moves a database knows both.',
      severity: 'error',
      from: { path: '^src/store/(sqlite|postgres)/' },
      to: { path: '^src/store/(sqlite|postgres)/', pathNot: '^src/store/$1/' },
    },
    {
      name: 'sqlite-through-one-door',
      comment:
        'Nothing of the SQLite binding may be collected; see connectSqlite.ts. dayApp.ts keeps what it makes.',
      severity: 'error',
      from: {
        path: '^(src|scripts|bench|chaos)/',
        pathNot: '^(src/store/sqlite/connectSqlite|bench/dayApp)\\.ts$',
      },
      to: { path: 'node_modules/better-sqlite3' },
    },
    {
      name: 'store-parts-know-no-database',
      comment: 'What only one database does is handed in: how a commit runs, a dialect, buckets.',
      severity: 'error',
      from: {
        path: '^src/store/(deals|insights|practices|work|workspace|buckets|records|migrations|assemble\\.ts|announceChanges\\.ts)',
      },
      to: { path: '^src/store/(sqlite|postgres|tools|open\\.ts)' },
    },
    {
      name: 'store-records-imports',
      comment: 'What a record looks like, nothing that reads or writes one.',
      severity: 'error',
      from: { path: '^src/store/records/' },
      to: {
        path: '^src/store/',
        pathNot: '^src/store/(records/|errors\\.ts$|schema\\.ts$|deals/dealsStore\\.ts$)',
      },
    },
    {
      name: 'pure-rooms-stay-pure',
      comment: 'No I/O in the domain and the views: neither Slack clients, databases, files nor logs.',
      severity: 'error',
      from: { path: '^src/(deal/|slack/(views|messages)/)' },
      to: {
        path: 'node_modules/(@slack/(bolt|web-api|oauth|socket-mode)|better-sqlite3|kysely|pino|dotenv|pg)',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'pure-rooms-no-node-io',
      severity: 'error',
      from: { path: '^src/(deal/|slack/(views|messages)/)' },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'sandbox-through-its-front-door',
      comment: 'Of the sandbox everybody else sees what its package.json exports.',
      severity: 'error',
      from: { path: '^(test|bench|chaos|scripts)/' },
      to: { path: '^packages/slack-sandbox/', pathNot: '^packages/slack-sandbox/src/(index|browser)\\.ts$' },
    },
    {
      name: 'app-knows-nothing-of-the-sandbox',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^packages/' },
    },
    {
      name: 'app-loads-no-tools-of-authors',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/authoring/' },
      to: { path: '^src/authoring/' },
    },
    {
      name: 'src-not-to-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|chaos|scripts)/' },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|ui-dist)/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      mainFields: ['main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.d.ts'],
      conditionNames: ['require', 'node', 'default', 'types'],
    },
  },
};
