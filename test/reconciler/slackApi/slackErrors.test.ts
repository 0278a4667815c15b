import { ERROR_POLICIES } from '../../../src/reconciler/slackApi/errorPolicy';
import { METHODS_PER_MINUTE } from '../../../src/reconciler/slackApi/limits';
import { SLACK_ERRORS, TRANSPORT_ERRORS } from '../../../src/reconciler/slackApi/slackErrors';
import { ANY_METHOD, DOCUMENTED } from './documentedErrors';

describe('the table of errors', () => {
  it.each(Object.entries(DOCUMENTED))('knows every error that Slack documents for %s', (_method, codes) => {
    expect(codes.filter((code) => SLACK_ERRORS[code] === undefined)).toEqual([]);
  });

  it('knows every error that any method may answer', () => {
    expect(ANY_METHOD.filter((code) => SLACK_ERRORS[code] === undefined)).toEqual([]);
  });

  it('is compared with Slack’s pages for every method that the reconciler calls', () => {
    expect(Object.keys(METHODS_PER_MINUTE).filter((method) => DOCUMENTED[method] === undefined)).toEqual([]);
  });

  it('uses every policy', () => {
    const used = [...Object.values(SLACK_ERRORS), ...Object.values(TRANSPORT_ERRORS)].map(
      ({ policy }) => policy,
    );
    expect(Object.keys(ERROR_POLICIES).filter((policy) => !used.some((each) => each === policy))).toEqual([]);
  });

  it('retries every error that means an outage', () => {
    const outages = Object.entries(SLACK_ERRORS).filter(([, { outage }]) => outage);
    expect(outages.map(([, { policy }]) => policy)).toEqual(outages.map(() => 'retry'));
  });
});
