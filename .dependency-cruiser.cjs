/**
 * The arrows of the house, as rules that run. Rooms and what they may import:
 *   slack, http, reconciler → coach → deal, playbook      coach → insights → store      coach → store
 * `deal` and `playbook` are pure: neither store nor Slack nor the clock's machinery.
 * Inside the store: tools, open → sqlite, postgres → assemble → deals, work, workspace, buckets → records.
 */
const room = (name) => `^src/${name}/`;
const only = (from, allowed, comment) => ({
  name: `${from}-imports`,
  comment,
  severity: 'error',
  from: { path: room(from) },
  to: { path: '^src/', pathNot: allowed },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only('playbook', [room('playbook')], 'A playbook is data and pure functions over it.'),
    only('deal', [room('deal'), room('playbook')], 'The domain imports none of the rooms below it.'),
    only(
      'store',
      [room('store'), room('deal'), room('playbook'), '^src/log\\.ts$'],
      'The store knows deals and playbooks, no use cases.',
    ),
    only(
      'insights',
      [room('insights'), room('store'), room('deal'), room('playbook')],
      'Insights are questions over the store.',
    ),
    only(
      'coach',
      [room('coach'), room('deal'), room('playbook'), room('store'), room('insights'), '^src/log\\.ts$'],
      'Use cases: domain and store, no Slack types.',
    ),
    only(
      'slack',
      [
        room('slack'),
        room('coach'),
        room('deal'),
        room('playbook'),
        '^src/store/store\\.ts$',
        '^src/(config|log)\\.ts$',
      ],
      'Listeners and views call use cases; of the store they know only its types.',
    ),
    only(
      'reconciler',
      [
        room('reconciler'),
        room('coach'),
        room('deal'),
        room('playbook'),
        '^src/slack/(messages/|text|ids)',
        '^src/store/store\\.ts$',
        '^src/log\\.ts$',
      ],
      'The reconciler renders with slack/messages and reaches the store through its interface.',
    ),
    only('http', [room('http')], 'The web server is handed what it shows.'),
    {
      name: 'views-and-messages-share-text',
      comment: 'Screens and messages share blocks through slack/text, which imports neither.',
      severity: 'error',
      from: { path: '^src/slack/(views|messages|text)/' },
      to: { path: '^src/slack/', pathNot: '^src/slack/($1/|text/|ids\\.ts$)' },
    },
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
      comment: 'What only one database does is handed in, as a hot path, a dialect or buckets.',
      severity: 'error',
      from: {
        path: '^src/store/(deals|work|workspace|buckets|records|migrations|assemble\\.ts|telling\\.ts)',
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
