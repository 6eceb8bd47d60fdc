/** Vite's options for what Node runs beside the app: bundled from our sources, packages left outside. */
export default {
  publicDir: false,
  build: {
    ssr: true,
    outDir: 'build/programs',
    target: 'node20',
    rollupOptions: {
      input: {
        server: 'scripts/server.ts',
        prepare: 'scripts/prepare.ts',
        computing: 'app/evaluation/computing/worker.ts',
      },
      output: { entryFileNames: '[name].js' },
    },
  },
}
