import '@remix-run/node'

declare module '@remix-run/node' {
  /** Loaders return plain objects, and pages see their types as they are. */
  interface Future {
    v3_singleFetch: true
  }
}
