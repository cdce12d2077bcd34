// Scrolls to an end again and again, until nothing more is added there, and says how often.
// Runs in our isolated world: nothing that the page has patched is seen here.
async (want) => {
  const found = selectors.every(want.selector)[0];
  if (!found) return 'absent';
  const frame = () =>
    new Promise((next) => {
      requestAnimationFrame(next);
      // A hidden page has no frames.
      setTimeout(next, 100);
    });
  const scrolls = (element) => ['auto', 'scroll', 'overlay'].includes(getComputedStyle(element).overflowY);
  const { ownerDocument } = found;
  const page = ownerDocument.scrollingElement ?? ownerDocument.documentElement;
  const isPage = (element) => element === ownerDocument.body || element === ownerDocument.documentElement;
  let box = found;
  while (box !== null && !isPage(box) && !scrolls(box)) box = box.parentElement ?? box.getRootNode().host ?? null;
  if (box === null || isPage(box)) box = page;

  // Clamped by the page. In a box whose column is reversed, up is negative.
  const end = want.up ? -1e7 : 1e7;
  const scroll = async () => {
    const before = box.scrollTop;
    box.scrollTo({ top: end, behavior: 'instant' });
    if (box.scrollTop === before) {
      // It was there already; a page that listens must see it come.
      box.scrollBy({ top: want.up ? 1 : -1, behavior: 'instant' });
      await frame();
      box.scrollTo({ top: end, behavior: 'instant' });
    }
  };
  for (let times = 1; ; times++) {
    const height = box.scrollHeight;
    await scroll();
    const until = performance.now() + want.stable;
    while (box.isConnected && box.scrollHeight === height && performance.now() < until) await frame();
    if (!box.isConnected) return 'absent';
    if (box.scrollHeight === height || times >= want.max) return { scrolled: times };
    // A page that watches its last row must see it go before it comes back.
    await frame();
  }
}
