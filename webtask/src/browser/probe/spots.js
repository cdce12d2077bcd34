// Where the mouse reaches an element. Continues what the selectors began.
Object.assign(selectors, (() => {
  const { hasBox, hit, isSized, named, nodes, parent, pictures, place, pseudos, shown, textRects } = selectors;
  // For how long a moving element must stay below the mouse, in milliseconds.
  const MOMENT = 100;
  // How many boxes within an element are tried.
  const MOST = 100;
  const middle = ({ left, top, right, bottom }) => ({ x: (left + right) / 2, y: (top + bottom) / 2 });
  const common = (one, other) => ({
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  });
  const isWithin = ({ x, y }, { left, top, right, bottom }) => x >= left && x < right && y >= top && y < bottom;
  // Points of a box, the inner ones first.
  const grid = (box, parts) => {
    const steps = Array.from({ length: parts - 1 }, (_, i) => (i + 1) / parts);
    steps.sort((a, b) => Math.abs(a - 0.5) - Math.abs(b - 0.5));
    const [width, height] = [box.right - box.left, box.bottom - box.top];
    return steps.flatMap((v) => steps.map((u) => ({ x: box.left + u * width, y: box.top + v * height })));
  };

  // The shape of an image map's area: its points as a polygon in the picture's own pixels, or a circle; null for none.
  const shape = (area, image) => {
    const numbers = area.coords.split(/[\s,;]+/).map(parseFloat).filter((number) => !Number.isNaN(number));
    const [a, b, c, d] = numbers;
    const box = (left, top, right, bottom) => ({ left, top, right, bottom, points: null });
    const kind = (area.shape || 'rect').toLowerCase();
    if (kind === 'default') return box(0, 0, image.clientWidth, image.clientHeight);
    if (kind.startsWith('circ')) return c > 0 ? box(a - c, b - c, a + c, b + c) : null;
    if (!kind.startsWith('poly')) return numbers.length > 3 ? box(Math.min(a, c), Math.min(b, d), Math.max(a, c), Math.max(b, d)) : null;
    const points = [];
    for (let i = 0; i + 1 < numbers.length; i += 2) points.push({ x: numbers[i], y: numbers[i + 1] });
    if (points.length < 3) return null;
    const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
    return { ...box(Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)), points };
  };
  // The box around an area's shape on a picture, and what brings a point of the shape there.
  const areaBox = (area, image) => {
    const form = shape(area, image);
    if (form === null) return { width: 0, height: 0 };
    const rect = image.getBoundingClientRect();
    const style = getComputedStyle(image);
    const [width, height] = [rect.width / image.offsetWidth || 1, rect.height / image.offsetHeight || 1];
    const x = (value) => rect.left + (image.clientLeft + parseFloat(style.paddingLeft) + value) * width;
    const y = (value) => rect.top + (image.clientTop + parseFloat(style.paddingTop) + value) * height;
    const box = { left: x(form.left), top: y(form.top), right: x(form.right), bottom: y(form.bottom) };
    const content = { left: x(0), top: y(0), right: rect.right, bottom: rect.bottom };
    const part = common(box, content);
    const [wide, high] = [part.right - part.left, part.bottom - part.top];
    return { ...part, width: wide, height: high, center: centroid(form.points?.map((point) => ({ x: x(point.x), y: y(point.y) }))) };
  };
  const centroid = (points) => {
    if (!points) return null;
    let [area, x, y] = [0, 0, 0];
    points.forEach((point, i) => {
      const next = points[(i + 1) % points.length];
      const cross = point.x * next.y - next.x * point.y;
      area += cross;
      x += (point.x + next.x) * cross;
      y += (point.y + next.y) * cross;
    });
    return area === 0 ? null : { x: x / (3 * area), y: y / (3 * area) };
  };

  // Where what a style adds about an element lies, as far as that can be told.
  const pseudoBoxes = (element) =>
    pseudos(element).flatMap(({ style, width, height }) => {
      if (!['absolute', 'fixed'].includes(style.position)) return [];
      let holder = element;
      while (holder !== null && getComputedStyle(holder).position === 'static' && getComputedStyle(holder).transform === 'none') {
        holder = parent(holder);
      }
      const rect = style.position === 'fixed' || holder === null ? { left: 0, top: 0 } : holder.getBoundingClientRect();
      const left = rect.left + (holder?.clientLeft ?? 0) + parseFloat(style.left) + (parseFloat(style.marginLeft) || 0);
      const top = rect.top + (holder?.clientTop ?? 0) + parseFloat(style.top) + (parseFloat(style.marginTop) || 0);
      return [{ left, top, right: left + width, bottom: top + height }];
    });
  // The boxes of an element, or of what is in it when it has none.
  const pieces = function* (element, left = { count: MOST }) {
    if (left.count-- <= 0) return;
    if (element.localName === 'area') {
      for (const image of pictures(element)) {
        const box = areaBox(element, image);
        if (isSized(box)) yield box;
      }
      return;
    }
    const own = [...element.getClientRects()].filter(isSized);
    yield* own;
    if (own.length === 0 || getComputedStyle(element).visibility !== 'visible') yield* inner(element, left);
  };
  const inner = function* (element, left = { count: MOST }) {
    yield* pseudoBoxes(element);
    for (const node of nodes(element)) {
      yield* textRects(node);
      if (node.nodeType === Node.ELEMENT_NODE) yield* pieces(node, left);
    }
  };

  // Points on the lines of a drawing.
  const strokes = (element) => {
    const all = element.namespaceURI === 'http://www.w3.org/2000/svg' ? [element, ...element.querySelectorAll('*')].slice(0, MOST) : [];
    return all.flatMap((one) => {
      const from = one.localName === 'use' ? one.getRootNode().querySelector(one.href.baseVal || null) : one;
      const matrix = one.getScreenCTM?.();
      if (!matrix || !from || !('getTotalLength' in from)) return [];
      const [dx, dy] = one === from ? [0, 0] : [one.x.baseVal.value, one.y.baseVal.value];
      try {
        const length = from.getTotalLength();
        return [0.5, 0.25, 0.75, 0.125, 0.375, 0.625, 0.875, 0.03, 0.97].map((part) => {
          const on = from.getPointAtLength(length * part);
          const { x, y } = new DOMPoint(on.x + dx, on.y + dy).matrixTransform(matrix);
          return { x, y };
        });
      } catch {
        // A path without a length.
        return [];
      }
    });
  };

  // Points of an element that are inside the window, the middle of its largest part first. `deeply` goes on with all
  // that may be on it.
  const spots = function* (element, deeply) {
    const view = shown(element);
    const isInView = (box) => box.right > box.left && box.bottom > box.top;
    const area = (box) => (box.right - box.left) * (box.bottom - box.top);
    const cut = (boxes) => {
      const all = [];
      for (const box of boxes) {
        const part = common(box, view);
        if (isInView(part)) all.push({ ...part, center: box.center });
      }
      return all.sort((a, b) => area(b) - area(a));
    };
    const boxes = cut(pieces(element));
    // A line of a drawing has no area.
    for (const rect of boxes.length === 0 ? element.getClientRects() : []) {
      if (rect.width + rect.height > 0 && isWithin(middle(rect), view)) yield middle(rect);
    }
    for (const box of boxes) {
      yield middle(box);
      if (box.center) yield box.center;
      if (!deeply) return;
    }
    if (!deeply) return;
    for (const spot of strokes(element)) if (isWithin(spot, view)) yield spot;
    yield* boxes.slice(0, 5).flatMap((box) => grid(box, 4));
    const within = cut(inner(element));
    yield* within.map(middle);
    yield* [...boxes.slice(0, 3), ...within.slice(0, 3)].flatMap((box) => grid(box, 16));
    if (pseudos(element).length === 0) return;
    // What a style adds lies somewhere in what is around.
    let holder = element;
    while (holder !== null && !hasBox(holder)) holder = parent(holder);
    if (holder !== null) yield* cut([holder.getBoundingClientRect()]).flatMap((box) => grid(box, 32));
  };

  // What has a place for an element without a box: the picture of an area, what is in it, or what is around it.
  const body = (element) => {
    if (element.localName === 'area') return pictures(element).find(hasBox) ?? element;
    if (element.getClientRects().length > 0) return element;
    const inside = [...element.querySelectorAll('*')].slice(0, MOST).find(hasBox);
    let holder = inside ?? element;
    while (holder.getClientRects().length === 0 && parent(holder) !== null) holder = parent(holder);
    return holder;
  };
  // Scrolls an element to that part of the window.
  const show = (element, block, inline) => {
    const first = body(element);
    first.scrollIntoView({ block, inline, behavior: 'instant' });
    if (first === element || inline === 'nearest') return;
    // What is shown is a part of that only.
    const place = () => [...pieces(element)][0];
    const page = element.ownerDocument.scrollingElement;
    for (let node = parent(first); node !== null && place(); node = parent(node)) {
      if (node.scrollHeight <= node.clientHeight && node.scrollWidth <= node.clientWidth) continue;
      const rect = node === page ? { left: 0, top: 0 } : node.getBoundingClientRect();
      const box = { ...rect, left: rect.left, top: rect.top, right: rect.left + node.clientWidth, bottom: rect.top + node.clientHeight };
      const [is, to] = [middle(place()), middle(box)];
      if (!isWithin(is, box)) node.scrollBy({ left: is.x - to.x, top: is.y - to.y, behavior: 'instant' });
    }
  };

  const ACTIVE = `a, area[href], button, input:not([type=hidden]), select, textarea, summary, label, iframe, embed, object,
    audio[controls], video[controls], [contenteditable]:not([contenteditable=false]), [role=button], [role=link],
    [role=checkbox], [role=switch], [role=radio], [role=menuitem], [role=tab], [role=option]`;
  const isActive = (element) => element.matches(ACTIVE) && !(element.localName === 'label' && element.control === null);
  const isBox = (element) => element.localName === 'input' && ['checkbox', 'radio'].includes(element.type);
  // Whether a click that hits this does what one on the wanted element does: `own`, or `nested` when it first does what
  // it does to a link, a button or a field within. Null when it does not.
  const meets = (hit, element) => {
    if (hit === null) return null;
    let inner = null;
    const isApart = hit.localName === 'area' && !element.contains(hit);
    if (isApart && hit.hasAttribute('href')) inner = hit;
    for (let node = isApart ? (pictures(hit)[0] ?? hit) : hit; node !== null; node = parent(node)) {
      if (node === element) {
        const isOwn = inner === null || inner === element.control || (isBox(inner) && element.hasAttribute('role'));
        return isOwn ? 'own' : 'nested';
      }
      if (node.localName === 'label' && node.control === element) return inner === null ? 'own' : 'nested';
      if (inner === null && isActive(node)) inner = node;
    }
    // What takes the clicks on all that is in it.
    let owner = element;
    while (owner !== null && !owner.matches('a, button, label, summary, [role="button"], [role="link"]')) owner = parent(owner);
    return hit === owner ? 'own' : null;
  };
  const bodyRect = (element) => body(element).getBoundingClientRect();

  // Where a click on an element does what is wanted, or what it would hit in the middle. `own` takes no point at which
  // a link, a button or a field within is hit; `prefer` takes one only when there is no other.
  const aimAt = (element, taking, deeply) => {
    let [missed, nested] = [null, null];
    for (const at of spots(element, deeply)) {
      const found = hit(element, at);
      const how = meets(found, element);
      if (how === 'own' || (how === 'nested' && taking === 'any')) return { at };
      if (how === 'nested') nested ??= { at, found };
      else missed ??= { found };
    }
    if (nested !== null && taking === 'prefer') return { at: nested.at, isNested: true };
    if (nested !== null) return { at: null, lacks: { state: 'nested', by: named(nested.found.closest(ACTIVE) ?? nested.found) } };
    if (missed === null) return { at: null, lacks: { state: 'outside' } };
    const passes = getComputedStyle(element).pointerEvents === 'none' || element.closest('[inert]') !== null;
    return { at: null, lacks: passes ? { state: 'passed' } : { state: 'covered', by: named(missed.found) } };
  };
  const aim = (targets, taking, deeply) => {
    let best = null;
    for (const element of targets) {
      const aimed = { element, ...aimAt(element, taking, deeply) };
      if (aimed.at && !aimed.isNested) return aimed;
      if (best === null || (best.at === null && (aimed.at || aimed.lacks.state === 'nested'))) best = aimed;
    }
    return best;
  };
  // Whether the frames around an element are where they were.
  const isStill = (element, before) => {
    const [, ...rest] = place(body(element)).split(';');
    return before.split(';').slice(1).join() === rest.join();
  };
  // Whether the point stays on the element for the next moment, however that moves: one that only pulses does not.
  const stays = (element, at, was, time) => {
    if (!isStill(element, was.place)) return false;
    const [from, to] = [was.rect, bodyRect(element)];
    const steps = Math.max(1, MOMENT / Math.max(1, time));
    const part = (value, start, size) => (size === 0 ? 0.5 : (value - start) / size);
    const [u, v] = [part(at.x, to.left, to.width), part(at.y, to.top, to.height)];
    const dx = (to.left + u * to.width - from.left - u * from.width) * steps;
    const dy = (to.top + v * to.height - from.top - v * from.height) * steps;
    return [0, 0.5, 1].every((part) => {
      const later = { x: at.x - dx * part, y: at.y - dy * part };
      return meets(hit(element, later), element) !== null;
    });
  };

  // The box around all that an element shows.
  const extent = (element) => {
    const rects = [...pieces(element)];
    const own = element.getBoundingClientRect();
    if (rects.length === 0 || (own.width > 0 && own.height > 0)) return own;
    const [x, y] = [Math.min(...rects.map(({ left }) => left)), Math.min(...rects.map(({ top }) => top))];
    const right = Math.max(...rects.map(({ right }) => right));
    return { x, y, width: right - x, height: Math.max(...rects.map(({ bottom }) => bottom)) - y };
  };
  const animations = function* (element) {
    for (let node = element; node !== null; node = parent(node)) yield* node.getAnimations();
  };
  const MOVES = /^(transform|translate|scale|rotate|offset[A-Z]|left|right|top|bottom|inset|margin|padding|width|height|min|max|fontSize)/;
  const moves = ({ effect }) =>
    (effect?.getKeyframes() ?? []).some((frame) => Object.keys(frame).some((name) => MOVES.test(name)));
  // Whether only animations without an end move it: there is no rest to wait for.
  const isEndless = (element) => {
    const moving = [...animations(element)].filter((animation) => animation.playState === 'running' && moves(animation));
    return moving.length > 0 && moving.every(({ effect }) => effect.getComputedTiming().endTime === Infinity);
  };
  // Whether an animation is to begin with the next picture.
  const isStarting = (element) =>
    !document.hidden &&
    [...animations(element)].some((animation) => animation.pending && animation.playState === 'running' && moves(animation));
  return { aim, areaBox, body, bodyRect, extent, isActive, isEndless, isStarting, isStill, meets, pieces, show, stays };
})());
