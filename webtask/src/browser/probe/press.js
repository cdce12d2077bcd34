// What becomes of an element while the mouse is pressed on it, and whose doing that is. Continues what the spots began.
Object.assign(selectors, (() => {
  const { body, hit, isThere, named, place } = selectors;
  const HOVERS = ['pointerover', 'pointerout', 'mouseover', 'mouseout'];
  // What is heard beside the press itself.
  const BESIDE = [...HOVERS, 'focus', 'blur', 'gotpointercapture'];

  // Begins when the page is about to hear of a press on an element. `isUnder` tells whether the mouse hits it now: styles
  // for `:hover` and `:active` are in force by then, and no script has heard of the press.
  const beginPress = (element, at, isOff, isUnder) => {
    const lay = place(body(element));
    const wasUnder = isUnder();
    // What the page does first upon: the press, the focus that it gives, or what loses that, the mouse that comes and
    // goes, or a task of its own later on.
    let now = 'press';
    const changedBy = new Set();
    const observer = new MutationObserver(() => changedBy.add(now));
    for (let root = element.getRootNode(); root; root = root.host?.getRootNode()) {
      observer.observe(root, { subtree: true, childList: true, attributes: true });
    }
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => (now = 'later');
    port2.postMessage(null);
    let [isTaken, isFocused, wasUnderFocus] = [false, false, false];

    const goOn = () => (now = 'press');
    // The page has heard of the press. What is no longer under the mouse was taken away by its script.
    const heard = () => (isTaken ||= wasUnder && !isUnder());
    const beside = (event) => {
      const [target] = event.composedPath();
      if (event.type === 'gotpointercapture') {
        // All else that the mouse does goes where the page wants it.
        isTaken = true;
      } else if (HOVERS.includes(event.type)) {
        now = 'hover';
      } else if (event.type === 'focus' && target.nodeType === Node.ELEMENT_NODE && (target.contains(element) || element.contains(target))) {
        now = 'focus';
        isFocused = true;
        wasUnderFocus = isUnder();
      } else if (!isFocused) {
        now = 'blur';
      }
    };
    const end = () => {
      observer.disconnect();
      port1.close();
    };

    // Why the press became no click, when the page has not made something else of it. `isLeft` tells that the mouse was
    // released on something else, `isKept` that the page kept the press to itself.
    const lost = (isLeft, isKept) => {
      const isOut = element.isConnected && isOff(element);
      if (isTaken || (!isLeft && !isOut)) return null;
      if (!wasUnder) return { why: element.isConnected ? 'flees' : 'late' };
      if (isKept && changedBy.has('press')) return null;
      const isSeen = element.isConnected && isThere(element);
      const isStill = isSeen && place(body(element)) === lay;
      const others = ['blur', 'hover', 'later'].filter((name) => changedBy.has(name));
      // A field that gets the focus may be drawn anew, or open something over itself.
      if (isFocused && wasUnderFocus && changedBy.has('focus')) return null;
      if (isFocused && isStill && !isOut && others.length === 0) return null;
      if (others.join() === 'later') return { why: 'late' };
      if (isOut) return { why: 'disabled' };
      if (!isSeen) return { why: 'gone' };
      return isStill ? { why: 'over', by: named(hit(element, at)) } : { why: 'moved' };
    };
    return { beside, end, goOn, heard, lost };
  };
  return { BESIDE, beginPress };
})());
