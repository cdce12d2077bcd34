// An element as a picture shows it: nothing around it cuts it. A part of what waits in the page.
const around = (node) => {
  const root = node.getRootNode();
  return node.assignedSlot ?? node.parentElement ?? root.host ?? root.defaultView?.frameElement ?? null;
};
const clips = (style) => style.overflowX !== 'visible' || style.overflowY !== 'visible';
// Whether a rectangle is larger than a box, or leaves it.
const leaves = (rect, box) =>
  rect.left < box.left - 1 || rect.top < box.top - 1 || rect.right > box.right + 1 || rect.bottom > box.bottom + 1;
// Whether what scrolls around an element, in the end the window, does not show all of it.
const isCut = (element) => {
  const rect = element.getBoundingClientRect();
  const { innerWidth, innerHeight } = element.ownerDocument.defaultView;
  if (rect.width > innerWidth || rect.height > innerHeight) return true;
  let position = getComputedStyle(element).position;
  for (let box = around(element); box && box.ownerDocument === element.ownerDocument; box = around(box)) {
    if (position === 'fixed') return false;
    const style = getComputedStyle(box);
    // What is placed by a box further out is not cut by this one.
    if (position === 'absolute' && style.position === 'static') continue;
    position = style.position;
    const isPage = box === box.ownerDocument.documentElement || box === box.ownerDocument.body;
    if (!isPage && clips(style) && leaves(rect, box.getBoundingClientRect())) return true;
  }
  return false;
};
// Lets nothing around an element cut it, and hides all that is not around it, until `selectors.cover()`.
const uncover = (element) => {
  const undone = [];
  const set = (node, styles) => {
    const before = node.getAttribute('style');
    undone.push(() => {
      // Asked for, the attribute is written; before that, it cannot be removed.
      node.getAttribute('style');
      if (before === null) node.removeAttribute('style');
      else node.setAttribute('style', before);
    });
    for (const [name, value] of Object.entries(styles)) node.style?.setProperty(name, value, 'important');
  };
  const still = { transition: 'none', animation: 'none' };
  for (let node = element, box = around(node); box; node = box, box = around(node)) {
    for (const other of node.parentNode?.children ?? []) {
      const isShown = other === node || ['STYLE', 'SCRIPT', 'LINK', 'HEAD'].includes(other.tagName);
      if (!isShown) set(other, { ...still, opacity: '0' });
    }
    if (box.localName === 'iframe' || box.localName === 'frame') {
      const { scrollWidth, scrollHeight } = node.ownerDocument.documentElement;
      const size = { width: `${Math.max(scrollWidth, box.clientWidth)}px`, height: `${Math.max(scrollHeight, box.clientHeight)}px` };
      set(box, { ...still, ...size, 'max-width': 'none', 'max-height': 'none' });
    } else if (clips(getComputedStyle(box)) && box !== box.ownerDocument.documentElement) {
      const [left, top] = [box.scrollLeft, box.scrollTop];
      set(box, { ...still, overflow: 'visible', contain: 'none' });
      undone.push(() => box.scrollTo({ left, top, behavior: 'instant' }));
    }
  }
  selectors.cover = () => {
    selectors.cover = null;
    // The style comes back before the place that it was scrolled to.
    for (const undo of undone) undo();
  };
};

const picture = async () => {
  const { list, lacks } = find();
  if (lacks) return lacks;
  const element = list.find(isVisible);
  if (!element) return { state: 'hidden', count: list.length };
  if (scrolls++ === 0) selectors.show(element, 'nearest', 'nearest');
  const body = selectors.body(element);
  const before = place(body);
  await selectors.picture();
  if (!element.isConnected) return { state: 'absent' };
  if (!isVisible(element)) return { state: 'hidden', count: list.length };
  if (place(body) !== before && !(selectors.isStill(element, before) && selectors.isEndless(body))) return { state: 'moving' };
  const alone = isCut(body);
  if (alone) {
    uncover(body);
    await selectors.frame();
  }
  const { x, y, width, height } = selectors.extent(element);
  return { state: 'found', ...selectors.outer(element, { x, y }), width, height, alone };
};
