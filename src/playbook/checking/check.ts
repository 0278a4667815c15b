/** `node dist/playbook/checking/check.js [folder]`: as `lostdeal check`, which needs npm. */
import { checkFolder } from './report';

checkFolder(process.argv[2]);
