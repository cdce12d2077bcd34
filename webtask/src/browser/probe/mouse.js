// Sees to it that the mouse reaches what it was aimed at. Continues what the spots began.
Object.assign(selectors, (() => {
  const { BESIDE, beginPress, frames, hit, isThere, meets, named } = selectors;
  const MOVES = ['pointermove', 'mousemove'];
  const PRESSES = ['pointerdown', 'mousedown'];
  const RELEASES = ['pointerup', 'mouseup'];
  const CLICK = [...PRESSES, ...RELEASES, 'click', 'auxclick', 'contextmenu'];
  // How long the mouse may take to come, in milliseconds. What comes later is somebody else's.
  const PATIENCE = 10_000;
  let expected = null;

  // Our document and those in it that can be entered: whatever is hit lies in one of them.
  const views = function* (view) {
    try {
      view.document.documentElement;
    } catch {
      return;
    }
    yield view;
    for (let i = 0; i < view.length; i++) yield* views(view[i]);
  };
  // Whether a click on that is one on the element, as it was when the mouse was aimed. What is in a frame belongs to it.
  const isMeant = (target, { element, isOwn }) =>
    [target, ...frames(target)].some((node) => {
      const how = meets(node, element);
      return how === 'own' || (how === 'nested' && !isOwn);
    });

  // Whether it has been put out of use, so that it hears of no click.
  const isOff = (element) => {
    const meant = (element.localName === 'label' && element.control) || element;
    return meant.closest('button, input, select, textarea, option')?.matches(':disabled') ?? false;
  };

  // Hears of the click, or of the move, that is to come at a point of an element. The events of a click that meets
  // something else are stopped before the page hears of them.
  const expectMouse = (element, at, { moves = false, isOwn = false } = {}) => {
    expected?.stop();
    const all = [...views(window)];
    const names = moves ? MOVES : [...CLICK, ...BESIDE];
    const begin = performance.now();
    const mouse = {
      element, at, isOwn, moves, by: null, flees: false, isMet: false, isOff: false, isClicked: false, isLeft: false,
      press: null, presses: 0, isOver: false,
    };
    const isUnder = () => element.isConnected && !isOff(element) && isMeant(hit(element, at), mouse);
    const hear = (event) => {
      if (!event.isTrusted) return;
      if (performance.now() - begin > PATIENCE) return mouse.stop();
      if (BESIDE.includes(event.type)) return mouse.press?.beside(event);
      const [node] = event.composedPath();
      const target = node.nodeType === Node.ELEMENT_NODE ? node : (node.document ?? node.ownerDocument ?? node).documentElement;
      const isPress = PRESSES.includes(event.type);
      // Where it is released is the page's own matter, once the page has heard of the press.
      if (mouse.by === null && !mouse.isMet && (moves || isPress || event.type === 'click')) {
        mouse.isMet = target !== null && isMeant(target, mouse);
        mouse.isOff = mouse.isMet && !moves && isOff(element);
        if (!mouse.isMet) {
          mouse.by = named(target);
          // It is back now that the mouse is on something else, or out of sight as long as the mouse stays.
          mouse.flees = isUnder() || (element.isConnected && !isThere(element));
        }
      }
      if (mouse.by !== null && !moves) {
        event.preventDefault();
        event.stopImmediatePropagation();
      } else if (isPress) {
        mouse.presses++;
        if (mouse.press) mouse.press.goOn();
        else mouse.press = beginPress(element, at, isOff, isUnder);
      } else if (event.type === 'click') {
        mouse.isClicked ||= isMeant(target, mouse);
      }
      if (!RELEASES.includes(event.type)) return;
      mouse.isLeft ||= !isMeant(target, mouse);
      // The click comes with the release.
      setTimeout(mouse.stop);
    };
    // A press that gets here was left alone by the page.
    const leave = (event) => {
      if (!event.isTrusted || !mouse.press) return;
      if (!event.defaultPrevented) mouse.presses--;
      mouse.press.heard();
    };
    mouse.stop = () => {
      for (const view of all) {
        try {
          for (const name of names) view.removeEventListener(name, hear, true);
          for (const name of PRESSES) view.removeEventListener(name, leave);
        } catch {
          // The frame has gone on to a document that is closed to us, and the listeners went with the one before.
        }
      }
      mouse.isOver = true;
      mouse.press?.end();
      selectors.turning?.wake();
    };
    for (const view of all) {
      for (const name of names) view.addEventListener(name, hear, { capture: true, passive: false });
      if (!moves) for (const name of PRESSES) view.addEventListener(name, leave);
    }
    expected = mouse;
  };

  // Why the click, or the move, has not reached the element, once the mouse was there, and what it met instead. Null when
  // all is well, or nobody can tell.
  const missedBy = (mouse) => {
    const { element, at, by, flees, isMet, isClicked, isLeft, isOff: wasOff, moves, press, presses } = mouse;
    if (by !== null) return flees ? { why: 'flees' } : { why: 'instead', by };
    if (!isMet) {
      if (!element.isConnected) return null;
      if (!moves && isOff(element)) return { why: 'disabled' };
      // A frame in another process keeps what it gets to itself.
      const over = hit(element, at);
      const isFar = over !== null && ['iframe', 'frame'].includes(over.localName) && over.contentDocument === null;
      return isFar && !isMeant(over, { element, isOwn: false }) ? { why: 'instead', by: named(over) } : null;
    }
    if (wasOff) return { why: 'disabled' };
    return moves || isClicked || press === null ? null : press.lost(isLeft, presses > 0);
  };
  // The same for the mouse that was expected last; told once.
  const missed = () => {
    const mouse = expected;
    if (mouse === null) return null;
    expected = null;
    mouse.stop();
    return missedBy(mouse);
  };
  // The same, told again, and only after the click.
  const hasMissed = () => (expected?.isOver ? missedBy(expected) : null);
  return { expectMouse, hasMissed, missed };
})());
