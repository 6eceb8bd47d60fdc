import { expect, it } from 'vitest'
import { programIn } from './program.server.ts'

it('finds the program and everything it imports, once', () => {
  const program = programIn({
    'app/rating/start.client.tsx': { file: 'assets/start-1.js', imports: ['_react.js', '_desk.js'] },
    '_react.js': { file: 'assets/react-2.js' },
    '_desk.js': { file: 'assets/desk-3.js', imports: ['_react.js'] },
    'app/root.tsx': { file: 'assets/root-4.js', imports: ['_router.js'] },
  })
  expect(program).toEqual({ script: '/assets/start-1.js', preload: ['/assets/react-2.js', '/assets/desk-3.js'] })
})

it('finds none where the build has none', () => {
  expect(programIn({ 'app/root.tsx': { file: 'assets/root-4.js' } })).toBeNull()
})
