// What a selector means, in our isolated world: `>>` enters frames and open shadow roots.
globalThis.selectors = (() => {
  // The parts between the `>>` outside of strings and brackets.
  const parts = (selector) => {
    const found = [];
    let [from, quote, depth] = [0, '', 0];
    for (let i = 0; i < selector.length; i++) {
      const c = selector[i];
      if (c === '\\') i++;
      else if (quote !== '') quote = c === quote ? '' : quote;
      else if (c === '"' || c === "'") quote = c;
      else if (c === '[' || c === '(') depth++;
      else if (c === ']' || c === ')') depth--;
      else if (depth === 0 && c === '>' && selector[i + 1] === '>') {
        found.push(selector.slice(from, i));
        from = ++i + 1;
      }
    }
    return [...found, selector.slice(from)].map((part) => part.trim());
  };
  const isFrame = (element) => ['iframe', 'frame'].includes(element.localName);
  // What is inside of a frame or a host; null when it cannot be entered.
  const inside = (element) => (isFrame(element) ? element.contentDocument : element.shadowRoot);
  const matches = (root, part) => (part === '.' ? [root] : [...root.querySelectorAll(part)]);

  // Every element that a selector means below a root.
  const every = (selector, root = document) => {
    if (!selector.includes('>>')) return matches(root, selector);
    const all = parts(selector);
    const last = all.pop();
    const enter = (roots, part) =>
      roots.flatMap((root) => matches(root, part).map(inside)).filter((root) => root !== null);
    return all.reduce(enter, [root]).flatMap((root) => matches(root, last));
  };

  // The part of a selector where nothing can be entered, though there are elements; null when there is none.
  const shut = (selector) => {
    let roots = [document];
    for (const part of parts(selector).slice(0, -1)) {
      const found = roots.flatMap((root) => matches(root, part));
      roots = found.map(inside).filter((root) => root !== null);
      if (roots.length === 0) return found.length === 0 ? null : { part, frame: found.some(isFrame) };
    }
    return null;
  };

  // A selector that no document can read throws.
  const check = (selector) => {
    for (const part of parts(selector)) {
      if (part !== '.') document.createDocumentFragment().querySelector(part);
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
  // The part of an element's document that is inside the window.
  const shown = (element) => {
    const view = element.ownerDocument.defaultView;
    const own = { left: 0, top: 0, right: view.innerWidth, bottom: view.innerHeight };
    if (view === window) return own;
    const around = shown(view.frameElement);
    const { x, y, width, height } = origin(view.frameElement);
    return {
      left: Math.max(own.left, (around.left - x) / width),
      top: Math.max(own.top, (around.top - y) / height),
      right: Math.min(own.right, (around.right - x) / width),
      bottom: Math.min(own.bottom, (around.bottom - y) / height),
    };
  };
  // What the mouse hits at a point beside an element; what covers a frame around it, when something does.
  const hit = (element, point) => {
    const found = element.getRootNode().elementFromPoint(point.x, point.y);
    for (const frame of frames(element)) {
      point = out(frame, point);
      const over = frame.getRootNode().elementFromPoint(point.x, point.y);
      if (over !== frame) return over;
    }
    return found;
  };
  return { check, every, frames, hit, outer, shown, shut };
})();
