// What a test file imports from node_modules comes from the worker: environment.cjs has the reason.
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');

const ownText = readFileSync(__filename, 'utf8');

module.exports = {
  getCacheKey: (source, path) => createHash('sha1').update(ownText).update(path).update(source).digest('hex'),
  process: (source, path) => ({
    // The global setup has no environment, so it loads the library itself.
    code: `if (typeof requireLibrary === 'function') module.exports = requireLibrary(${JSON.stringify(path)});
else (function () {${source}\n}).call(exports);`,
  }),
};
