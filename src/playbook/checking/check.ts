/** `node dist/playbook/checking/check.js [folder]`: as `lostdeal check`, which needs npm. */
import { checkFolder, printReport } from './report';

printReport(checkFolder(process.argv[2]));
