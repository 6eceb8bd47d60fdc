import { vitePlugin as remix } from '@remix-run/dev'
import { defineConfig } from 'vite'
import options from './remix.config.js'

/** What the rating page shares with the others goes into three files, since each file costs a request. */
function chunkOf(id: string): string | undefined {
  if (/\/node_modules\/(react|react-dom|scheduler)\//.test(id)) return 'react'
  if (/\/app\/ui\/(before-paint|dialog|hydrated|safe-html|theme|use-shortcut|when)\.tsx?$/.test(id)) return 'pieces'
  if (/\/app\/rating\/(?!start\.client|own-ratings-list|rated\/)[^?]*\.tsx?$/.test(id) && !/\.server\.tsx?$/.test(id))
    return 'desk'
  return undefined
}

export default defineConfig(({ isSsrBuild }) => ({
  plugins: [remix(options)],
  build: {
    target: 'es2022',
    assetsInlineLimit: 0,
    cssCodeSplit: false,
    manifest: true,
    // Beside the framework's entries: the rating page's own program (app/rating/program.server.ts finds it in the manifest).
    rollupOptions: isSsrBuild ? {} : { input: ['app/rating/start.client.tsx'], output: { manualChunks: chunkOf } },
  },
}))
