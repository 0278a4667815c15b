import { openSqliteForTest } from './harness';
import { storeSuite } from './storeSuite';

storeSuite('SQLite', () => openSqliteForTest());
