/** The only way for words to reach Slack. */

export { reasonLabels, writtenAnswers } from './answers';
export { type ButtonOptions, button, buttons, toldApart } from './buttons';
export { chartBlocks, shortCharts } from './charts';
export {
  aboutDeal,
  approvalButtons,
  askRepLabel,
  assignManagerButton,
  confirmReasonButton,
  decisionButtons,
  detailsButton,
  fillInButton,
  matchLabel,
  notLostButton,
  nudgeButton,
  outcomeButtons,
  pledgeButtons,
  remindMeButton,
  resumeButtons,
  showAllButton,
  theySayButton,
  theySignedButton,
} from './dealButtons';
export { closing, dealLine, stateParts, verbalParts } from './dealLine';
export { digestSentence, lossLines, lossSentence } from './digest';
export { cut, encodedLength, pieces, shares, wellFormed } from './encode';
export {
  account,
  businessAndAmount,
  confirmedParts,
  decidedParts,
  decisionFacts,
  decisionPieces,
  decisionWord,
  EXCERPT,
  offerWords,
  pledgeParts,
  raisedLine,
  reasonLine,
  signingParts,
  yesCostsLine,
  yesCostsPhrase,
} from './facts';
export { FALLBACK_MAX, fallbackText } from './fallback';
export { feedbackPieces } from './feedback';
export { dealsRow, figureWords } from './figureMenu';
export { competitorBlocks, figureBlocks, shortFigures } from './figures';
export { dealCount, headline, lostWords, periodWords } from './headline';
export * from './labels';
export { ledgerLines, pledgeCounts } from './ledger';
export { mailButtons, mailKeyOf, mailPieces } from './mail';
export { mistakeParts } from './mistakes';
export { decideButtons, openButton, rowOf } from './nextButtons';
export { calendarDate, type Part, strong, weekdayAndDate } from './parts';
export { dayWords, momentLabel } from './readOut';
export {
  alreadyDecided,
  amountProblem,
  isPlainRefusal,
  nudgeWaits,
  refusalText,
  tooManyText,
  UNCONFIRMED,
} from './refusals';
export { copied, line, list, paragraph, plain, quote, type RichPiece, rich, said } from './rich';
export {
  callBackAt,
  hasWish,
  hopesForMore,
  isCutInLine,
  plainLine,
  requestOf,
  spoken,
  wholeWish,
  wishParts,
  withPledge,
} from './spoken';
export {
  COMPETITOR,
  detailEntries,
  type Entry,
  entryPieces,
  everyAnswer,
  fitted,
  sourceMark,
  transcript,
} from './transcript';
export { verdict } from './verdicts';
