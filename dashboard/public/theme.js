// Runs before the first paint, so that a dark page is never white for a moment. The rest is src/app/theme.ts.
(function () {
  var choice = null;
  try {
    choice = localStorage.getItem("onhand.theme");
  } catch {
    // A browser that keeps nothing still has a theme.
  }
  var dark = choice === "dark" || (choice !== "light" && matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.dataset.theme = dark ? "dark" : "light";
})();
