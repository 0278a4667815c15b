import { block } from './blockRule';
import { list } from './checks';
import { anyText, atLeastOneOf, slackIcon } from './composition';
import { elementIn } from './elements';

/** The image of a card or container. */
export const image = elementIn('frame');

/**
 * https://docs.slack.dev/reference/block-kit/blocks/card-block. Its texts are text objects, as in the example there.
 */
export const card = block(
  'card',
  {},
  {
    hero_image: image,
    icon: image,
    slack_icon: slackIcon,
    title: anyText(150),
    subtitle: anyText(150),
    body: anyText(200),
    subtext: anyText(200),
    actions: list(elementIn('card'), { min: 1, max: 3 }),
  },
  (value, at, report) => {
    atLeastOneOf('hero_image', 'title', 'actions', 'body')(value, at, report);
    if (value.icon !== undefined && value.slack_icon !== undefined) {
      report.add('must provide at most one of: icon, slack_icon', at);
    }
  },
);
