// Before the first paint: the theme that was chosen, if one was. Without a choice the system's preference stands.
try {
  const theme = localStorage.getItem('mockupaws.theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage is refused: the system's preference stands.
}
