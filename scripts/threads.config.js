/** Vite's options for what runs in a thread of its own: bundled from our sources, packages left outside. */
export default {
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'build/threads',
    target: 'node20',
    rollupOptions: { input: { agreement: 'app/evaluation/agreement/worker.ts' } },
  },
}
