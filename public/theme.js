// Before the first paint, so that a chosen theme never flashes.
try {
  const theme = localStorage.getItem('assay-theme')
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme
} catch {
  // Storage may be forbidden; then the system's choice holds.
}
