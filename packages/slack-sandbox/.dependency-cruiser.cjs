/**
 * The arrows of the package, as rules that run:
 *   sandbox → control → api → delivery, oauth → slackJson → workspace → config → coverage → blockkit
 *   client → protocol, and of blockkit the walk over blocks
 * `core` holds the types of everything that one sandbox consists of; only the rooms above `workspace` know it.
 */
const BASE = '^src/(errors|http|ids|json)\\.ts$';
const PROTOCOL = '^src/protocol(\\.ts$|/)';
const CORE = '^src/core\\.ts$';
const SLACK_JSON = '^src/slackJson\\.ts$';
const room = (name) => `^src/${name}/`;
const only = (name, allowed) => ({
  name: `${name}-imports`,
  severity: 'error',
  from: { path: room(name) },
  to: { path: '^src/', pathNot: [room(name), ...allowed] },
});

const BELOW_DELIVERY = [BASE, PROTOCOL, CORE, SLACK_JSON, room('workspace'), room('blockkit')];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    only('blockkit', [BASE]),
    only('coverage', [BASE, room('blockkit')]),
    only('config', [BASE, PROTOCOL, room('coverage')]),
    only('workspace', [BASE, PROTOCOL, room('blockkit'), room('config')]),
    only('oauth', [BASE, CORE, room('workspace')]),
    only('delivery', [...BELOW_DELIVERY, room('coverage')]),
    only('api', [...BELOW_DELIVERY, room('coverage'), room('config'), room('delivery'), room('oauth')]),
    only('control', [...BELOW_DELIVERY, room('delivery'), room('api')]),
    only('client', ['^src/(errors|json)\\.ts$', PROTOCOL, '^src/blockkit/walk\\.ts$']),
    {
      name: 'protocol-imports',
      comment: 'Clients outside of this package may copy the protocol: it needs nothing but @slack/types.',
      severity: 'error',
      from: { path: PROTOCOL },
      to: { path: '^src/', pathNot: PROTOCOL },
    },
    {
      name: 'stands-on-its-own',
      comment: 'The sandbox is a package: it reaches no file outside of its folder.',
      severity: 'error',
      from: {},
      to: { path: '^\\.\\./', pathNot: 'node_modules/' },
    },
    {
      name: 'src-not-to-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(test|bench|ui)/' },
    },
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    parser: 'swc',
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^ui-dist/' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      mainFields: ['main', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json', '.d.ts'],
      conditionNames: ['require', 'node', 'default', 'types'],
    },
  },
};
