// Waits until an element is as a step needs it, and says where it is or what it still lacks.
// The last part of what waits in the page; it runs in our isolated world: nothing that the page has patched is seen here.
const left = () => want.until - Date.now();

const looks = {
  present: () => find().lacks ?? { state: 'found' },
  visible: () => {
    const { list, lacks } = find();
    return lacks ?? (list.some(isVisible) ? { state: 'found' } : { state: 'hidden', count: list.length });
  },
  gone: () => {
    const count = find().list.filter((element) => !selectors.isGone(element)).length;
    return count === 0 ? { state: 'found' } : { state: 'there', count };
  },
  click,
  hover,
  check: () => turn(true),
  uncheck: () => turn(false),
  checked: () => turned(true),
  unchecked: () => turned(false),
  select,
  upload,
  picture,
  type,
  fill,
};
const ends = ['found', 'untyped', 'unfilled', 'refused', 'unfit', 'radio', 'several'];
// What no mutation tells: layout, and states such as `:checked`.
const follows = (found) =>
  !['absent', 'text', 'closest'].includes(found.state) || /:|>>/.test(want.selector) || selectors.hasLocator(want.selector);
// Until the next look: a picture, or a while where a locator takes long on a large page.
const pause = () => {
  const cost = selectors.hasLocator(want.selector) ? selectors.cost : 0;
  return cost > 4 ? new Promise((next) => setTimeout(next, 3 * cost)) : frame();
};

const wait = async () => {
  let changed = false;
  let wake = () => {};
  const observer = new MutationObserver(() => {
    changed = true;
    wake();
  });
  observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
  let timer = 0;
  if (selectors.turning) selectors.turning.wake = () => wake();
  try {
    for (;;) {
      changed = false;
      const start = performance.now();
      const found = await looks[want.need]();
      const isEnd = ends.includes(found.state);
      if (!isEnd || want.need === 'gone') {
        // What is in a frame of another origin must be looked for there.
        const frames = selectors.far(want.selector);
        if (frames.length > 0) return { state: 'far', frames, here: isEnd ? null : found };
      }
      if (isEnd || left() <= 0) return found.state === 'text' ? { ...found, ...differs() } : found;
      if (changed) {
        // A page that always changes must not be kept busy by our looking.
        if (performance.now() - start > 2) await pause();
        continue;
      }
      await new Promise((next) => {
        wake = next;
        clearTimeout(timer);
        timer = setTimeout(next, Math.min(Math.max(left(), 0) + 1, 2 ** 31 - 1));
        if (follows(found)) pause().then(next);
      });
    }
  } finally {
    observer.disconnect();
    clearTimeout(timer);
  }
};

for (const selector of [want.selector, want.closest]) {
  try {
    if (selector !== null) selectors.check(selector);
  } catch (error) {
    return { state: 'invalid', selector, why: error.why ?? null };
  }
}
return wait();
