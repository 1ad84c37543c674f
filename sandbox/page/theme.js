// A classic script on purpose: it runs before the first paint, so a dark page never flashes white.
(() => {
  const stored = () => {
    try {
      return localStorage.getItem("desk.theme");
    } catch {
      return null;
    }
  };
  const asked = new URLSearchParams(location.search).get("theme");
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => {
    document.documentElement.dataset.theme = asked || stored() || (dark.matches ? "dark" : "light");
  };
  dark.addEventListener?.("change", apply);
  apply();
})();
