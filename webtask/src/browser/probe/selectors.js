// What a selector means, in our isolated world: CSS, or a locator as `role=button`. `>>` enters frames and open shadow roots.
globalThis.selectors = (() => {
  const KIND = /^\s*([a-z]+)=/;
  // The locator that a part of a selector is; undefined for CSS, which never begins so.
  const kind = (part) => KIND.exec(part)?.[1];
  const isLocator = (part) => !['css', undefined].includes(kind(part));
  // Where the part of CSS ends that begins there: at the next `>>` outside of strings and brackets.
  const endOf = (selector, from) => {
    let [quote, depth] = ['', 0];
    for (let i = from; i < selector.length; i++) {
      const c = selector[i];
      if (c === '\\') i++;
      else if (quote !== '') quote = c === quote ? '' : quote;
      else if (c === '"' || c === "'") quote = c;
      else if (c === '[' || c === '(') depth++;
      else if (c === ']' || c === ')') depth--;
      else if (depth === 0 && c === '>' && selector[i + 1] === '>') return i;
    }
    return selector.length;
  };
  // The parts between the `>>`.
  const parts = (selector) => {
    const found = [];
    for (let from = 0; from <= selector.length; ) {
      const end = isLocator(selector.slice(from, from + 100)) ? selectors.endOfLocator(selector, from) : endOf(selector, from);
      found.push(selector.slice(from, end).trim());
      from = end === selector.length ? end + 1 : end + 2;
    }
    return found;
  };
  const hasLocator = (selector) => selector.includes('=') && parts(selector).some(isLocator);
  const isFrame = (element) => ['iframe', 'frame'].includes(element.localName);
  // What is inside of a frame or a host; null when it cannot be entered.
  const inside = (element) => (isFrame(element) ? element.contentDocument : element.shadowRoot);
  const bare = (part) => part.slice(part.indexOf('=') + 1);
  const matches = (root, part) => {
    if (part === '.') return [root];
    if (!part.includes('=') || kind(part) === undefined) return [...root.querySelectorAll(part)];
    return kind(part) === 'css' ? [...root.querySelectorAll(bare(part))] : selectors.locate(root, part);
  };

  // Where what follows `>>` is looked for: in frames and hosts alone, or beside a locator inside of any element.
  const enter = (elements, part, next) => {
    if (!isLocator(part) && !isLocator(next)) return elements.map(inside).filter((root) => root !== null);
    // A locator sees the shadow of an element by itself; XPath never does.
    const roots = (element) => (element.shadowRoot && !isLocator(next) ? [element.shadowRoot, element] : [element]);
    return elements.flatMap((element) => (isFrame(element) ? (inside(element) ?? []) : roots(element)));
  };
  // Every element that a selector means below a root.
  const every = (selector, root = document) => {
    if (!selector.includes('>>')) return matches(root, selector);
    const all = parts(selector);
    let found = matches(root, all[0]);
    for (let i = 1; i < all.length; i++) {
      found = enter(found, all[i - 1], all[i]).flatMap((root) => matches(root, all[i]));
      // Elements inside each other have the same ones inside.
      if (isLocator(all[i - 1]) || isLocator(all[i])) found = [...new Set(found)];
    }
    return found;
  };
  // The nearest element around, or itself, that a selector means; null when there is none.
  const closest = (element, selector) => {
    if (kind(selector) === 'css') return element.closest(bare(selector));
    if (!isLocator(selector)) return element.closest(selector);
    const meant = new Set(matches(element.ownerDocument, selector));
    while (element !== null && !meant.has(element)) element = parent(element);
    return element;
  };

  // The elements that were told of by number, so that they can be asked for again.
  const pins = [];
  const numbers = new WeakMap();
  const pin = (element) => {
    if (!numbers.has(element)) numbers.set(element, pins.push(new WeakRef(element)) - 1);
    return numbers.get(element);
  };
  const pinned = (number) => pins[number]?.deref() ?? null;

  const isFar = (element) => isFrame(element) && element.contentDocument === null && element.contentWindow !== null;
  // The frames of other origins that a selector enters, each with what is left of the selector inside.
  const far = (selector, root = document) => {
    if (!selector.includes('>>')) return [];
    const all = parts(selector);
    const found = [];
    let roots = [root];
    for (let i = 1; i < all.length; i++) {
      const entered = roots.flatMap((root) => matches(root, all[i - 1]));
      const rest = all.slice(i).join(' >> ');
      for (const frame of entered.filter(isFar)) found.push({ pin: pin(frame), rest, edge: edgeOf(frame) });
      roots = enter(entered, all[i - 1], all[i]);
    }
    return found;
  };

  // The part of a selector where nothing can be entered, though there are elements; null when there is none.
  const shut = (selector) => {
    const all = parts(selector);
    let roots = [document];
    for (let i = 0; i + 1 < all.length; i++) {
      const found = roots.flatMap((root) => matches(root, all[i]));
      roots = enter(found, all[i], all[i + 1]);
      if (roots.length === 0) {
        return found.length === 0 || found.some(isFar) ? null : { part: all[i], frame: found.some(isFrame) };
      }
    }
    return null;
  };

  // A selector that no document can read throws.
  const check = (selector) => {
    for (const part of parts(selector)) {
      if (isLocator(part)) selectors.checkLocator(part);
      else if (part !== '.') document.createDocumentFragment().querySelector(kind(part) === 'css' ? bare(part) : part);
    }
  };

  // The frames around an element, the innermost first.
  const frames = (element) => {
    const all = [];
    for (let view = element.ownerDocument.defaultView; view !== null && view !== window; view = view.parent) {
      all.push(view.frameElement);
    }
    return all;
  };
  // Where a frame's content begins in what is around it, and how large a pixel of it is there.
  const origin = (frame) => {
    const rect = frame.getBoundingClientRect();
    const style = getComputedStyle(frame);
    const width = rect.width / frame.offsetWidth || 1;
    const height = rect.height / frame.offsetHeight || 1;
    const x = rect.left + (frame.clientLeft + parseFloat(style.paddingLeft)) * width;
    const y = rect.top + (frame.clientTop + parseFloat(style.paddingTop)) * height;
    return { x, y, width, height };
  };
  const out = (frame, point) => {
    const { x, y, width, height } = origin(frame);
    return { x: x + point.x * width, y: y + point.y * height };
  };
  // A point beside an element, as the window has it.
  const outer = (element, point) => frames(element).reduce((point, frame) => out(frame, point), point);
  // What the frame shows of the document that this world is of, when what is around it is of another origin.
  let edge = null;
  const setEdge = (value) => {
    edge = value;
  };
  // The part of a frame's content that is inside the window.
  const within = (frame) => {
    const around = shown(frame);
    const { x, y, width, height } = origin(frame);
    return {
      left: (around.left - x) / width,
      top: (around.top - y) / height,
      right: (around.right - x) / width,
      bottom: (around.bottom - y) / height,
    };
  };
  // The part of an element's document that is inside the window.
  const shown = (element) => {
    const view = element.ownerDocument.defaultView;
    const own = { left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight };
    const around = view === window ? edge : within(view.frameElement);
    if (around === null) return own;
    return {
      left: Math.max(own.left, around.left),
      top: Math.max(own.top, around.top),
      right: Math.min(own.right, around.right),
      bottom: Math.min(own.bottom, around.bottom),
    };
  };
  // What a frame shows of its document; told to those alone that ask what can be seen.
  const edgeOf = (frame) =>
    selectors.isVisible
      ? { ...within(frame), visible: selectors.isVisible(frame), there: selectors.isThere(frame) }
      : null;
  // An element and the frames around it, as they lie.
  const place = (element) => {
    const rects = [element, ...frames(element)].map((each) => each.getBoundingClientRect());
    return rects.map(({ x, y, width, height }) => [x, y, width, height].join()).join(';');
  };
  // The window's next picture.
  const frame = () =>
    new Promise((next) => {
      requestAnimationFrame(next);
      // A hidden page has no frames; those of a busy one are late.
      setTimeout(next, document.hidden ? 100 : 1000);
    });
  // The window's next picture in which animations have gone on, and by how many milliseconds.
  const picture = async () => {
    const clock = () => document.timeline.currentTime;
    const start = clock();
    await frame();
    // A look between two pictures may have the time of the next one already.
    if (clock() === start && !document.hidden) await frame();
    return clock() - start;
  };
  // What no reader sees: soft hyphens, zero-width characters, marks of direction. (The tags of a flag are seen.)
  const UNSEEN = /(?![\u{e0020}-\u{e007f}])\p{Default_Ignorable_Code_Point}/gu;
  // A text as a reader sees it, on one line: every space is the same, and so is a letter however it is composed.
  const line = (text) => {
    if (/[^\x00-\x7f]/.test(text)) text = text.replace(UNSEEN, '').normalize('NFC');
    return text.replace(/\s+/g, ' ').trim();
  };
  const named = (element) => {
    if (element === null) return 'nothing';
    const id = element.id ? '#' + element.id : '';
    return (element.localName + id + [...element.classList].map((name) => '.' + name).join('')).slice(0, 100);
  };
  // The innermost element at a point of a document, in open shadow trees too.
  const at = (document, { x, y }) => {
    let found = document.elementFromPoint(x, y);
    while (found?.shadowRoot) {
      const inner = found.shadowRoot.elementFromPoint(x, y);
      if (inner === null || inner.getRootNode() !== found.shadowRoot) break;
      found = inner;
    }
    return found;
  };
  // What the mouse hits at a point beside an element; what covers a frame around it, when something does.
  const hit = (element, point) => {
    const found = at(element.ownerDocument, point);
    for (const frame of frames(element)) {
      point = out(frame, point);
      const over = at(frame.ownerDocument, point);
      if (over !== frame) return over;
    }
    return found;
  };
  // What holds an element as it is drawn: a slot before the host's own tree.
  const parent = (element) => element.assignedSlot ?? element.parentElement ?? element.getRootNode().host ?? null;
  return {
    check, closest, every, far, frame, frames, hasLocator, hit, line, named, origin, out, outer, parent, picture, pinned, place, setEdge, shown, shut,
    edge: () => edge,
  };
})();
