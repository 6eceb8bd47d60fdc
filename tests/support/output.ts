/** Collects what a command writes. */
export function collectedOutput() {
  const written = { stdout: '', stderr: '' }
  return {
    written,
    io: {
      stdout: (text: string) => {
        written.stdout += text
      },
      stderr: (text: string) => {
        written.stderr += text
      },
    },
  }
}
