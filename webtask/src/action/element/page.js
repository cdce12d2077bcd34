// Waits in the page until an element is as a step needs it, and says where it is or what it still lacks.
// Runs in our isolated world: nothing that the page has patched is seen here.
(want) => {
  const { frame, isThere, isVisible, named, place } = selectors;
  const left = () => want.until - Date.now();
  selectors.setEdge(want.edge ?? null);

  // What no reader sees: soft hyphens, zero-width characters, marks of direction. (The tags of a flag are seen.)
  const UNSEEN = /(?![\u{e0020}-\u{e007f}])\p{Default_Ignorable_Code_Point}/gu;
  // A text as a reader sees it, on one line: every space is the same, and so is a letter however it is composed.
  const line = (text) => {
    if (/[^\x00-\x7f]/.test(text)) text = text.replace(UNSEEN, '').normalize('NFC');
    return text.replace(/\s+/g, ' ').trim();
  };
  const squeezed = (text) => line(text).replaceAll(' ', '').toUpperCase();
  const isButton = (element) =>
    element.localName === 'input' && ['submit', 'button', 'reset'].includes(element.type);
  const source = (element) => (isButton(element) ? element.value : element.textContent);
  const wanted = want.text === null ? null : line(want.text);
  const hasText = (element) => {
    const fits = (text) => (want.exact ? line(text) === wanted : line(text).includes(wanted));
    const text = source(element);
    if (fits(text)) return true;
    // What is shown may differ by line breaks and capitals; asking for it costs a layout.
    return squeezed(text).includes(squeezed(wanted)) && fits(element.innerText ?? '');
  };

  // An element that only looks as if it had the wanted text, and the first character in which it differs.
  const alike = (text) =>
    [...text].flatMap((char) => {
      const plain = char.normalize('NFKD').replace(/\p{M}/gu, '').toUpperCase();
      const same = plain.replace(/[\p{Pd}\u2212]/gu, '-').replace(/[\p{Pi}\p{Pf}"`´]/gu, "'");
      return [...same].filter((each) => each !== ' ').map((each) => ({ char, each }));
    });
  const joined = (chars) => chars.map(({ each }) => each).join('');
  const differs = () => {
    const meant = alike(wanted);
    for (const element of selectors.every(want.selector).slice(0, 50)) {
      const text = line(source(element)).slice(0, 2000);
      const chars = alike(text);
      const at = meant.length === 0 ? -1 : joined(chars).indexOf(joined(meant));
      if (at < 0) continue;
      const begin = [...joined(chars).slice(0, at)].length;
      const i = meant.findIndex(({ char }, i) => char !== chars[begin + i].char);
      if (i >= 0) return { says: text.slice(0, 200), wants: meant[i].char, has: chars[begin + i].char };
    }
    return {};
  };

  // Every element that is meant, and what there was on the way to it.
  const find = () => {
    const all = selectors.every(want.selector);
    if (all.length === 0) {
      const shut = selectors.shut(want.selector);
      return { list: all, lacks: shut === null ? { state: 'absent' } : { state: 'shut', ...shut } };
    }
    let list = all;
    if (wanted !== null) {
      list = list.filter(hasText);
      // Of elements inside each other only the innermost has the text to itself.
      list = list.filter((element, i) => !(i + 1 < list.length && element.contains(list[i + 1])));
      if (list.length === 0) return { list, lacks: { state: 'text', count: all.length, says: line(source(all[0])).slice(0, 200) } };
    }
    if (want.closest !== null) {
      list = list.map((element) => element.closest(want.closest)).filter((element) => element !== null);
      if (list.length === 0) return { list, lacks: { state: 'closest', closest: want.closest } };
    }
    return { list, lacks: null };
  };

  const isDisabled = (element) => {
    const meant = (element.localName === 'label' && element.control) || element;
    const field = meant.closest('button, input, select, textarea, option, optgroup') ?? meant;
    return field.matches(':disabled') || meant.closest('[aria-disabled="true"]') !== null;
  };

  // The first that can be seen, or else one that only the mouse finds: many a box lies unseen over what is drawn of it.
  const first = (list) => list.find(isVisible) ?? list.find(isThere);

  let scrolls = 0;
  let searched = 0;
  // Where the mouse reaches one of the elements, or that of them which `pick` takes.
  const reach = async (pick, taking, mayBeDisabled = false) => {
    const { list, lacks } = find();
    if (lacks) return lacks;
    const targets = pick(list);
    if (targets.length === 0) return { state: 'hidden', count: list.length };
    const isOption = ['option', 'optgroup'].includes(targets[0].localName);
    if (isOption && targets[0].getClientRects().length === 0) return { state: 'unfit', what: 'an option of a closed list' };
    // A link, a button or a label is to do what it does itself, when there is room beside what is in it.
    taking ??= selectors.isActive(targets[0]) ? 'prefer' : 'any';
    let aimed = selectors.aim(targets, taking, false);
    if (aimed.at === null && (aimed.lacks.state !== 'nested' || searched > 0)) {
      // What covers it may be a bar that stays: it may be free at another end of the window.
      const block = ['center', 'end', 'start'][scrolls++];
      if (block) selectors.show(targets[0], block, 'center');
    }
    const rects = targets.map(selectors.bodyRect);
    const before = targets.map((element) => place(selectors.body(element)));
    const time = await selectors.picture();
    if (!targets.every((element) => element.isConnected)) return { state: 'absent' };
    if (!targets.every(isThere)) return { state: 'hidden', count: list.length };
    if (!mayBeDisabled && targets.some(isDisabled)) return { state: 'disabled' };
    aimed = selectors.aim(targets, taking, false);
    if ((aimed.at === null || aimed.isNested) && performance.now() >= searched) {
      // It takes a while, and what is in the way may stay for long.
      aimed = selectors.aim(targets, taking, true);
      searched = performance.now() + 150;
    }
    const { element, at } = aimed;
    const body = selectors.body(element);
    const i = targets.indexOf(element);
    const isMoving = place(body) !== before[i];
    if (at === null) {
      if (isMoving) return { state: 'moving' };
      return isVisible(element) ? aimed.lacks : { state: 'hidden', count: list.length };
    }
    // An animation that is to begin with the next picture.
    if (selectors.isStarting(body)) return { state: 'moving' };
    if (isMoving) {
      if (!selectors.stays(element, at, { place: before[i], rect: rects[i] }, time)) return { state: 'moving' };
      // Where it turns back it is slow for one picture.
      const last = { place: place(body), rect: selectors.bodyRect(element) };
      const more = await selectors.picture();
      if (!element.isConnected || !selectors.stays(element, at, last, more)) return { state: 'moving' };
    }
    return { state: 'found', ...selectors.outer(element, at) };
  };
  const one = (list) => [first(list)].filter((element) => element !== undefined);
  const click = () => reach(one);
  const hover = () => reach(one, 'any', true);

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

  const kind = (element) =>
    element.localName === 'input' ? `an input of the type \`${element.type}\`` : `a \`${element.localName}\``;

  // A box that can be checked and what it says; null for any other element.
  const checked = (element) => {
    if (element.localName === 'input') {
      return ['checkbox', 'radio'].includes(element.type) ? element.checked : null;
    }
    const roles = ['checkbox', 'radio', 'switch', 'menuitemcheckbox', 'menuitemradio', 'option', 'treeitem'];
    const is = element.getAttribute('aria-checked');
    const role = element.getAttribute('role');
    if (!roles.includes(role) || (is === null && ['option', 'treeitem'].includes(role))) return null;
    return is === 'true';
  };
  const isRadio = (element) => element.type === 'radio' || /radio$/.test(element.getAttribute('role') ?? '');
  // A label means its box.
  const boxes = (list) => list.map((element) => (element.localName === 'label' ? (element.control ?? element) : element));
  // A box may be drawn by its label alone.
  const drawn = (element) => [element, ...(element.labels ?? [])].filter(isThere);
  const box = (list) => boxes(list).find((element) => drawn(element).length > 0) ?? boxes(list)[0];

  const turn = async (on) => {
    const { list, lacks } = find();
    if (lacks) return lacks;
    const element = box(list);
    const is = checked(element);
    if (is === null) return { state: 'unfit', what: kind(element) };
    if (is === on) return { state: 'found', done: true };
    if (!on && isRadio(element)) return { state: 'radio' };
    if (isDisabled(element)) return { state: 'disabled' };
    const found = await reach((list) => drawn(box(list)), 'own');
    if (found.state === 'found') watch(element, on);
    return found;
  };
  // Sees what becomes of a box with the click that is to come, be it that the page goes away right after that.
  const watch = (element, on) => {
    selectors.turning?.stop();
    const root = element.getRootNode();
    const names = ['click', 'change'];
    const look = () => {
      turning.isDone ||= checked(element) === on;
      turning.wake();
    };
    const seen = (event) => {
      if (!event.composedPath().includes(element)) return;
      turning.isClicked = true;
      // A page may undo a click until its last listener has heard of it; a change is told only after that.
      if (event.type === 'change' && event.isTrusted) look();
      else setTimeout(look);
    };
    const stop = () => names.forEach((name) => root.removeEventListener(name, seen, true));
    // A page may turn it back in a task of its own. What it draws anew is no longer ours to judge.
    const holds = () => !element.isConnected || checked(element) === on;
    const turning = { element, isClicked: false, isDone: false, wake: () => {}, stop, holds };
    selectors.turning = turning;
    for (const name of names) root.addEventListener(name, seen, true);
  };

  const turned = async (on) => {
    const { turning } = selectors;
    if (turning?.isDone) return { state: 'found' };
    const is = () => {
      const { list, lacks } = find();
      return lacks ? null : checked(box(list));
    };
    if (is() === on) {
      await new Promise((next) => setTimeout(next));
      if (is() === on) return { state: 'found' };
    }
    if (!turning || turning.element.ownerDocument.defaultView === null) return { state: 'left' };
    // What was closed with a click on it took the click.
    const isClosed = turning.isClicked && is() === null && !turning.element.isConnected;
    if (isClosed && turning.element.localName !== 'input') return { state: 'found' };
    return { state: 'turned' };
  };

  // Whether no focus and no click changes that it cannot be used.
  const isOff = (element) => element.matches(':disabled');
  // What a page sees of a click, for what it readies only then. Once in a step.
  let isPressed = false;
  const press = (element) => {
    if (isPressed) return;
    isPressed = true;
    const { left, top, width, height } = element.getBoundingClientRect();
    const [clientX, clientY] = [left + width / 2, top + height / 2];
    const about = { bubbles: true, composed: true, cancelable: true, clientX, clientY };
    const send = (target, name, more) => {
      const Kind = name.startsWith('pointer') ? PointerEvent : MouseEvent;
      target.dispatchEvent(new Kind(name, { ...about, ...more }));
    };
    // A mouse comes in before it presses; each element around is told of that by itself.
    const around = [];
    for (let node = element; node !== null; node = node.parentElement) around.unshift(node);
    for (const kind of ['pointer', 'mouse']) {
      send(element, `${kind}over`);
      for (const node of around) send(node, `${kind}enter`, { bubbles: false, cancelable: false });
    }
    for (const name of ['pointerdown', 'mousedown', 'pointerup', 'mouseup', 'click']) {
      send(element, name, { detail: 1, buttons: name.endsWith('down') ? 1 : 0 });
    }
  };

  const select = () => {
    const { list, lacks } = find();
    if (lacks) return lacks;
    const element = first(list) ?? list[0];
    if (element.localName !== 'select') return { state: 'unfit', what: kind(element) };
    if (isOff(element)) return { state: 'disabled' };
    // Pages fill a list when it gets the focus, or when it is opened.
    element.focus();
    const means = (option) => option.value === want.value || line(option.label) === line(want.value);
    if (![...element.options].some(means)) press(element);
    if (!element.isConnected) return { state: 'absent' };
    if (isDisabled(element)) return { state: 'disabled' };
    const options = [...element.options];
    const option =
      options.find((option) => option.value === want.value) ??
      options.find((option) => line(option.label) === line(want.value));
    if (!option) {
      const has = options.slice(0, 10).map((option) => line(option.label).slice(0, 50) || option.value.slice(0, 50));
      return { state: 'option', has, count: options.length };
    }
    if (option.disabled || option.parentElement.disabled) return { state: 'locked' };
    const before = options.map((option) => option.selected).join();
    if (element.multiple) for (const other of options) other.selected = other === option;
    else element.selectedIndex = options.indexOf(option);
    if (options.map((option) => option.selected).join() !== before) {
      for (const name of ['input', 'change']) element.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
    }
    return { state: 'found' };
  };

  // A file input is mostly hidden behind something prettier.
  const upload = () => {
    const { list, lacks } = find();
    if (lacks) return lacks;
    const [element] = boxes(list);
    if (element.localName !== 'input' || element.type !== 'file') return { state: 'unfit', what: kind(element) };
    return isDisabled(element) ? { state: 'disabled' } : { state: 'found' };
  };

  const valued = ['date', 'datetime-local', 'month', 'week', 'time', 'color', 'range'];
  const texts = ['text', 'search', 'url', 'tel', 'email', 'password', 'number'];

  // The events of a value that was put in at once.
  const tell = (element, ...names) => {
    for (const name of names) element.dispatchEvent(new Event(name, { bubbles: true, composed: true }));
  };
  const refused = (element, wants) => ({ state: 'refused', what: kind(element), wants });
  // Whether an input has taken the value as it was meant.
  const holds = (element) => {
    if (element.type === 'color') return element.value === want.value.toLowerCase();
    if (element.type === 'range') return want.value.trim() !== '' && Number(element.value) === Number(want.value);
    return element.value !== '' || want.value === '';
  };
  // Gives an input without text of its own the whole value.
  const put = (element) => {
    const before = element.value;
    element.value = want.value;
    if (!holds(element)) {
      element.value = before;
      const { min, max, step } = element;
      const range = `a number from ${min || 0} to ${max || 100} in steps of ${step || 1}`;
      return refused(element, element.type === 'range' ? range : typing.forms[element.type]);
    }
    tell(element, 'input', 'change');
    return null;
  };

  // The step that gives an element its value, when `fill` does not: empty for what has none.
  const otherStep = (element) => {
    if (element.localName === 'select') return 'select';
    if (checked(element) !== null) return 'check';
    if (element.localName === 'input') {
      if (element.type === 'file') return 'upload';
      if (['submit', 'button', 'reset', 'image'].includes(element.type)) return 'click';
      return element.type === 'hidden' ? '' : null;
    }
    return element.localName === 'textarea' || element.isContentEditable ? null : '';
  };

  const unfilled = (element) => {
    const step = otherStep(element);
    return step === null ? null : { state: 'unfilled', what: kind(element), step };
  };
  const fill = async () => {
    const found = await lasting(boxes, unfilled, unfilled);
    const { element } = found;
    if (!element) return found;
    const isInput = element.localName === 'input';
    if (isInput && takes(element) === 'value') return put(element) ?? { state: 'found' };
    if (isInput && element.type === 'number') return put(element) ?? { state: 'found' };
    const isRich = element.isContentEditable;
    const wanted = want.value.replace(/\r\n?/g, '\n');
    if (isInput && wanted.includes('\n')) return refused(element, 'one line');
    if (typing.isLimited(element) && wanted.length > element.maxLength) {
      return refused(element, `at most ${element.maxLength} characters`);
    }
    const says = () => (isRich ? element.textContent : element.value);
    const before = says();
    if (isRich) {
      element.ownerDocument.defaultView.getSelection().selectAllChildren(element);
      // Editors take over the selection when they are told of it.
      await new Promise((next) => setTimeout(next));
    } else {
      element.select();
    }
    if (edit(element, isRich, wanted)) {
      // What is put in by a script is no change to Chromium: this is the only event of it.
      if (!isRich) tell(element, 'change');
    } else {
      // An editor may draw what it holds later.
      await frame();
      if (says() === before && squeezed(wanted) !== squeezed(before)) return refused(element);
    }
    return { state: 'found' };
  };

  // Puts a text in place of what is selected, which is all; whether the page let it.
  const edit = (element, isRich, text) => {
    const inputType = text === '' ? 'deleteContentBackward' : 'insertText';
    const init = { inputType, data: text === '' ? null : text, bubbles: true, composed: true };
    if (!element.dispatchEvent(new InputEvent('beforeinput', { ...init, cancelable: true }))) return false;
    if (isRich) {
      const page = element.ownerDocument;
      return text === '' ? page.execCommand('delete') || true : page.execCommand('insertText', false, text);
    }
    element.value = text;
    element.dispatchEvent(new InputEvent('input', init));
    return true;
  };

  // How keys reach an element: as text, as a whole value, or only as keys.
  const takes = (element) => {
    if (element.isContentEditable) return 'rich';
    if (element.localName === 'textarea') return 'lines';
    if (element.localName === 'input') {
      return valued.includes(element.type) ? 'value' : texts.includes(element.type) ? 'text' : null;
    }
    return element.localName === 'select' ? null : 'keys';
  };

  // Gives an element the focus, and says which field has it then: that element, or the one that the page has put in its
  // place. Null when it takes none.
  let focused = null;
  const focus = (element) => {
    const root = element.getRootNode();
    const has = (active) =>
      active === element || element.contains(active) || (element.isContentEditable && active?.contains(element));
    element.focus();
    focused = element;
    return has(root.activeElement) ? element : instead();
  };
  const instead = () => {
    if (focused === null || (focused.isConnected && isThere(focused))) return null;
    let active = document.activeElement;
    for (let next = active; next; next = next.shadowRoot?.activeElement ?? next.contentDocument?.activeElement) active = next;
    return active !== null && ['text', 'lines', 'rich', 'value'].includes(takes(active)) ? active : null;
  };

  // The field that has the focus and can be changed, or what it lacks. `unfit` tells of what
  // is no such field, and `hides` of what is none although nobody sees it.
  const field = (pick, unfit, hides = () => null) => {
    const { list, lacks } = find();
    const all = pick(list);
    let element = lacks ? undefined : first(all);
    if (!element) {
      element = instead();
      if (element === null) return lacks ?? hides(all[0]) ?? { state: 'hidden', count: list.length };
    } else {
      const bad = unfit(element);
      if (bad) return bad;
      if (isOff(element)) return { state: 'disabled' };
      element = focus(element);
      if (element === null) return { state: 'unfocused' };
    }
    // Asked only now: what a field is and what it lacks may change with the focus.
    if (element.readOnly) press(element);
    if (isDisabled(element)) return { state: 'disabled' };
    if (element.readOnly) return { state: 'readonly' };
    return unfit(element) ?? { element };
  };

  // The same, asked again of what a page has drawn anew when it got the focus: keys for the old one would be lost.
  const lasting = async (...asked) => {
    for (let times = 0; times < 3; times++) {
      const before = typing.focused();
      const found = field(...asked);
      if (!found.element || found.element === before) return found;
      await new Promise((next) => setTimeout(next));
      if (found.element.isConnected) return found;
    }
    return { state: 'unfocused' };
  };

  const untyped = (element) => {
    const what = element.localName === 'input' ? kind(element) : `a ${element.localName}`;
    return takes(element) === null ? { state: 'untyped', what } : null;
  };
  const type = async () => {
    const found = await lasting((list) => list, untyped);
    const { element } = found;
    if (!element) return found;
    const how = takes(element);
    if (how === 'value' && want.value !== '') {
      const bad = put(element);
      if (bad) return bad;
    }
    if (['text', 'lines', 'rich'].includes(how)) {
      // After what is there already, as one would go on typing.
      const selection = element.ownerDocument.defaultView.getSelection();
      if (element.isContentEditable) {
        selection.selectAllChildren(element);
        selection.collapseToEnd();
      } else {
        selection.modify('move', 'forward', 'documentboundary');
      }
    }
    const met = typing.typed(typing.focused());
    return { state: 'found', how, room: typing.room(met.element) };
  };

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
  const ends = ['found', 'untyped', 'unfilled', 'refused', 'unfit', 'radio'];
  // What no mutation tells: layout, and states such as `:checked`.
  const follows = (found) => !['absent', 'text', 'closest'].includes(found.state) || /:|>>/.test(want.selector);

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
          if (performance.now() - start > 2) await frame();
          continue;
        }
        await new Promise((next) => {
          wake = next;
          clearTimeout(timer);
          timer = setTimeout(next, Math.min(Math.max(left(), 0) + 1, 2 ** 31 - 1));
          if (follows(found)) frame().then(next);
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
    } catch {
      return { state: 'invalid', selector };
    }
  }
  return wait();
}
