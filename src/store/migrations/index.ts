/** All migrations, in order. */
import { initial } from './001-initial';
import type { Migration } from './migration';

export const MIGRATIONS: readonly Migration[] = [initial];
