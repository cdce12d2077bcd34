// What a user can see. Continues what the selectors began.
Object.assign(selectors, (() => {
  const { edge, frames, parent } = selectors;
  // How many elements are looked at for one that has no box of its own.
  const MOST = 300;
  const isSized = ({ width, height }) => width > 0 && height > 0;
  const hasBox = (element) => {
    const rects = [...element.getClientRects()];
    if (rects.some(isSized)) return true;
    // A line of a drawing has no area but for its stroke.
    if (!rects.some(({ width, height }) => width + height > 0)) return false;
    const isDrawn = (line, { stroke, strokeWidth }) => 'getTotalLength' in line && stroke !== 'none' && parseFloat(strokeWidth) > 0;
    if (element.localName !== 'use') return isDrawn(element, getComputedStyle(element));
    // What it shows takes over its stroke, unless that has one of its own.
    const shown = used(element);
    return shown.some((line) => isDrawn(line, getComputedStyle(line)) || isDrawn(line, getComputedStyle(element)));
  };
  // What a `use` of a drawing shows of the same document.
  const used = (element) => {
    const [path, id] = (element.href?.baseVal ?? '').split('#');
    const shown = path === '' && id ? element.getRootNode().getElementById?.(id) : null;
    return shown ? [shown, ...shown.querySelectorAll('*')].slice(0, MOST) : [];
  };

  // Whether a clip leaves nothing of an element.
  const isEmptyClip = (element, { clip, clipPath, position }) => {
    if (['absolute', 'fixed'].includes(position) && /^rect\([^a]*$/.test(clip)) {
      const [top, right, bottom, left] = clip.match(/-?[\d.]+/g).map(Number);
      if (right <= left || bottom <= top) return true;
    }
    const [, shape, rest] = /^(inset|circle|ellipse|polygon)\(([^()]*)\)/.exec(clipPath) ?? [];
    if (shape === undefined) return false;
    if (shape === 'polygon') {
      const points = rest.replace(/^\w+,/, '').split(',').map((point) => point.trim().split(/\s+/));
      return [0, 1].some((axis) => points.every((point) => point[axis] === points[0][axis]));
    }
    const sizes = rest.split(/ round | at /)[0].trim().split(/\s+/);
    if (shape !== 'inset') return sizes.some((size) => parseFloat(size) === 0);
    const [top, right = top, bottom = top, left = right] = sizes;
    const part = (size, whole) => (size.endsWith('%') ? parseFloat(size) / 100 : parseFloat(size) / whole);
    const { offsetWidth = NaN, offsetHeight = NaN } = element;
    return part(top, offsetHeight) + part(bottom, offsetHeight) >= 1 || part(left, offsetWidth) + part(right, offsetWidth) >= 1;
  };
  // Whether nothing of an element and of what is in it is drawn, though it is laid out.
  const isFaded = (element, style = getComputedStyle(element)) =>
    style.display !== 'contents' &&
    (parseFloat(style.opacity) === 0 || /opacity\(0%?\)/.test(style.filter) || isEmptyClip(element, style));
  const around = function* (element) {
    for (let node = element; node !== null; node = parent(node)) yield node;
  };
  // Whether a box of no size around an element, or the element itself for what is in it, cuts off all of it.
  const isCut = (element, isInside) => {
    let position = isInside ? 'static' : getComputedStyle(element).position;
    for (let node = isInside ? element : parent(element); node !== null; node = parent(node)) {
      if (['html', 'body'].includes(node.localName)) return false;
      const style = getComputedStyle(node);
      if (['inline', 'contents'].includes(style.display) || !('offsetHeight' in node)) continue;
      const isMoved = style.transform !== 'none' || style.filter !== 'none' || style.contain !== 'none';
      if (position === 'fixed' && !isMoved) continue;
      if (position === 'absolute' && !isMoved && style.position === 'static') continue;
      if (node.clientHeight === 0 && style.overflowY !== 'visible') return true;
      if (node.clientWidth === 0 && style.overflowX !== 'visible') return true;
      position = style.position;
    }
    return false;
  };

  // Whether what stands in an element, but in no element within, is laid out.
  const isLaidOut = (element) => {
    for (const node of around(element)) {
      const style = getComputedStyle(node);
      if (style.display !== 'contents') return node.checkVisibility() && style.contentVisibility !== 'hidden';
      const holder = parent(node);
      if (holder?.localName === 'details' && !holder.open && holder.querySelector(':scope > summary') !== node) return false;
    }
    return true;
  };
  const textRects = (node) => {
    if (node.nodeType !== Node.TEXT_NODE || node.data.trim() === '') return [];
    const range = node.ownerDocument.createRange();
    range.selectNodeContents(node);
    return [...range.getClientRects()].filter(isSized);
  };
  // The size and style of what a style adds before or after an element's content; nothing when it adds nothing.
  const pseudos = (element) =>
    ['::before', '::after'].flatMap((name) => {
      const style = getComputedStyle(element, name);
      if (['none', 'normal'].includes(style.content) || style.display === 'none') return [];
      if (style.visibility !== 'visible' || parseFloat(style.opacity) === 0) return [];
      const all = (...names) => names.reduce((sum, name) => sum + (parseFloat(style[name]) || 0), 0);
      const width = all('width', 'paddingLeft', 'paddingRight', 'borderLeftWidth', 'borderRightWidth');
      const height = all('height', 'paddingTop', 'paddingBottom', 'borderTopWidth', 'borderBottomWidth');
      const isText = style.width === 'auto' && style.content.replace(/["'\s]/g, '') !== '';
      return isText || (width > 0 && height > 0) ? [{ style, width, height }] : [];
    });
  const nodes = (element) => [...(element.shadowRoot?.childNodes ?? []), ...element.childNodes];

  // The pictures on which an image map's area lies, and the area's shape in pixels of such a picture.
  const pictures = (area) => {
    const map = area.closest('map');
    const name = map?.name || map?.id;
    if (!name) return [];
    return [...area.getRootNode().querySelectorAll('img[usemap]')].filter((image) => image.useMap === '#' + name);
  };

  // Whether something of an element is laid out where a user can see it; `strictly`, that it is drawn too.
  const shows = (element, strictly, left = { count: MOST }) => {
    if (left.count-- <= 0) return false;
    if (element.localName === 'area') {
      return pictures(element).some((image) => isSized(selectors.areaBox(element, image)) && isSeen(image, strictly));
    }
    const style = getComputedStyle(element);
    if (style.display === 'none' || (strictly && isFaded(element, style))) return false;
    const isShown = style.visibility === 'visible';
    if (style.display !== 'contents') {
      if (!element.checkVisibility()) {
        // The options of a list that opens belong to the list.
        const list = ['option', 'optgroup'].includes(element.localName) ? element.closest('select') : null;
        return list !== null && shows(list, strictly, left);
      }
      if (isShown && hasBox(element) && !(strictly && isCut(element, false))) return true;
    }
    const own = isShown && (pseudos(element).length > 0 || nodes(element).some((node) => textRects(node).length > 0));
    if (own && isLaidOut(element) && !(strictly && isCut(element, true))) return true;
    return nodes(element).some((node) => node.nodeType === Node.ELEMENT_NODE && shows(node, strictly, left));
  };
  const isSeen = (element, strictly) => {
    if (!shows(element, strictly)) return false;
    if (!strictly) return true;
    const holder = parent(element);
    return holder === null || ![...around(holder)].some((node) => isFaded(node));
  };
  // Whether a user sees it, as far as it and the frames around it go: on the window or off it, and whatever covers it.
  const isVisible = (element) =>
    (edge()?.visible ?? true) && isSeen(element, true) && frames(element).every((frame) => isSeen(frame, true));
  // Whether the mouse may find it there: it need not be drawn.
  const isThere = (element) =>
    (edge()?.there ?? true) && isSeen(element, false) && frames(element).every((frame) => isSeen(frame, false));

  // Whether an animation that runs on has a frame with such a value.
  const runs = (animations, test) =>
    animations.some(
      (animation) =>
        animation.playState === 'running' &&
        (animation.effect?.getKeyframes() ?? []).some((frame) => Object.entries(frame).some(([name, value]) => test(name, `${value}`))),
    );
  const fades = (name) => ['opacity', 'filter', 'clip', 'clipPath'].includes(name);
  const vanishes = (name, value) =>
    ['visibility', 'display'].includes(name) ||
    (['width', 'height', 'maxWidth', 'maxHeight', 'scale', 'fontSize'].includes(name) && /^0(\D|$)/.test(value)) ||
    (name === 'transform' && /scale\w*\(([^)]*,\s*)?0[,)]|matrix\(0,|rotate[XY]\(-?(90|270)deg/.test(value));
  // Whether it is out of sight to stay. What an animation hides for the moment, as one that blinks, comes back.
  const isGone = (element) => {
    if (isVisible(element)) return false;
    let blinks = false;
    for (const node of around(element)) {
      if (!isFaded(node)) continue;
      if (!runs(node.getAnimations(), fades)) return true;
      blinks = true;
    }
    if (blinks) return false;
    if (!element.checkVisibility() && getComputedStyle(element).display !== 'contents') return true;
    return (
      !runs(element.getAnimations({ subtree: true }), (name, value) => fades(name) || vanishes(name, value)) &&
      ![...around(element)].some((node) => runs(node.getAnimations(), vanishes))
    );
  };
  return { hasBox, isGone, isSized, isThere, isVisible, nodes, pictures, pseudos, textRects };
})());
