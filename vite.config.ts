// Builds the embedded pages. The server itself runs from source; only what Remix renders is bundled.
import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'

export default defineConfig({
  plugins: [
    remix({
      ignoredRouteFiles: ['**/.*', '**/*.server.{ts,tsx}', '**/*.test.{ts,tsx}'],
      future: {
        v3_fetcherPersist: true,
        v3_relativeSplatPath: true,
        v3_throwAbortReason: true,
        v3_lazyRouteDiscovery: true,
        // Breaks the redirects and headers by which Shopify's library renews an embedded page's session.
        v3_singleFetch: false,
      },
    }),
  ],
  build: { assetsInlineLimit: 0, target: 'es2022' },
})
