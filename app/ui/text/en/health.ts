// The words of the health page.

export default {
  title: 'Health',
  sync: {
    title: 'Your shop’s past',
    text: 'Customers, products and orders from before Tern was installed.',
    customers: 'Customers',
    products: 'Products',
    orders: 'Orders',
    waiting: 'Asking Shopify',
    exporting: 'Shopify prepares it',
    importing: '{{done}} of {{total}}, about {{left}} left',
    importingPlain: '{{done}} of {{total}}',
    done: '{{done}} read. Up to date as of {{when}}.',
    failed: 'Could not be read: {{error}}',
    failedAction: 'Tern tries again when the app is installed anew. Write to us if it keeps failing.',
    none: 'Not begun yet.',
  },
  topics: {
    title: 'Messages from Shopify and SendGrid',
    text: 'When the last of each kind arrived, among the latest 5,000.',
    none: 'None yet. They begin with the first cart, order or change of a customer.',
  },
  queues: {
    title: 'Work',
    events: 'Not worked off yet',
    ordersCurrent: 'Orders are up to date.',
    ordersBehind: 'Orders are behind since {{when}}. Mails about abandoned carts wait until they are not.',
    people: 'People in flows',
    mails: 'Mails waiting',
    unknown: 'Mails of unknown fate',
  },
  setAside: {
    title: 'Set aside',
    text: 'What could not be processed. Nothing else waits for it.',
    none: 'Nothing was set aside.',
    retry: 'Retry',
    retryAll: 'Retry all',
    since: 'Since {{when}}',
    retried: 'Put back in line',
  },
  token: {
    title: 'Connection to Shopify',
    good: 'Connected. The access renews itself; left alone it would last until {{when}}.',
    lasting: 'Connected. The access does not end by itself.',
  },
}
