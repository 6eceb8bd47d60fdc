/**
 * Vite's options for what Node runs beside the app: bundled from our sources, packages left outside, but for those of many small
 * files, which take longer to find than to run.
 * @type {import('vite').UserConfig}
 */
export default {
  publicDir: false,
  ssr: { noExternal: ['drizzle-orm', 'uuid', 'zod'] },
  build: {
    ssr: true,
    outDir: 'build/programs',
    target: 'node20',
    rollupOptions: {
      // of comments in packages, meant for another bundler
      onwarn: (warning, warn) => (warning.code === 'INVALID_ANNOTATION' ? undefined : warn(warning)),
      input: {
        server: 'scripts/server.ts',
        prepare: 'scripts/prepare.ts',
        computing: 'app/evaluation/computing/worker.ts',
      },
      output: { entryFileNames: '[name].js' },
    },
  },
}
