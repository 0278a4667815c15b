// Libraries are loaded once for each worker instead of once for each test file, because loading Bolt, Kysely and the others
// takes longer than most files. This environment hands the worker's `require` to the test files; transform.cjs calls it.
const { types } = require('node:util');
const { TestEnvironment } = require('jest-environment-node');

// A file has globals of its own, so its errors and those of libraries are not of the same `Error`.
acceptErrorsOfOthers(Error);

class LibrariesEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    this.global.requireLibrary = require;
    acceptErrorsOfOthers(this.global.Error);
  }
}

/** Makes `instanceof Error` true of every error. */
function acceptErrorsOfOthers(OneError) {
  Object.defineProperty(OneError, Symbol.hasInstance, {
    // Subclasses inherit this method, so `this` may be one of them.
    value(error) {
      const isAny = this === OneError && types.isNativeError(error);
      return isAny || Function.prototype[Symbol.hasInstance].call(this, error);
    },
  });
}

module.exports = LibrariesEnvironment;
