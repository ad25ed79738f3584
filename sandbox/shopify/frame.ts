// Preloaded with `node --import`: lets the stand-in's admin frame the app, whose answers only allow Shopify's admin to.
import { ServerResponse } from 'node:http'

const adminUrl = process.env.SANDBOX_SHOPIFY_URL
const setHeader = ServerResponse.prototype.setHeader
const policyHeader = 'content-security-policy'

if (adminUrl) {
  const origin = new URL(adminUrl).origin
  ServerResponse.prototype.setHeader = function (name, value) {
    const allows = name.toLowerCase() === policyHeader && typeof value === 'string'
    return setHeader.call(this, name, allows ? value.replace(/frame-ancestors/, `frame-ancestors ${origin}`) : value)
  }
}
