// What a list of profiles can be narrowed to, for the page to offer.
export const consentChoices = [
  'subscribed',
  'unsubscribed',
  'pending',
  'not_subscribed',
  'unknown',
  'redacted',
] as const
export const orderChoices = ['none', 'once', 'again'] as const
