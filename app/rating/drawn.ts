/** Where the page drawn on the server is, and the data it was drawn from. */
export const DRAWN_ID = 'drawn'
export const DATA_ID = 'drawn-from'
