import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'
import options from './remix.config.js'

declare module '@remix-run/node' {
  // Types of loader data as single fetch sends them (remix.config.js turns it on).
  interface Future {
    v3_singleFetch: true
  }
}

export default defineConfig({
  plugins: [remix(options)],
  build: { target: 'es2022', assetsInlineLimit: 0, cssCodeSplit: false },
  server: { hmr: true },
})
