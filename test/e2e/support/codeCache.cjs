/**
 * Loaded before the built app (`node --require`): the code of its modules is taken as V8 compiled it the first time.
 * Tests start the app a hundred times, and half of each start is compiling the same thousand files. The modules
 * themselves are read from where they stand and run one by one, as ever; code whose text has changed is compiled again.
 *
 * APP_CODE_CACHE is the file to read; where it is not there, this process writes it when it ends.
 */
const { createHash } = require('node:crypto');
const { existsSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const { dirname } = require('node:path');
const { deserialize, serialize } = require('node:v8');
const { Script, constants } = require('node:vm');

const file = process.env.APP_CODE_CACHE;
/** Compiled code by the hash of its text, which says whose it is and that it is unchanged. */
const known = existsSync(file) ? deserialize(readFileSync(file)) : null;
const scripts = new Map();
const compileItself = Module.prototype._compile;

Module.prototype._compile = function (text, filename, ...rest) {
  // Modules of the other kind are Node's affair.
  if (!/\.c?js$/u.test(filename) || text.startsWith('#!')) {
    return compileItself.call(this, text, filename, ...rest);
  }
  const hash = createHash('sha1').update(filename).update(text).digest('latin1');
  const script = new Script(Module.wrap(text), {
    filename,
    cachedData: known?.get(hash),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
  if (known === null) scripts.set(hash, script);
  return script
    .runInThisContext()
    .call(this.exports, this.exports, requireOf(this), this, filename, dirname(filename));
};

function requireOf(module) {
  const require = (name) => module.require(name);
  require.resolve = (name, options) => Module._resolveFilename(name, module, false, options);
  require.main = process.mainModule;
  require.extensions = Module._extensions;
  require.cache = Module._cache;
  return require;
}

if (known === null) {
  process.on('exit', () => {
    const compiled = new Map([...scripts].map(([hash, script]) => [hash, script.createCachedData()]));
    const written = `${file}.${process.pid}`;
    writeFileSync(written, serialize(compiled));
    // At once: who reads it finds all or nothing.
    renameSync(written, file);
  });
}
